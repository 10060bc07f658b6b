/// Repeats elements: axis `i` of the operand becomes axis `axes[i]` of the result, where a size of 1 is stretched; the
/// other axes of the result are new.
public struct Broadcast: StructuralPrimitive {
  public static let name = "broadcast"

  /// The sizes of the result.
  public let shape: [Int]
  /// For each axis of the operand, its place in the result, in ascending order.
  public let axes: [Int]

  public init(shape: [Int], axes: [Int]) {
    self.shape = shape
    self.axes = axes
  }

  public func resultShape(of operand: Shape) throws(TensorError) -> Shape {
    let ascending = zip(axes, axes.dropFirst()).allSatisfy { $0 < $1 }
    let fits =
      axes.count == operand.rank && ascending && axes.allSatisfy { shape.indices.contains($0) }
      && shape.allSatisfy { $0 >= 0 }
    guard fits, zip(axes, operand.dimensions).allSatisfy({ shape[$0] == $1 || $1 == 1 }) else {
      throw TensorError(.shape, Self.name, "the shape \(operand) does not broadcast to \(shape) along axes \(axes)")
    }
    let result = Shape(shape)
    guard result.checkedCount != nil else {
      throw TensorError(
        .memory, Self.name, "a tensor of shape \(result) needs more bytes than fit into an integer")
    }
    return result
  }

  public func view(of operand: Shape) -> StridedView {
    var strides = [Int](repeating: 0, count: shape.count)
    for ((axis, size), stride) in zip(zip(axes, operand.dimensions), operand.strides)
    where size != 1 || shape[axis] == 1 {
      strides[axis] = stride
    }
    return StridedView(sizes: shape, strides: strides)
  }

  public func lowering(of operands: [TensorType]) -> Lowering {
    .view(
      zip(axes, operands[0].shape.dimensions).map { axis, size in
        size == 1 ? AxisMap(at: 0) : AxisMap(axis: axis)
      })
  }

  public func adjoint(_ cotangent: Tensor, operand: TensorType) -> Tensor {
    let stretched = zip(axes, operand.shape.dimensions).filter { shape[$0] != $1 }.map(\.0)
    let new = shape.indices.filter { !axes.contains($0) }
    return cotangent.sum(axes: new + stretched).reshaped(to: operand.shape)
  }

  public func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
    [Broadcast(shape: [size] + shape, axes: [0] + axes.map { $0 + 1 }).bind(operands[0])]
  }

  public static var samples: [PrimitiveSample] {
    [
      PrimitiveSample(Broadcast(shape: [2, 3], axes: [1]), [OperandSample([3])], dtypes: DType.allCases),
      PrimitiveSample(Broadcast(shape: [4, 2, 3], axes: [1, 2]), [OperandSample([2, 1])], dtypes: DType.allCases),
      PrimitiveSample(Broadcast(shape: [0, 2], axes: []), [OperandSample([])], dtypes: DType.allCases),
    ]
  }
}
