/// Walks along an axis of a tensor from one end to the other, with a total for each line that the results are read off.
///
/// Lines that lie side by side are walked together, a few at a time.
struct RunningWalk {
  let shape: Shape
  let axis: Int
  /// Whether the walk begins at the last element.
  let reversed: Bool

  /// The results of a walk.
  ///
  /// - Parameters:
  ///   - first: the total at the first element of a line, from the element's place.
  ///   - next: the total from the one before and the place of the next element.
  ///   - result: the result from the total.
  @inline(__always)
  func results<Total, Element: TensorScalar>(
    _ operation: String, first: (Int) -> Total, next: (Total, Int) -> Total, result: (Total) -> Element
  ) throws(TensorError) -> HostTensor {
    let size = shape[axis]
    let inner = shape.dimensions[(axis + 1)...].reduce(1, &*)
    return try HostTensor(shape, of: Element.self, for: operation) { results in
      if results.isEmpty { return }
      withUnsafeTemporaryAllocation(of: Total.self, capacity: Swift.min(inner, 64)) { totals in
        for slab in 0..<(results.count / inner / size) {
          for column in stride(from: 0, to: inner, by: 64) {
            for step in 0..<size {
              let row = slab &* size &+ (reversed ? size &- 1 &- step : step)
              for index in 0..<Swift.min(64, inner &- column) {
                let place = row &* inner &+ column &+ index
                totals[index] = step == 0 ? first(place) : next(totals[index], place)
                results.initializeElement(at: place, to: result(totals[index]))
              }
            }
          }
        }
      }
    }
  }
}

extension Tensor {
  /// For each element along an axis the one before it on a walk, and a number before the first one.
  func preceding(axis: Int, reversed: Bool, first: Double) -> Tensor {
    if isInvalid { return self }
    let type = type
    let size = type.shape[axis]
    if size == 0 { return self }
    let others = sliced(axis, AxisSlice(start: reversed ? 1 : 0, count: size - 1))
    var places = type.shape.dimensions.map { AxisSlice.all($0) }
    places[axis] = AxisSlice(start: reversed ? 0 : 1, count: size - 1)
    if first == 0 { return Embed(axes: places, shape: type.shape.dimensions).bind(others) }
    return UpdateSlice(axes: places).bind(constant(first, type, beside: self), others)
  }
}

/// Samples of a primitive along an axis, for operands of one shape.
func runningSamples(
  operands: Int, dtypes: [DType], _ make: (_ axis: Int, _ reversed: Bool) -> any Primitive
) -> [PrimitiveSample] {
  let cases: [(axis: Int, reversed: Bool, shape: Shape)] = [
    (0, false, [4]), (1, true, [2, 3, 2]), (0, false, [3, 2]), (0, true, [1]), (1, false, [0, 2]), (1, false, [2, 0]),
  ]
  return cases.map {
    PrimitiveSample(
      make($0.axis, $0.reversed), [OperandSample](repeating: OperandSample($0.shape), count: operands), dtypes: dtypes)
  }
}
