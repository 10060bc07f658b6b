import ControlPrimitives

/// A function on each slice of a tensor along its first axis, one after the other: `vmap` in a loop.
///
/// It gives what `vmap(f)(xs)` gives, in the memory of one slice: the function is one equation, however many slices there
/// are, and each slice takes its own branches of `cond` and its own number of steps of `whileLoop`.
///
/// - Parameters:
///   - function: from one slice to its result. It may use tensors from outside.
///   - xs: the slices.
///   - chunk: how many slices are computed at once, by `vmap`; one by itself.
/// - Returns: the results along a new first axis.
public func map(_ function: @escaping (Tensor) -> Tensor, over xs: Tensor, chunk: Int? = nil) -> Tensor {
  chunked(function, xs, chunk)
}

/// A function on each slice of any ``TensorTree``, all of whose tensors have one size along their first axis.
@_disfavoredOverload
public func map<Element: TensorTree, Result: TensorTree>(
  _ function: @escaping (Element) -> Result, over xs: Element, chunk: Int? = nil
) -> Result {
  chunked(function, xs, chunk)
}

private func chunked<Element: TensorTree, Result: TensorTree>(
  _ function: @escaping (Element) -> Result, _ xs: Element, _ chunk: Int?
) -> Result {
  if let chunk, chunk < 1 {
    report(TensorError(.value, "map", "chunk is \(chunk)", hint: "give a positive number of slices"))
    return function(xs.invalidated).invalidated
  }
  let tensors = xs.tensors
  let sizes = tensors.map { $0.isInvalid ? nil : $0.shape.dimensions.first }
  guard let size = sizes.first ?? nil, sizes.allSatisfy({ $0 == size }) else {
    // The loop says what is wrong.
    return eachSlice(function, xs)
  }
  let chunk = chunk ?? 1
  if chunk == 1 { return eachSlice(function, xs) }
  if chunk >= size { return vmap(function)(xs) }
  let (count, rest) = size.quotientAndRemainder(dividingBy: chunk)
  let chunks = xs.mapTensors { x in
    x.firstSlices(from: 0, count: count * chunk).reshaped([count, chunk] + x.shape.dimensions.dropFirst())
  }
  let results = eachSlice(vmap(function), chunks).mapTensors { result in
    result.isInvalid ? result : result.reshaped([count * chunk] + result.shape.dimensions.dropFirst(2))
  }
  if rest == 0 { return results }
  let last = vmap(function)(xs.mapTensors { $0.firstSlices(from: count * chunk, count: rest) })
  let pairs = zip(results.tensors, last.tensors).map { Tensor.concatenated([$0, $1]) }
  return results.replacingTensors(with: pairs)
}

/// A scan without a state.
private func eachSlice<Element: TensorTree, Result: TensorTree>(
  _ function: (Element) -> Result, _ xs: Element
) -> Result {
  scan({ (state: [Tensor], x: Element) in (state, function(x)) }, [], over: xs).results
}

extension Tensor {
  /// Some of the slices along the first axis.
  func firstSlices(from start: Int, count: Int, step: Int = 1) -> Tensor {
    if isInvalid { return self }
    let others = shape.dimensions.dropFirst().map { AxisSlice(start: 0, count: $0) }
    return Slice(axes: [AxisSlice(start: start, count: count, step: step)] + others).bind(self)
  }
}
