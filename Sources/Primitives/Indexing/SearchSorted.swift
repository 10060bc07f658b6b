/// The places, as int64, where values would be put into ascending elements so that these stay in order.
///
/// The elements have the shape [B..., n], the values [B..., K...], and so has the result. `nan` comes last, as in a sort.
/// Elements that are not in order give some place between 0 and n.
public struct SearchSorted: Primitive {
  public static let name = "searchSorted"

  /// Whether a value comes behind elements that equal it, else before them.
  public let isRight: Bool
  /// The number of leading axes that both operands share.
  public let batchRank: Int

  public init(isRight: Bool, batchRank: Int = 0) {
    self.isRight = isRight
    self.batchRank = batchRank
  }

  public var traits: PrimitiveTraits { .discrete }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    guard operands.count == 2 else {
      throw TensorError(.program, Self.name, "takes two operands, not \(operands.count)")
    }
    let (elements, values) = (operands[0], operands[1])
    try checkOrdered([elements], Self.name)
    if elements.dtype != values.dtype { throw mixedDTypes(Self.name, elements, values) }
    let (own, picked) = (elements.shape.dimensions, values.shape.dimensions)
    guard batchRank >= 0, own.count > 0, own.count - 1 == batchRank, picked.count >= batchRank,
      own[..<batchRank] == picked[..<batchRank]
    else {
      throw TensorError(
        .shape, Self.name,
        "values of shape \(values.shape) do not fit elements of shape \(elements.shape) with \(batchRank) batch axes",
        hint: "the elements are one vector: x.flattened()")
    }
    return [TensorType(.int64, values.shape)]
  }

  public func lowering(of operands: [TensorType]) -> Lowering {
    .program(Self.name, operands) { [places(of: $0[1], in: $0[0])] }
  }

  /// The largest power of 2 that is at most a count, and the smaller ones; none for 0.
  private func steps(_ count: Int) -> [Int] {
    var steps: [Int] = []
    var step = 1
    while step <= count {
      steps.insert(step, at: 0)
      step *= 2
    }
    return steps
  }

  /// The places by steps that get smaller: one is taken where the element before its end comes before the value.
  private func places(of values: Tensor, in elements: Tensor) -> Tensor {
    let count = elements.shape[batchRank]
    let gather = Gather(axis: batchRank, batchRank: batchRank)
    var place = constant(0, TensorType(.int64, values.shape), beside: values)
    for step in steps(count) {
      let end = place + step
      let isInside = end .<= count
      let element = gather.bind(elements, min(end, count) - 1)
      let isBefore =
        isRight
        ? (element .<= values) .| isNaN(values) : (element .< values) .| (isNaN(values) .& .!isNaN(element))
      place = `where`(isInside .& isBefore, end, place)
    }
    return place
  }

  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    let (elements, values) = (operands[0], operands[1])
    switch values.dtype {
    case .float64: return [try search(elements, values, Double.self)]
    case .float32: return [try search(elements, values, Float.self)]
    case .int32: return [try search(elements, values, Int32.self)]
    case .int64: return [try search(elements, values, Int64.self)]
    case .bool, .complex64, .complex128: throw TensorError(.dtype, Self.name, "is not defined for \(values.dtype)")
    }
  }

  private func search<Element: OrderedHostNumber>(
    _ elements: HostTensor, _ values: HostTensor, _: Element.Type
  ) throws(TensorError) -> HostTensor {
    let count = elements.shape[batchRank]
    let lines = elements.shape.dimensions[..<batchRank].reduce(1, &*)
    let steps = steps(count)
    return try HostTensor(values.shape, of: Int64.self, for: Self.name) { results in
      if results.isEmpty { return }
      let width = results.count / lines
      elements.withElements(as: Element.self) { elements in
        values.withElements(as: Element.self) { values in
          for index in results.indices {
            let (start, value) = (index / width &* count, values[index])
            var place = 0
            for step in steps where place &+ step <= count {
              let element = elements[start &+ place &+ step &- 1]
              let isBefore =
                isRight
                ? element <= value || value.isNotANumber
                : element < value || value.isNotANumber && !element.isNotANumber
              if isBefore { place &+= step }
            }
            results.initializeElement(at: index, to: Int64(place))
          }
        }
      }
    }
  }

  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap { .zero }

  public func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
    if batchRank == 0 && !isBatched[0] { return bind(operands) }
    return SearchSorted(isRight: isRight, batchRank: batchRank + 1).bind(allBatched(operands, isBatched, size))
  }

  public static var samples: [PrimitiveSample] {
    let cases: [(isRight: Bool, batchRank: Int, elements: Shape, values: Shape)] = [
      (false, 0, [5], [3]), (true, 0, [4], [2, 2]), (false, 1, [2, 3], [2, 2]), (true, 1, [2, 7], [2]),
      (false, 0, [1], []), (true, 0, [0], [2]), (false, 0, [3], [0]),
    ]
    return cases.map {
      PrimitiveSample(
        SearchSorted(isRight: $0.isRight, batchRank: $0.batchRank),
        [OperandSample($0.elements), OperandSample($0.values)], dtypes: [.float64, .float32, .int32, .int64])
    }
  }
}
