import Primitives

/// Returns the eigenvalues and eigenvectors of Hermitian matrices: A = V diag(λ) Vᴴ.
///
/// ```swift
/// let (values, vectors) = symmetricEigen(Tensor([[2.0, 1], [1, 2]]))
/// values   // [1. 3.]
/// ```
///
/// The Hermitian part (A + Aᴴ) / 2 is used, so that gradients are Hermitian. In each vector the component of the largest
/// magnitude is real and positive, so that vectors do not depend on the library.
///
/// Where eigenvalues are equal, or differ by rounding errors only, sums over all equal ones have their derivative; a single one
/// gets the mean. Their vectors have no derivative, as every basis of their space serves: it is `nan`, in functions such as
/// V f(λ) Vᴴ as well. Use ``matrixFunction(_:_:)`` and ``spectralSum(_:_:)``, which are right there.
///
/// - Parameter a: square matrices [..., n, n]. Leading axes are batches.
/// - Returns: the eigenvalues [..., n], real and in ascending order, and unit vectors in the columns of [..., n, n].
public func symmetricEigen(_ a: Tensor) -> (values: Tensor, vectors: Tensor) {
  let parts = ofMatrix("symmetricEigen", a, isSquare: true, count: 2) { SymmetricEigen().bind([$0.hermitianPart()]) }
  return (parts[0], parts[1])
}

/// Returns the eigenvalues of Hermitian matrices, real and in ascending order.
///
/// ```swift
/// symmetricEigenvalues(Tensor([[2.0, 1], [1, 2]]))   // [1. 3.]
/// ```
///
/// The Hermitian part (A + Aᴴ) / 2 is used. Derivatives at equal eigenvalues are those of ``symmetricEigen(_:)``: functions that
/// treat equal values alike, such as sums of f(λ), have the right first derivative; second ones are `nan` there, and right by
/// ``spectralSum(_:_:)``.
///
/// - Parameter a: square matrices [..., n, n]. Leading axes are batches.
/// - Returns: the eigenvalues [..., n].
public func symmetricEigenvalues(_ a: Tensor) -> Tensor {
  ofSquare("symmetricEigenvalues", a) { SymmetricEigen(vectors: false).bind([$0.hermitianPart()])[0] }
}

/// Returns a function of Hermitian matrices: V f(λ) Vᴴ for A = V diag(λ) Vᴴ.
///
/// ```swift
/// matrixFunction(Tensor([[5.0, 4], [4, 5]]), .squareRoot)   // [[2, 1], [1, 2]]
/// ```
///
/// The Hermitian part (A + Aᴴ) / 2 is used. Derivatives are those of Daleckii and Krein, by divided differences of f that do not
/// cancel: every order is right, also where eigenvalues are equal or close. The k-th derivative takes about nᵏ⁺¹ differences.
/// Eigenvalues that are negative by rounding errors only count as zero for powers.
///
/// - Parameters:
///   - a: square matrices [..., n, n]. Leading axes are batches.
///   - function: the function of the eigenvalues.
/// - Returns: the matrices, of the shape of `a`.
public func matrixFunction(_ a: Tensor, _ function: SpectralFunction) -> Tensor {
  ofSquare("matrixFunction", a) { a in
    let matrix = a.hermitianPart()
    let eigen = SymmetricEigen().bind([stopGradient(matrix)])
    var values = eigen[0]
    if case .power = function, values.count > 0 {
      let isRounding = (values .< 0) & (-values .<= Ties.bound(values, size: a.shape[a.rank - 1]))
      values = `where`(isRounding, 0, values)
    }
    return SpectralForm(function).bind([matrix, values, eigen[1]])[0]
  }
}

/// Returns the sum of a function of the eigenvalues of Hermitian matrices, tr f(A).
///
/// The gradient is f'(A); every order is right, also where eigenvalues are equal. The logarithm gives the logarithm of the
/// determinant of a positive definite matrix.
///
/// - Parameters:
///   - a: square matrices [..., n, n]. Leading axes are batches.
///   - function: the function of the eigenvalues.
/// - Returns: the sums [...], which are real.
public func spectralSum(_ a: Tensor, _ function: SpectralFunction) -> Tensor {
  let matrix = matrixFunction(a, function)
  return matrix.isInvalid ? matrix : matrix.trace().realNumbers()
}

extension Tensor {
  /// The Hermitian part of each matrix.
  func hermitianPart() -> Tensor { 0.5 * (self + adjoint()) }
}
