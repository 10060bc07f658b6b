/// On which side of equal elements a value belongs.
public enum SearchSide: String, Hashable, Sendable, CaseIterable {
  /// In front of them.
  case left
  /// Behind them.
  case right
}

/// The places, as int64, where values would be put into a vector of ascending elements so that these stay in order: the number
/// of elements that are less, or with `side` right at most as large. Real and integer only; `nan` comes last.
///
/// - Parameters:
///   - elements: a vector in ascending order. In another order the results have no meaning.
///   - values: of any shape, which is that of the result.
///   - side: on which side of elements that equal it a value belongs.
/// - Complexity: O(log n) for each value.
public func searchSorted(_ elements: Tensor, _ values: Tensor, side: SearchSide = .left) -> Tensor {
  let operation = SearchSorted.name
  if elements.isInvalid || values.isInvalid { return poisoned(operation) }
  return reporting { () throws(TensorError) in
    let (elements, values) = try sharingDType(operation, elements, values)
    return SearchSorted(isRight: side == .right).bind(elements, values).settled
  }
}

/// The number of the bin that each element of x is in, as int64, for bins between ascending bounds: 0 below the first bound, and
/// the number of bounds above the last one.
///
/// - Parameters:
///   - bins: the bounds, a vector in ascending order.
///   - right: whether a bound belongs to the bin below it, else to the one above.
public func digitize(_ x: Tensor, bins: Tensor, right: Bool = false) -> Tensor {
  reporting { () throws(TensorError) in try naming("digitize") { searchSorted(bins, x, side: right ? .left : .right) } }
}

extension Tensor {
  /// The places of the elements that are not zero, or hold: for each axis a vector of indices, int64, in row-major order.
  ///
  /// How many there are depends on the values, which are read: where a transform has none, as under `vmap`, this is an error.
  /// `where(x .!= 0, a, b)` chooses without reading.
  public func nonzero() -> [Tensor] {
    if isInvalid { return [poisoned("nonzero")] }
    do throws(TensorError) {
      let shape = shape
      guard shape.rank > 0 else {
        throw TensorError(.shape, "nonzero", "a scalar has no axes", hint: "read it: Bool(x .!= 0)")
      }
      let flags = try (dtype == .bool ? self : self .!= 0).hostValue().elements(as: Bool.self)
      let places = flags.indices.filter { flags[$0] }
      return zip(shape.dimensions, shape.strides).map { size, stride in
        Tensor(places.map { Int64($0 / stride % size) })
      }
    } catch {
      return [invalidTensor(error)]
    }
  }
}
