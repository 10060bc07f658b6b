/// Zeros, with the operand's elements at the places of a slice: the adjoint of ``Slice``, and the way to pad.
public struct Embed: LinearPrimitive {
  public static let name = "embed"

  /// The places in the result, as the slice that would take them out again.
  public let axes: [AxisSlice]
  /// The sizes of the result.
  public let shape: [Int]

  public init(axes: [AxisSlice], shape: [Int]) {
    self.axes = axes
    self.shape = shape
  }

  public var traits: PrimitiveTraits { [.linear, .structural, .embedding] }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    let result = try Shape(checking: shape, for: Self.name)
    try checkSlices(axes, of: result, Self.name)
    let taken = Shape(axes.filter { !$0.dropsAxis }.map(\.count))
    guard operands.count == 1, operands[0].shape == taken else {
      throw TensorError(.shape, Self.name, "\(operands) does not fill a slice of shape \(taken)")
    }
    return [TensorType(operands[0].dtype, result)]
  }

  public func lowering(of operands: [TensorType]) -> Lowering {
    .insertion(Insertion(hasBase: false, parts: [axes.map(\.place)]))
  }

  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    let type = TensorType(operands[0].dtype, Shape(shape))
    var result = try HostTensor(type, filledWith: 0, for: Self.name)
    try result.write(operands[0], at: sliceView(axes, of: type.shape))
    return [result]
  }

  /// One element of a float64 vector without a walk, else the general way.
  public func evaluate(_ x: HostTensor) throws(TensorError) -> HostTensor {
    if axes.count == 1, axes[0].dropsAxis, shape.count == 1, axes[0].start >= 0, axes[0].start < shape[0],
      case .float64(let element) = x.representation
    {
      return try HostTensor(Shape(shape), of: Double.self, for: Self.name) { elements in
        elements.initialize(repeating: 0)
        elements[axes[0].start] = element
      }
    }
    _ = try resultTypes(of: [x.type])
    return try evaluate([x])[0]
  }

  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap { .itself(self) }

  public func transposed(_ cotangents: [Tensor?], of operand: Int, at point: EquationPoint) -> Tensor {
    Slice(axes: axes).bind(cotangents[0]!)
  }

  public func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
    [Embed(axes: [.all(size)] + axes, shape: [size] + shape).bind(operands[0])]
  }

  public static var samples: [PrimitiveSample] {
    [
      PrimitiveSample(
        Embed(axes: [AxisSlice(start: 1, count: 2, step: 2), AxisSlice(index: 2)], shape: [4, 3]),
        [OperandSample([2])], dtypes: DType.allCases),
      PrimitiveSample(Embed(axes: [], shape: []), [OperandSample([])], dtypes: DType.allCases),
      PrimitiveSample(
        Embed(axes: [AxisSlice(start: 0, count: 0)], shape: [2]), [OperandSample([0])], dtypes: DType.allCases),
    ]
  }
}
