import Primitives

/// Returns the singular value decomposition of matrices: A = U diag(s) Vᴴ.
///
/// ```swift
/// let (u, s, vh) = svd(Tensor([[3.0, 0], [4, 5]]))
/// s   // [6.708203932499369, 2.23606797749979]
/// ```
///
/// In each column of U the component of the largest magnitude is real and positive, so that vectors do not depend on the
/// library.
///
/// Where singular values are equal, or differ by rounding errors only, sums over all equal ones have their derivative; a single one
/// gets the mean. A value of zero is a kink, where the derivative is 0. Vectors of equal values, and those of zero where m and n
/// differ, have no derivative: it is `nan`.
///
/// - Parameters:
///   - a: matrices [..., m, n]. Leading axes are batches.
///   - full: whether to complete U and V to square matrices. The additional columns are an orthonormal basis of the rest; functions
///     that do not depend on its choice have the right derivatives.
/// - Returns: U [..., m, k], the values [..., k], real and in descending order, and Vᴴ [..., k, n], where k is the smaller of m and
///   n, or U [..., m, m] and Vᴴ [..., n, n].
public func svd(_ a: Tensor, full: Bool = false) -> (u: Tensor, s: Tensor, vh: Tensor) {
  let parts = ofMatrix("svd", a, count: 3) { a in
    let parts = SVD().bind([a])
    if !full { return parts }
    let (left, right) = (parts[0], parts[2].adjoint())
    return [
      Tensor.concatenated([left, left.orthogonalComplement()], axis: -1), parts[1],
      Tensor.concatenated([right, right.orthogonalComplement()], axis: -1).adjoint(),
    ]
  }
  return (parts[0], parts[1], parts[2])
}

/// Returns the singular values of matrices, real and in descending order.
///
/// Derivatives at equal values and at zero are those of ``svd(_:full:)``: functions that treat equal values alike have the right first
/// derivative.
///
/// - Parameter a: matrices [..., m, n]. Leading axes are batches.
/// - Returns: the values [..., k], where k is the smaller of m and n.
public func singularValues(_ a: Tensor) -> Tensor {
  ofMatrix("singularValues", a, count: 1) { SVD(vectors: false).bind([$0]) }[0]
}

extension Tensor {
  /// An orthonormal basis N of the space that is orthogonal to k orthonormal columns Q of length m: [..., m, m - k].
  ///
  /// Near Q it is (1 - Q Qᴴ) N, made orthonormal, with fixed N.
  func orthogonalComplement() -> Tensor {
    let (m, k) = (shape[rank - 2], shape[rank - 1])
    let batch = Array(shape.dimensions.dropLast(2))
    if k == m { return Tensor.zeros(batch + [m, 0], dtype: dtype) }
    let identity = Tensor.eye(m, dtype: dtype).broadcast(to: batch + [m, m])
    // The reflections of [Q 1] make the first columns those of Q, and the others a basis of the rest.
    let fixed = QR().bind([stopGradient(Tensor.concatenated([self, identity], axis: -1))])[0]
    let basis = fixed[..., 0..<m, k..<m]
    return (basis - matmul(self, matmul(adjoint(), basis))).orthonormalized(near: basis)
  }

  /// The columns of P N made orthonormal, for an orthonormal basis N and a projector P near N Nᴴ: P N L⁻ᴴ, where Nᴴ P N = L Lᴴ.
  func orthonormalized(near basis: Tensor) -> Tensor {
    let factor = cholesky(matmul(basis.adjoint(), self))
    return TriangularSolve().bind(factor, adjoint()).adjoint()
  }
}
