/// An operation that a library computes as a whole, such as a sort, a factorization or a transform; over leading axes it is
/// a batch of independent ones.
///
/// An engine hands those that it has a library for to that, and has the host evaluate the others. Nothing is computed where
/// a result is read, and the operands and the results lie in memory.
public enum LibraryOperation: Hashable, Sendable {
  /// One operand, one result of its shape, int64: the indices along an axis in the order of their elements; stable, `nan`
  /// last.
  case argSort(axis: Int, descending: Bool)
  /// One matrix; its lower Cholesky factor, of which the upper triangle is zero. The lower triangle is read. `nan` where the
  /// matrix is not positive definite.
  case cholesky
  /// One matrix [m, n]; its factors in one matrix, and [m] int64: the row of the matrix for each row of their product.
  case lu
  /// One matrix [m, n]; Q [m, k] with orthonormal columns and R [k, n], upper triangular with a real diagonal, by Householder's
  /// reflections.
  case qr
  /// A triangular matrix and right sides; the solution, `nan` where the diagonal has a zero. Where zeros absorb, products with a
  /// zero are zero, also with numbers that are not finite, and so are quotients of zeros.
  case triangularSolve(isUpper: Bool, transform: MatrixTransform, hasUnitDiagonal: Bool, absorbsZeros: Bool)
  /// A matrix, which is not read, right sides, and the results of ``lu`` for the matrix; the solution, `nan` where the matrix is
  /// singular.
  case factoredSolve(transform: MatrixTransform, absorbsZeros: Bool)
  /// A matrix, which is not read, and the results of ``lu`` for it; the adjugate.
  case adjugate
}

/// A matrix as it is, its transpose, or its adjoint.
public enum MatrixTransform: String, Hashable, Sendable, Codable, CaseIterable {
  /// The matrix.
  case identity
  /// The transpose.
  case transpose
  /// The conjugated transpose.
  case adjoint
}
