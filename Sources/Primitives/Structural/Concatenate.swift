/// The operands one after the other along an axis. They have one element type, and equal sizes along the other axes.
public struct Concatenate: LinearPrimitive {
  public static let name = "concatenate"

  /// The axis along which the operands are lined up.
  public let axis: Int

  public init(axis: Int) { self.axis = axis }

  public var traits: PrimitiveTraits { [.linear, .structural] }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    guard let first = operands.first else { throw TensorError(.program, Self.name, "takes at least one operand") }
    guard (0..<first.shape.rank).contains(axis) else {
      throw TensorError(.index, Self.name, "\(axis) is not an axis of shape \(first.shape)")
    }
    var size = 0
    for (index, operand) in operands.enumerated() {
      if operand.dtype != first.dtype { throw mixedDTypes(Self.name, first, operand) }
      let isAlike =
        operand.shape.rank == first.shape.rank
        && operand.shape.dimensions.indices.allSatisfy { $0 == axis || operand.shape[$0] == first.shape[$0] }
      guard isAlike else {
        throw TensorError(
          .shape, Self.name, "operand \(index) has shape \(operand.shape) where operand 0 has \(first.shape)",
          hint: "all sizes but that of axis \(axis) must be equal")
      }
      let (total, overflow) = size.addingReportingOverflow(operand.shape[axis])
      if overflow { throw TensorError(.memory, Self.name, "the sizes of axis \(axis) add up to more than an integer") }
      size = total
    }
    var sizes = first.shape.dimensions
    sizes[axis] = size
    return [TensorType(first.dtype, Shape(sizes))]
  }

  public func lowering(of operands: [TensorType]) -> Lowering {
    var start = 0
    let parts = operands.map { operand in
      var places = operand.shape.dimensions.map { Insertion.Region(start: 0, count: $0) }
      places[axis].start = start
      start += operand.shape[axis]
      return places
    }
    return .insertion(Insertion(hasBase: false, parts: parts))
  }

  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    let type = try resultTypes(of: operands.map(\.type))[0]
    let byteCount = type.dtype.byteCount
    let outer = type.shape.dimensions[..<axis].reduce(1, &*)
    let inner = type.shape.dimensions[(axis + 1)...].reduce(1, &*)
    let stride = type.shape[axis] &* inner &* byteCount
    let result = try HostTensor.uninitialized(type, for: Self.name) { destination in
      if type.shape.count == 0 { return }
      var destination = destination
      for operand in operands {
        let length = operand.shape[axis] &* inner &* byteCount
        operand.withBytes { source in
          guard let source = source.baseAddress, length > 0 else { return }
          for row in 0..<outer {
            (destination + row &* stride).copyMemory(from: source + row &* length, byteCount: length)
          }
        }
        destination += length
      }
    }
    return [result]
  }

  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap { .itself(self) }

  public func transposed(_ cotangents: [Tensor?], of operand: Int, at point: EquationPoint) -> Tensor {
    transposed(cotangents, of: [operand], at: point)[0]
  }

  /// One walk over the operands, so that the time is that of the result however many there are.
  public func transposed(_ cotangents: [Tensor?], of operands: [Int], at point: EquationPoint) -> [Tensor] {
    let ct = cotangents[0]!
    var slices = point.resultType().shape.dimensions.map { AxisSlice.all($0) }
    var (start, next) = (0, 0)
    return operands.map { operand in
      while next < operand {
        start += point.operandType(next).shape[axis]
        next += 1
      }
      slices[axis] = AxisSlice(start: start, count: point.operandType(operand).shape[axis])
      return Slice(axes: slices).bind(ct)
    }
  }

  public func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
    Concatenate(axis: axis + 1).bind(allBatched(operands, isBatched, size))
  }

  public static var samples: [PrimitiveSample] {
    [
      PrimitiveSample(
        Concatenate(axis: 1), [OperandSample([2, 1, 2]), OperandSample([2, 3, 2]), OperandSample([2, 0, 2])],
        dtypes: DType.allCases),
      PrimitiveSample(Concatenate(axis: 0), [OperandSample([1])], dtypes: DType.allCases),
      PrimitiveSample(Concatenate(axis: 1), [OperandSample([2, 2]), OperandSample([2, 1])], dtypes: DType.allCases),
      PrimitiveSample(Concatenate(axis: 0), [OperandSample([0, 2]), OperandSample([0, 2])], dtypes: DType.allCases),
    ]
  }
}
