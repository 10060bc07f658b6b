import Primitives

/// How many columns the orthogonal factor of ``qr(_:mode:)`` has.
public enum QRMode: Hashable, Sendable {
  /// As many as the matrix has rows or columns, whichever are fewer.
  case reduced
  /// As many as the matrix has rows.
  case complete
}

/// Returns the factors of matrices: A = Q R with orthonormal columns in Q and an upper triangular R.
///
/// The signs are those of Householder's reflections, as in NumPy: the diagonal of R may be negative. The derivative exists where
/// the leading columns are linearly independent.
///
/// - Parameters:
///   - a: matrices [..., m, n]. Leading axes are batches.
///   - mode: `.complete` adds columns to Q, an orthonormal basis of the rest, and zeros to R. Functions that do not depend on the
///     choice of the basis have the right derivatives.
/// - Returns: Q [..., m, k] and R [..., k, n], where k is the smaller of m and n, or m in the mode `.complete`.
public func qr(_ a: Tensor, mode: QRMode = .reduced) -> (q: Tensor, r: Tensor) {
  let parts = ofMatrix("qr", a, count: 2) { a in
    let factors = QR().bind([a])
    return mode == .reduced ? factors : completed(factors, MatrixSizes(a.shape))
  }
  return (parts[0], parts[1])
}

/// Returns the factors of matrices with exchanged columns: A P = Q R, where each step takes the column with the largest rest.
///
/// The magnitudes of the diagonal of R do not grow, so that they show the rank. The order of the columns has no derivative; Q and R
/// have that of ``qr(_:mode:)``.
///
/// - Parameters:
///   - a: matrices [..., m, n]. Leading axes are batches.
///   - mode: as in ``qr(_:mode:)``.
/// - Returns: Q and R, and the order [..., n], int64: column j of A P is column order[j] of A.
public func pivotedQR(_ a: Tensor, mode: QRMode = .reduced) -> (q: Tensor, r: Tensor, order: Tensor) {
  let parts = ofMatrix("pivotedQR", a, count: 3) { a in
    let order = ColumnPivots().bind([stopGradient(a)])[0]
    let factors = QR().bind([a.matrixTransposed().rows(at: order).matrixTransposed()])
    return (mode == .reduced ? factors : completed(factors, MatrixSizes(a.shape))) + [order]
  }
  return (parts[0], parts[1], parts[2])
}

/// The factors with a square Q, and zeros in R.
private func completed(_ factors: [Tensor], _ sizes: MatrixSizes) -> [Tensor] {
  if sizes.rows <= sizes.columns { return factors }
  let zeros = Tensor.zeros(sizes.batch + [sizes.rows - sizes.columns, sizes.columns], dtype: factors[1].dtype)
  return [
    Tensor.concatenated([factors[0], factors[0].orthogonalComplement()], axis: -1),
    Tensor.concatenated([factors[1], zeros], axis: -2),
  ]
}
