import Primitives

/// The sign of a determinant and the logarithm of its magnitude, from the factors of the matrix.
///
/// The operands are A [..., n, n] and the results of ``LU`` for it; the results are [...]. The sign of a complex matrix is a
/// number of magnitude 1; that of a singular matrix is 0, with the logarithm -inf. As in ``FactoredSolve`` A is what is
/// differentiated by: d log |det A| = Re tr(A⁻¹ dA), and d sign = i · sign · Im tr(A⁻¹ dA).
public struct LogDeterminant: FactoredComposite {
  public static let name = "logDeterminant"
  public init() {}

  public static func resultDTypes(_ dtype: DType) -> [DType] { [dtype, dtype.realPart] }

  public func body(_ operands: [Tensor]) -> [Tensor] {
    let diagonal = operands[1].diagonal()
    let sizes = abs(diagonal)
    let phases =
      diagonal.dtype.isComplex ? `where`(sizes .== 0, 0, diagonal / sizes.asType(diagonal.dtype)) : sign(diagonal)
    return [phases.prod(axis: -1) * parity(operands[2], diagonal.dtype), log(sizes).sum(axis: -1)]
  }

  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap {
    if operand > 0 { return .zero }
    let inverse = Factored(point, at: (0, 1, 2)).inverse().matrixTransposed()
    let sign = point.result(0)
    return .rule { change in
      let trace = (inverse * change).sum(axes: [-2, -1])
      if !change.dtype.isComplex { return [Tensor.zeros(like: sign), trace] }
      let angle = imaginaryPart(trace)
      return [sign * complex(Tensor.zeros(like: angle), angle), realPart(trace)]
    }
  }
}

/// The determinant, from the factors of the matrix.
///
/// The operands are A [..., n, n] and the results of ``LU`` for it; the result is [...]. As in ``FactoredSolve`` A is what is
/// differentiated by: d det A = tr(adj(A) dA), where the adjugate is finite for singular matrices, too.
public struct Determinant: FactoredComposite {
  public static let name = "determinant"
  public init() {}

  public static func resultDTypes(_ dtype: DType) -> [DType] { [dtype] }

  public func body(_ operands: [Tensor]) -> [Tensor] {
    let diagonal = operands[1].diagonal()
    return [diagonal.prod(axis: -1) * parity(operands[2], diagonal.dtype)]
  }

  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap {
    if operand > 0 { return .zero }
    let factored = Factored(point, at: (0, 1, 2))
    let adjugate = Adjugate().bind([factored.matrix, factored.factors, factored.permutation])[0].matrixTransposed()
    return .rule { change in [(adjugate * change).sum(axes: [-2, -1])] }
  }
}

/// A function of a matrix that is computed from its factors, and differentiated by the matrix.
public protocol FactoredComposite: CompositePrimitive {
  init()
  /// The element types of the results, for that of the matrix.
  static func resultDTypes(_ dtype: DType) -> [DType]
}

extension FactoredComposite {
  /// Those of matrices.
  public static var dtypes: [DType] { [.float32, .float64, .complex64, .complex128] }

  /// The matrix, its factors, and the order of its rows.
  public static var arity: Int { 3 }

  /// Those of the body, for a matrix and its factors.
  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    try checkMatrices(operands, count: 3, matrices: 2, Self.name)
    try checkSquare(operands[0], Self.name)
    try checkFactors(operands[1], operands[2], of: operands[0], Self.name)
    let batch = Shape(Array(operands[0].shape.dimensions.dropLast(2)))
    return Self.resultDTypes(operands[0].dtype).map { TensorType($0, batch) }
  }

  /// The body on numbers.
  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] { try evaluateBody(operands) }

  /// Matrices of several sizes and batches.
  public static var samples: [PrimitiveSample] {
    [[3, 3], [1, 1], [2, 4, 4], [0, 0], [2, 1, 2, 2]].map { (shape: Shape) in
      PrimitiveSample(Self(), [OperandSample(shape, .invertible)] + factorSamples(shape), dtypes: matrixTypes)
    }
  }
}

/// 1 for an even permutation, and -1 for an odd one, by the number of pairs that are in the wrong order.
func parity(_ permutation: Tensor, _ dtype: DType) -> Tensor {
  let size = permutation.shape[permutation.rank - 1]
  let place = Tensor.arange(size, dtype: .int64)
  let isBefore = place.expandedDimensions(axis: 1) .< place
  let isExchanged = permutation.expandedDimensions(axis: -1) .> permutation.expandedDimensions(axis: -2)
  let count = (isBefore .& isExchanged).sum(axes: [-2, -1])
  return (1 - 2 * (count % 2)).asType(dtype)
}
