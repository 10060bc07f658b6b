/// Permutes the axes: axis `i` of the result is axis `permutation[i]` of the operand.
public struct Transpose: StructuralPrimitive {
  public static let name = "transpose"

  /// For each axis of the result, the axis of the operand.
  public let permutation: [Int]

  public init(permutation: [Int]) { self.permutation = permutation }

  public func resultShape(of operand: Shape) throws(TensorError) -> Shape {
    guard permutation.sorted() == Array(0..<operand.rank) else {
      throw TensorError(
        .index, Self.name, "\(permutation) is not a permutation of the axes of shape \(operand)",
        hint: operand.isScalar ? "a scalar has no axes" : "name each axis from 0 to \(operand.rank - 1) once")
    }
    return Shape(permutation.map { operand[$0] })
  }

  public func view(of operand: Shape) -> StridedView {
    let strides = operand.strides
    return StridedView(sizes: permutation.map { operand[$0] }, strides: permutation.map { strides[$0] })
  }

  public func lowering(of operands: [TensorType]) -> Lowering {
    var maps = permutation.map { AxisMap(axis: $0) }
    for (axis, source) in permutation.enumerated() { maps[source] = AxisMap(axis: axis) }
    return .view(maps)
  }

  public func adjoint(_ cotangent: Tensor, operand: TensorType) -> Tensor {
    var inverse = permutation
    for (to, from) in permutation.enumerated() { inverse[from] = to }
    return Transpose(permutation: inverse).bind(cotangent)
  }

  public func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
    [Transpose(permutation: [0] + permutation.map { $0 + 1 }).bind(operands[0])]
  }

  public static var samples: [PrimitiveSample] {
    [
      PrimitiveSample(Transpose(permutation: [1, 0]), [OperandSample([2, 3])], dtypes: DType.allCases),
      PrimitiveSample(Transpose(permutation: [2, 0, 1]), [OperandSample([2, 1, 3])], dtypes: DType.allCases),
      PrimitiveSample(Transpose(permutation: [1, 0]), [OperandSample([0, 2])], dtypes: DType.allCases),
      PrimitiveSample(Transpose(permutation: []), [OperandSample([])], dtypes: DType.allCases),
    ]
  }
}
