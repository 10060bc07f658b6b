import Primitives

/// The matrix W with orthonormal columns, or rows, that is nearest to a matrix A = U S Vᴴ of the same shape: U Vᴴ.
///
/// With the Hermitian H = Wᴴ A of a matrix of full rank with no more columns than rows, the derivative is
/// dW = W X + (1 - W Wᴴ) dA H⁻¹ where H X + X H = Wᴴ dA - dAᴴ W; see N. Higham, Functions of Matrices, 8.1. It divides by sums of
/// singular values, so that equal ones do no harm, at any order. Where a singular value is zero the derivative does not exist.
public struct PolarFactor: CompositePrimitive {
  public static let name = "polarFactor"
  public static var dtypes: [DType] { matrixTypes }

  /// Whether vectors of singular values that are zero are left out.
  public let isPartial: Bool

  public init(isPartial: Bool = false) { self.isPartial = isPartial }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    try checkMatrices(operands, count: 1, matrices: 1, Self.name)
    return operands
  }

  public func body(_ operands: [Tensor]) -> [Tensor] {
    let a = operands[0]
    let sizes = MatrixSizes(a.shape)
    if sizes.elementCount == 0 { return [a] }
    let parts = SVD().bind([a])
    if !isPartial { return [matmul(parts[0], parts[2])] }
    let isKept = parts[1] .> rankBound(parts[1], sizes, nil)
    let weights = `where`(isNaN(parts[1]), parts[1], isKept.asType(parts[1].dtype))
    return [matmul(parts[0] * weights.asColumnFactors(a.dtype), parts[2])]
  }

  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap {
    let (a, result) = (point.operand(0), point.result())
    let sizes = MatrixSizes(a.shape)
    if sizes.elementCount == 0 { return .zero }
    let isWide = sizes.columns > sizes.rows
    let (matrix, factor) = isWide ? (a.adjoint(), result.adjoint()) : (a, result)
    let equation = HermitianSylvester.Equation(matmul(factor.adjoint(), matrix).hermitianPart())
    let factored = sizes.rows == sizes.columns ? nil : Factored(equation.matrix)
    return .rule { given in
      let change = isWide ? given.adjoint() : given
      let inner = matmul(factor.adjoint(), change)
      var tangent = matmul(factor, equation.solution(inner - inner.adjoint()))
      if let factored {
        let outside = change - matmul(factor, inner)
        tangent = tangent + factored.solved(outside.adjoint()).adjoint()
      }
      return [isWide ? tangent.adjoint() : tangent]
    }
  }

  public static var samples: [PrimitiveSample] {
    let shapes: [Shape] = [[3, 3], [1, 1], [2, 4, 2], [0, 0], [2, 3], [3, 2], [4, 1], [0, 2], [2, 0]]
    return shapes.enumerated().map { index, shape in
      PrimitiveSample(PolarFactor(isPartial: index % 2 == 1), [OperandSample(shape, .separated)], dtypes: matrixTypes)
    }
  }
}

/// The sum of the singular values of a matrix.
///
/// The gradient is its ``PolarFactor``, without the vectors of singular values that are zero, where the sum has a kink.
public struct NuclearNorm: CompositePrimitive {
  public static let name = "nuclearNorm"
  public static var dtypes: [DType] { matrixTypes }
  public init() {}

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    try checkMatrices(operands, count: 1, matrices: 1, Self.name)
    return [TensorType(operands[0].dtype.realPart, Shape(Array(operands[0].shape.dimensions.dropLast(2))))]
  }

  public func body(_ operands: [Tensor]) -> [Tensor] { [SVD(vectors: false).bind(operands)[0].sum(axis: -1)] }

  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap {
    let factor = conjugate(PolarFactor(isPartial: true).bind([point.operand(0)])[0])
    return .rule { change in [(factor * change).sum(axes: [-2, -1]).realNumbers()] }
  }

  public static var samples: [PrimitiveSample] {
    let shapes: [Shape] = [[3, 3], [1, 1], [2, 4, 2], [0, 0], [2, 3], [0, 2], [2, 0]]
    return shapes.map { PrimitiveSample(NuclearNorm(), [OperandSample($0, .separated)], dtypes: matrixTypes) }
  }
}
