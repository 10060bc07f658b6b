import Primitives

/// Solves linear equations: returns X with A X = B.
///
/// ```swift
/// solve(Tensor([[2.0, 1], [1, 3]]), Tensor([3.0, 5]))   // [0.8, 1.4]
/// ```
///
/// The matrix is factored once (LU with exchanged rows); derivatives of every order use the same factors. A singular matrix makes
/// the solution `nan`. The derivative is dX = A⁻¹ (dB - dA X); see M. Giles, Collected matrix derivative results for forward and
/// reverse mode algorithmic differentiation, 2008.
///
/// - Parameters:
///   - a: square matrices [..., n, n]. Leading axes are batches, which broadcast with those of `b`.
///   - b: a vector [n], or matrices [..., n, k].
/// - Returns: the solution, of the shape of `b` with the batch axes of both. It is float32, float64, complex64 or complex128 as
///   the operands are.
public func solve(_ a: Tensor, _ b: Tensor) -> Tensor {
  equations("solve", a, b) { matrix, sides in Factored(matrix).solved(sides) }
}

/// A triangle of a matrix.
public enum MatrixTriangle: Hashable, Sendable {
  /// The elements on and below the diagonal.
  case lower
  /// The elements on and above the diagonal.
  case upper
}

/// The side of a product on which a matrix stands.
public enum MatrixSide: Hashable, Sendable {
  /// A X = B.
  case left
  /// X A = B.
  case right
}

/// Solves equations with a triangular matrix: returns X with T X = B, or with the transpose or adjoint of T.
///
/// Only the named triangle of `t` is read. A zero on the diagonal makes the solution `nan`.
///
/// - Parameters:
///   - t: triangular matrices [..., n, n]. Leading axes are batches, which broadcast with those of `b`.
///   - b: a vector [n], or matrices [..., n, k]; for the side `.right` [..., k, n].
///   - triangle: the triangle that is read.
///   - transposed: whether the equations have the transpose of `t`.
///   - adjoint: whether the equations have the conjugated transpose of `t`.
///   - unitDiagonal: whether the diagonal is taken as ones, whatever it contains.
///   - side: the side of X on which the matrix stands.
/// - Returns: the solution, of the shape of `b` with the batch axes of both.
public func triangularSolve(
  _ t: Tensor, _ b: Tensor, _ triangle: MatrixTriangle, transposed: Bool = false, adjoint: Bool = false,
  unitDiagonal: Bool = false, side: MatrixSide = .left
) -> Tensor {
  let operation = "triangularSolve"
  if transposed && adjoint {
    return invalidTensor(
      TensorError(.value, operation, "both transposed and adjoint are true", hint: "pass adjoint: true alone"))
  }
  let transform: MatrixTransform = adjoint ? .adjoint : transposed ? .transpose : .identity
  if side == .right {
    // X T = B is Tᵀ Xᵀ = Bᵀ, and X Tᴴ = B is conj(T) Xᵀ = Bᵀ, whose conjugate is T conj(Xᵀ) = conj(Bᵀ).
    if b.isInvalid || b.rank < 2 {
      return b.isInvalid
        ? poisoned(operation)
        : invalidTensor(
          TensorError(.shape, operation, "with side .right b must be a matrix [..., k, n], got shape \(b.shape)"))
    }
    let sides = b.matrixTransposed()
    let solved =
      switch transform {
      case .identity: triangularSolve(t, sides, triangle, transposed: true, unitDiagonal: unitDiagonal)
      case .transpose: triangularSolve(t, sides, triangle, unitDiagonal: unitDiagonal)
      case .adjoint: conjugate(triangularSolve(t, conjugate(sides), triangle, unitDiagonal: unitDiagonal))
      }
    return solved.isInvalid ? solved : solved.matrixTransposed()
  }
  let solver = TriangularSolve(isUpper: triangle == .upper, transform: transform, hasUnitDiagonal: unitDiagonal)
  return equations(operation, t, b) {
    solver.bind($0, $1)
  }
}

/// Solves equations with a Hermitian positive definite matrix, from its Cholesky factor: returns X with L Lᴴ X = B.
///
/// - Parameters:
///   - l: factors [..., n, n] as ``cholesky(_:upper:)`` returns them. Leading axes are batches, which broadcast with those of `b`.
///   - b: a vector [n], or matrices [..., n, k].
///   - upper: whether `l` is the upper factor U of Uᴴ U.
/// - Returns: the solution, of the shape of `b` with the batch axes of both.
public func choleskySolve(_ l: Tensor, _ b: Tensor, upper: Bool = false) -> Tensor {
  func solve(_ matrix: Tensor, _ sides: Tensor) -> Tensor {
    func half(_ transform: MatrixTransform, _ sides: Tensor) -> Tensor {
      TriangularSolve(isUpper: upper, transform: transform).bind(matrix, sides)
    }
    return upper ? half(.identity, half(.adjoint, sides)) : half(.adjoint, half(.identity, sides))
  }
  return equations("choleskySolve", l, b, solve)
}

/// Runs a solver on matrices and right sides with the same batch axes; vectors are matrices of one column.
private func equations(
  _ operation: String, _ a: Tensor, _ b: Tensor, _ solve: (Tensor, Tensor) -> Tensor
) -> Tensor {
  if a.isInvalid || b.isInvalid { return poisoned(operation) }
  return reporting { () throws(TensorError) in
    let (a, b) = try sharingDType(operation, a, b)
    try checkMatrix(a.type, operation)
    try checkSquare(a.type, operation)
    guard b.rank > 0 else {
      throw TensorError(.shape, operation, "expected right sides [n] or [..., n, k], got a scalar")
    }
    let isVector = b.rank == 1
    let sides = isVector ? b.expandedDimensions(axis: 1) : b
    let (own, other) = (MatrixSizes(a.shape), MatrixSizes(sides.shape))
    guard own.columns == other.rows else {
      throw TensorError(
        .shape, operation, "matrices of shape \(a.shape) need \(own.columns) rows of right sides, got shape \(b.shape)")
    }
    guard let batch = Shape.broadcast(Shape(own.batch), Shape(other.batch)) else {
      throw TensorError(
        .shape, operation, "the batch axes of the shapes \(a.shape) and \(b.shape) do not broadcast",
        hint: "all axes but the last two are batches; their sizes must be equal or 1")
    }
    return try naming(operation) {
      let solution: Tensor
      if a.rank == 2, sides.rank > 2 {
        // One matrix: the batch becomes more columns.
        let flat = sides.reshaped([other.batchCount, other.rows, other.columns])
        solution = inColumns(flat) { solve(a, $0) }.reshaped(sides.shape.dimensions)
      } else {
        solution = solve(
          a.broadcast(to: Shape(batch.dimensions + a.shape.dimensions.suffix(2))),
          sides.broadcast(to: Shape(batch.dimensions + sides.shape.dimensions.suffix(2))))
      }
      return isVector ? solution.squeezed(axis: -1) : solution
    }
  }
}
