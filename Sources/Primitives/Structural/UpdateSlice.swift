/// The first operand with the elements of a slice replaced by the second operand.
///
/// It is linear in both together. The elements that are replaced are not chosen: their cotangent is a strong zero.
public struct UpdateSlice: LinearPrimitive {
  public static let name = "updateSlice"

  /// The places that are replaced, as the slice that would take them out.
  public let axes: [AxisSlice]

  public init(axes: [AxisSlice]) { self.axes = axes }

  public var traits: PrimitiveTraits { [.linear, .structural, .selecting] }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    guard operands.count == 2 else {
      throw TensorError(.program, Self.name, "takes two operands, not \(operands.count)")
    }
    let (x, v) = (operands[0], operands[1])
    if x.dtype != v.dtype { throw mixedDTypes(Self.name, x, v) }
    try checkSlices(axes, of: x.shape, Self.name)
    let taken = Shape(axes.filter { !$0.dropsAxis }.map(\.count))
    guard v.shape == taken else {
      throw TensorError(.shape, Self.name, "a tensor of shape \(v.shape) does not fill a slice of shape \(taken)")
    }
    return [x]
  }

  public func lowering(of operands: [TensorType]) -> Lowering {
    .insertion(Insertion(hasBase: true, parts: [axes.map(\.place)]))
  }

  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    var result = operands[0]
    try result.write(operands[1], at: sliceView(axes, of: result.shape))
    return [result]
  }

  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap { .itself(self) }

  public func transposed(_ cotangents: [Tensor?], of operand: Int, at point: EquationPoint) -> Tensor {
    let ct = cotangents[0]!
    if operand == 1 { return Slice(axes: axes).bind(ct) }
    return bind(ct, constant(0, point.operandType(1), beside: ct))
  }

  /// The places of the cotangent become zero where they lie.
  public func transposed(
    overwriting cotangent: inout HostTensor, of operands: [Int], at point: EquationPoint
  ) -> [HostTensor]? {
    let view = sliceView(axes, of: cotangent.shape)
    do {
      let part = operands.contains(1) ? try cotangent.read(view, for: Self.name) : nil
      if operands.contains(0) {
        try cotangent.write(try HostTensor(TensorType(cotangent.dtype, Shape(view.sizes)), filledWith: 0), at: view)
      }
      return operands.compactMap { $0 == 0 ? cotangent : part }
    } catch {
      return nil
    }
  }

  public func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
    UpdateSlice(axes: [.all(size)] + axes).bind(allBatched(operands, isBatched, size))
  }

  public static var samples: [PrimitiveSample] {
    [
      PrimitiveSample(
        UpdateSlice(axes: [AxisSlice(start: 3, count: 2, step: -2), AxisSlice(index: 2), .all(2)]),
        [OperandSample([4, 3, 2]), OperandSample([2, 2])], dtypes: DType.allCases),
      PrimitiveSample(
        UpdateSlice(axes: [AxisSlice(index: 0)]), [OperandSample([1]), OperandSample([])], dtypes: DType.allCases),
      PrimitiveSample(UpdateSlice(axes: []), [OperandSample([]), OperandSample([])], dtypes: DType.allCases),
      PrimitiveSample(
        UpdateSlice(axes: [AxisSlice(start: 0, count: 0)]), [OperandSample([2]), OperandSample([0])],
        dtypes: DType.allCases),
    ]
  }
}
