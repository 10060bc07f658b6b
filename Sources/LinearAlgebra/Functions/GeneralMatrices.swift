import Primitives

/// Returns the eigenvalues and right eigenvectors of square matrices: A V = V diag(λ).
///
/// ```swift
/// let (values, vectors) = eigen(Tensor([[0.0, -1], [1, 0]]))
/// values   // [0.-1.j 0.+1.j]
/// ```
///
/// Results are complex, complex64 for float32 and complex64, else complex128. A real matrix has real values and pairs of conjugates,
/// exactly. Values are in the order of their real parts, and of their imaginary parts where the real ones are equal up to
/// rounding; vectors have length 1, and their component of the largest magnitude is real and positive.
///
/// Where eigenvalues are equal, sums over all equal ones have their derivative, a single one gets the mean, and their vectors have
/// none: it is `nan`. It is `nan` for values, too, where vectors are linearly dependent. For Hermitian matrices
/// ``symmetricEigen(_:)`` is faster and more accurate.
///
/// - Parameter a: square matrices [..., n, n]. Leading axes are batches.
/// - Returns: the eigenvalues [..., n], and the vectors in the columns of [..., n, n].
public func eigen(_ a: Tensor) -> (values: Tensor, vectors: Tensor) {
  let parts = ofMatrix("eigen", a, isSquare: true, count: 2) { Eigen().bind([$0]) }
  return (parts[0], parts[1])
}

/// Returns the eigenvalues of square matrices, which are complex, in the order of ``eigen(_:)``.
///
/// - Parameter a: square matrices [..., n, n]. Leading axes are batches.
/// - Returns: the eigenvalues [..., n].
public func eigenvalues(_ a: Tensor) -> Tensor {
  ofSquare("eigenvalues", a) { Eigen(vectors: false).bind([$0])[0] }
}

/// Returns the eigenvalues with left and right eigenvectors of square matrices: Uᴴ A = diag(λ) Uᴴ and A V = V diag(λ).
///
/// Values and right vectors are those of ``eigen(_:)``. Each left vector has length 1, and a real and positive product uᴴ v with its
/// right one. Where the right vectors are linearly dependent, the left ones are `nan`.
///
/// - Parameter a: square matrices [..., n, n]. Leading axes are batches.
/// - Returns: the eigenvalues [..., n], and the vectors in the columns of two tensors [..., n, n].
public func twoSidedEigen(_ a: Tensor) -> (values: Tensor, left: Tensor, right: Tensor) {
  let parts = ofMatrix("twoSidedEigen", a, isSquare: true, count: 3) { a in
    let parts = Eigen().bind([a])
    let left = Factored(parts[1]).inverse().adjoint()
    let squares = realPart(left * conjugate(left)).sum(axis: -2, keepingDimensions: true)
    return [parts[0], left / sqrt(squares).asType(left.dtype), parts[1]]
  }
  return (parts[0], parts[1], parts[2])
}
