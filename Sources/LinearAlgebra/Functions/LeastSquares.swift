import Primitives

/// Returns the solution of a linear least squares problem: the X of the smallest norm that minimizes ‖A X - B‖.
///
/// ```swift
/// let line = leastSquares(Tensor([[1.0, 0], [1, 1], [1, 2]]), Tensor([1.0, 3, 5]))
/// line.solution   // [1. 2.]
/// ```
///
/// Derivatives exist where the rank does not change; they are those of Golub and Pereyra (1973).
///
/// - Parameters:
///   - a: matrices [..., m, n]. Leading axes are batches, which broadcast with those of `b`.
///   - b: a vector [m], or matrices [..., m, k].
///   - tolerance: the size up to which singular values count as zero, relative to the largest one; by default the rounding error times
///     the larger of m and n.
/// - Returns: the solution, [..., n] for a vector and else [..., n, k]; the squared norms of the columns of A X - B; and the rank of
///   the matrices, int64.
public func leastSquares(
  _ a: Tensor, _ b: Tensor, tolerance: Double? = nil
) -> (solution: Tensor, residuals: Tensor, rank: Tensor) {
  let operation = "leastSquares"
  if b.isInvalid { return (poisoned(operation), Tensor(.invalid), Tensor(.invalid)) }
  let parts = ofMatrix(operation, a, count: 3) { a in
    let isVector = b.rank == 1
    let sides = isVector ? b.expandedDimensions(axis: 1) : b
    let solution = matmul(PseudoInverse(tolerance: tolerance).bind([a])[0], sides)
    if solution.isInvalid { return [solution, solution, solution] }
    let residuals = square(abs(matmul(a, solution) - sides)).sum(axis: -2)
    let rank = matrixRank(a, tolerance: tolerance)
    return isVector ? [solution.squeezed(axis: -1), residuals.squeezed(axis: -1), rank] : [solution, residuals, rank]
  }
  return (parts[0], parts[1], parts[2])
}

/// Returns the pseudo-inverse of matrices, after Moore and Penrose.
///
/// The derivative exists where the rank does not change; equal singular values do no harm, at any order.
///
/// - Parameters:
///   - a: matrices [..., m, n]. Leading axes are batches.
///   - tolerance: the size up to which singular values count as zero, relative to the largest one; by default the rounding error times
///     the larger of m and n.
/// - Returns: the inverses [..., n, m].
public func pseudoInverse(_ a: Tensor, tolerance: Double? = nil) -> Tensor {
  ofMatrix("pseudoInverse", a, count: 1) { PseudoInverse(tolerance: tolerance).bind([$0]) }[0]
}

/// Returns the rank of matrices: the number of singular values above a bound. It has no derivative.
///
/// - Parameters:
///   - a: matrices [..., m, n]. Leading axes are batches.
///   - tolerance: the bound, relative to the largest singular value; by default the rounding error times the larger of m and n.
/// - Returns: the ranks [...], int64; 0 for matrices with elements that are not finite.
public func matrixRank(_ a: Tensor, tolerance: Double? = nil) -> Tensor {
  ofMatrix("matrixRank", a, count: 1) { a in
    let sizes = MatrixSizes(a.shape)
    if sizes.elementCount == 0 { return [Tensor.zeros(sizes.batch, dtype: .int64)] }
    let values = SVD(vectors: false).bind([stopGradient(a)])[0]
    return [(values .> rankBound(values, sizes, tolerance)).asType(.int64).sum(axis: -1)]
  }[0]
}

/// Returns the condition number of matrices in the Euclidean norm: the largest singular value by the smallest one.
///
/// - Parameter a: matrices [..., m, n] with at least one element. Leading axes are batches.
/// - Returns: the numbers [...], which are real; infinity for matrices without full rank.
public func conditionNumber(_ a: Tensor) -> Tensor {
  ofMatrix("conditionNumber", a, count: 1) { a in
    let values = SVD(vectors: false).bind([a])[0]
    let count = values.shape[values.rank - 1]
    if count == 0 {
      return [
        invalidTensor(TensorError(.shape, "conditionNumber", "expected matrices with elements, got shape \(a.shape)"))
      ]
    }
    let (largest, least) = (values[..., 0], values[..., count - 1])
    let isSingular = least .== 0
    return [`where`(isSingular, Tensor(floatLiteral: .infinity), largest / `where`(isSingular, 1, least))]
  }[0]
}

/// Returns the polar decomposition of matrices: A = W P with orthonormal columns in W (rows, where it has more columns than
/// rows) and a Hermitian positive semidefinite P.
///
/// The derivative of W exists where the matrix has full rank; equal singular values do no harm, at any order.
///
/// - Parameter a: matrices [..., m, n]. Leading axes are batches.
/// - Returns: W, of the shape of `a`, and P [..., n, n].
public func polar(_ a: Tensor) -> (unitary: Tensor, positive: Tensor) {
  let parts = ofMatrix("polar", a, count: 2) { a in
    let factor = PolarFactor().bind([a])[0]
    return [factor, matmul(factor.adjoint(), a).hermitianPart()]
  }
  return (parts[0], parts[1])
}

/// Returns the nuclear norm of matrices, the sum of the singular values.
///
/// The gradient is the polar factor U Vᴴ without the vectors of singular values that are zero: of all subgradients there, the one in
/// the middle. Second derivatives are right for matrices of full rank, also with equal singular values, and else `nan`.
///
/// - Parameter a: matrices [..., m, n]. Leading axes are batches.
/// - Returns: the norms [...], which are real.
public func nuclearNorm(_ a: Tensor) -> Tensor {
  ofMatrix("nuclearNorm", a, count: 1) { NuclearNorm().bind([$0]) }[0]
}

/// Returns an orthonormal basis of the null space of a matrix: the vectors x with A x = 0.
///
/// The number of vectors is the matrix's rank less than its columns, which is read: under `jit` it is a guard, and under `vmap` an
/// error. Functions that do not depend on the choice of the basis have the right derivatives, where the rank does
/// not change.
///
/// - Parameters:
///   - a: a matrix [m, n].
///   - tolerance: the size up to which singular values count as zero, relative to the largest one.
/// - Returns: the basis in the columns of [n, n - rank].
public func nullSpace(_ a: Tensor, tolerance: Double? = nil) -> Tensor {
  basis("nullSpace", a) { a in
    let rank = Int(matrixRank(a, tolerance: tolerance))
    let n = a.shape[1]
    let fixed = svd(stopGradient(a), full: true).vh.adjoint()[0..<n, rank..<n]
    let inverse = PseudoInverse(tolerance: tolerance).bind([a])[0]
    return (fixed - matmul(inverse, matmul(a, fixed))).orthonormalized(near: fixed)
  }
}

/// Returns an orthonormal basis of the space that the columns of a matrix span.
///
/// The number of vectors is the matrix's rank, which is read: under `jit` it is a guard, and under `vmap` an error. Functions that do
/// not depend on the choice of the basis have the right derivatives, where the rank does not change.
///
/// - Parameters:
///   - a: a matrix [m, n].
///   - tolerance: the size up to which singular values count as zero, relative to the largest one.
/// - Returns: the basis in the columns of [m, rank].
public func orthonormalBasis(_ a: Tensor, tolerance: Double? = nil) -> Tensor {
  basis("orthonormalBasis", a) { a in
    let rank = Int(matrixRank(a, tolerance: tolerance))
    let fixed = SVD().bind([stopGradient(a)])[0][0..<a.shape[0], 0..<rank]
    let inverse = PseudoInverse(tolerance: tolerance).bind([a])[0]
    return matmul(a, matmul(inverse, fixed)).orthonormalized(near: fixed)
  }
}

/// Runs a function of one matrix whose elements are read.
private func basis(_ operation: String, _ a: Tensor, _ function: (Tensor) -> Tensor) -> Tensor {
  ofMatrix(operation, a, count: 1) { a in
    guard a.rank == 2 else {
      let problem = "expected one matrix [m, n], got shape \(a.shape)"
      return [
        invalidTensor(
          TensorError(.shape, operation, problem, hint: "the sizes of bases differ; take the matrices one by one"))
      ]
    }
    return [function(a)]
  }[0]
}

/// Returns the eigenvalues and eigenvectors of A v = λ B v, for Hermitian matrices A and positive definite ones B.
///
/// The Hermitian parts of both are used. The vectors are those with Vᴴ B V = 1. Derivatives at equal eigenvalues are those of
/// ``symmetricEigen(_:)``.
///
/// - Parameters:
///   - a: square matrices [..., n, n]. Leading axes are batches.
///   - b: matrices of the same shape. One that is not positive definite makes the results `nan`.
/// - Returns: the eigenvalues [..., n], real and in ascending order, and the vectors in the columns of [..., n, n].
public func generalizedEigen(_ a: Tensor, _ b: Tensor) -> (values: Tensor, vectors: Tensor) {
  let operation = "generalizedEigen"
  if b.isInvalid { return (poisoned(operation), Tensor(.invalid)) }
  let parts = ofMatrix(operation, a, isSquare: true, count: 2) { a in
    guard a.type == b.type else {
      let error = TensorError(.shape, operation, "expected two tensors of one type, got \(a.type) and \(b.type)")
      return [invalidTensor(error), Tensor(.invalid)]
    }
    let factor = cholesky(b)
    let half = TriangularSolve().bind(factor, a.hermitianPart())
    let inner = TriangularSolve().bind(factor, half.adjoint())
    // A complex quotient by `nan` is zero, so that the failure of the factorization is added.
    let failure = (stopGradient(factor).diagonal().realNumbers() * 0).sum(axis: -1).asType(a.dtype)
    let matrix = inner.hermitianPart() + failure.expandedDimensions(axis: -1).expandedDimensions(axis: -1)
    let eigen = SymmetricEigen().bind([matrix])
    return [eigen[0], TriangularSolve(transform: .adjoint).bind(factor, eigen[1])]
  }
  return (parts[0], parts[1])
}
