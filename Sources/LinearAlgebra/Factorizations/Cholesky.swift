import HostLibraries
import Primitives

/// The lower triangular factor L of a Hermitian positive definite matrix A = L Lᴴ, with a positive diagonal.
///
/// The lower triangle of the operand is read, and the real parts of its diagonal; the function ``cholesky(_:upper:)`` reads the
/// whole matrix. A matrix that is not positive definite has the factor `nan`.
///
/// The derivative is dL = L Φ(L⁻¹ dA L⁻ᴴ), where Φ takes the lower triangle with half the diagonal; see I. Murray,
/// Differentiation of the Cholesky decomposition, arXiv:1602.07527.
public struct Cholesky: MatrixPrimitive {
  public static let name = "cholesky"
  public init() {}

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    try checkMatrices(operands, count: 1, matrices: 1, Self.name)
    try checkSquare(operands[0], Self.name)
    return operands
  }

  public func lowering(of operands: [TensorType]) -> Lowering {
    guard MatrixSizes(operands[0].shape).areInline(upTo: 8) else { return .library(.cholesky) }
    return .program(Self.name, operands) { [SmallMatrices($0[0]).choleskyFactors($0[0].dtype)] }
  }

  func evaluate<Scalar: MatrixScalar>(
    _ operands: [HostTensor], _: Scalar.Type
  ) throws(TensorError) -> [HostTensor] {
    let n = MatrixSizes(operands[0].shape).rows
    let library = LAPACK.cholesky(Scalar.dtype)
    var result = operands[0]
    try result.updateMatrices(Scalar.self) { _, matrix in matrix.factorCholesky(n, by: library) }
    return [result]
  }

  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap {
    let factor = point.result()
    return .rule { change in
      let whole = change.hermitian(fromLower: true)
      let half = TriangularSolve().bind(factor, whole)
      let inner = TriangularSolve().bind(factor, half.adjoint())
      return [matmul(factor, inner.adjoint().lowerTriangleHalvingDiagonal())]
    }
  }

  public static var samples: [PrimitiveSample] {
    [[3, 3], [1, 1], [2, 4, 4], [0, 0], [2, 0, 2, 2]].map { (shape: Shape) in
      PrimitiveSample(Cholesky(), [OperandSample(shape, .positiveDefinite)], dtypes: matrixTypes)
    }
  }
}

/// The element types of matrices that can be factored.
let matrixTypes: [DType] = [.float32, .float64, .complex64, .complex128]
