/// The same elements in row-major order with other axes.
public struct Reshape: StructuralPrimitive {
  public static let name = "reshape"

  /// The sizes of the result.
  public let shape: [Int]

  public init(shape: [Int]) { self.shape = shape }

  public func resultShape(of operand: Shape) throws(TensorError) -> Shape {
    let result = try Shape(checking: shape, for: Self.name)
    guard let count = result.checkedCount, count == operand.checkedCount else {
      throw TensorError(
        .shape, Self.name,
        "\(operand.count) elements of shape \(operand) do not fill the shape \(shape)",
        hint: "the product of the sizes must stay the same")
    }
    return result
  }

  public func view(of operand: Shape) -> StridedView { StridedView(dense: Shape(shape)) }

  public func lowering(of operands: [TensorType]) -> Lowering { .reshape }

  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    [try operands[0].withShape(Shape(shape), for: Self.name)]
  }

  public func adjoint(_ cotangent: Tensor, operand: TensorType) -> Tensor { cotangent.reshaped(to: operand.shape) }

  public func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
    [Reshape(shape: [size] + shape).bind(operands[0])]
  }

  public static var samples: [PrimitiveSample] {
    [
      PrimitiveSample(Reshape(shape: [3, 2]), [OperandSample([2, 3])], dtypes: DType.allCases),
      PrimitiveSample(Reshape(shape: [1, 1]), [OperandSample([])], dtypes: DType.allCases),
      PrimitiveSample(Reshape(shape: []), [OperandSample([1])], dtypes: DType.allCases),
      PrimitiveSample(Reshape(shape: [0]), [OperandSample([2, 0])], dtypes: DType.allCases),
    ]
  }
}
