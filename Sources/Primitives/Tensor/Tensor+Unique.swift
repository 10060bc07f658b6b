/// The different elements of a tensor, and how its elements are made of them.
public struct UniqueElements: Sendable {
  /// The different elements in ascending order, `nan` once at the end. They are elements of the tensor, also in derivatives.
  public let values: Tensor
  /// For each of them its first place among all elements in row-major order, as int64.
  public let indices: Tensor
  /// For each element of the tensor the number of its value, as int64, in the tensor's shape.
  public let inverse: Tensor
  /// How often each of them occurs, as int64.
  public let counts: Tensor
}

extension Tensor {
  /// The different elements in ascending order, as a vector; `nan` once at the end. Real and integer only.
  ///
  /// How many there are depends on the values, which are read: where a transform has none, as under `vmap`, this is an error.
  public func unique() -> Tensor { uniqueElements().values }

  /// The different elements, with their first places, their counts, and for each element which of them it is. Real and integer
  /// only.
  ///
  /// How many there are depends on the values, which are read: where a transform has none, as under `vmap`, this is an error.
  public func uniqueElements() -> UniqueElements {
    if isInvalid { return UniqueElements(invalid: poisoned("unique")) }
    do throws(TensorError) {
      let flat = flattened()
      let order = flat.argsorted(axis: 0)
      if order.isInvalid { return UniqueElements(invalid: order) }
      let places = try order.hostValue().elements(as: Int64.self)
      let isRepeated = try flat.take(order).equalsPrevious.hostValue().elements(as: Bool.self)
      var (first, counts): ([Int64], [Int64]) = ([], [])
      var inverse = [Int64](repeating: 0, count: places.count)
      for (index, place) in places.enumerated() {
        if index == 0 || !isRepeated[index - 1] {
          first.append(place)
          counts.append(0)
        }
        counts[counts.count - 1] += 1
        inverse[Int(place)] = Int64(counts.count - 1)
      }
      let indices = Tensor(first)
      return UniqueElements(
        values: flat.settled.take(indices), indices: indices,
        inverse: Tensor(shape: shape.dimensions, scalars: inverse), counts: Tensor(counts))
    } catch {
      return UniqueElements(invalid: invalidTensor(error))
    }
  }

  /// For each element of a vector but the first one whether it equals the one before; `nan` equals `nan` here.
  private var equalsPrevious: Tensor {
    let others = Swift.max(count - 1, 0)
    let (before, own) = (
      sliced(0, AxisSlice(start: 0, count: others)), sliced(0, AxisSlice(start: count - others, count: others))
    )
    return (before .== own) .| (isNaN(before) .& isNaN(own))
  }
}

extension UniqueElements {
  fileprivate init(invalid: Tensor) {
    self.init(values: invalid, indices: invalid, inverse: invalid, counts: invalid)
  }
}
