import ControlPrimitives

/// The running combinations of slices: x₀, x₀·x₁, x₀·x₁·x₂, and so on, for an operation that is associative.
///
/// ```swift
/// associativeScan({ a, b in a + b }, over: [1, 2, 3, 4])   // [1, 3, 6, 10]
/// ```
///
/// It takes about 2 log₂ n steps, each of which combines many pairs at once, where ``scan(_:_:over:reverse:length:checkpoint:)``
/// takes n; 2n combinations in all. The odd-even method is that of Blelloch, "Prefix Sums and Their Applications" (1990).
/// It is one equation, a call.
///
/// - Parameters:
///   - combine: from two slices, the earlier one first, to their combination. With floating-point numbers the result
///     depends on the order in which pairs are combined, which is always the same.
///   - xs: the slices, along the first axis.
///   - reverse: whether to combine from the last slice to the first.
/// - Returns: as many slices as `xs` has.
public func associativeScan(
  _ combine: @escaping (Tensor, Tensor) -> Tensor, over xs: Tensor, reverse: Bool = false
) -> Tensor {
  prefixes({ combine($0, $1) }, xs, reverse)
}

/// The running combinations of slices of any ``TensorTree``, all of whose tensors have one size along their first axis.
@_disfavoredOverload
public func associativeScan<Element: TensorTree>(
  _ combine: @escaping (Element, Element) -> Element, over xs: Element, reverse: Bool = false
) -> Element {
  prefixes(combine, xs, reverse)
}

private func prefixes<Element: TensorTree>(
  _ combine: @escaping (Element, Element) -> Element, _ xs: Element, _ reverse: Bool
) -> Element {
  let tensors = xs.tensors
  if tensors.contains(where: \.isInvalid) {
    _ = poisoned("associativeScan")
    return xs.invalidated
  }
  let sizes = tensors.map(\.shape.dimensions.first)
  guard let size = sizes.first ?? nil, sizes.allSatisfy({ $0 == size }) else {
    report(
      TensorError(
        .shape, "associativeScan", "the tensors have shapes \(tensors.map(\.shape)), without one first axis for all",
        hint: "all tensors must have one size along their first axis"))
    return xs.invalidated
  }
  let scanned = subprogram("associativeScan") { (xs: Element) -> Element in
    let ordered = reverse ? xs.mapTensors { $0.flipped(axis: 0) } : xs
    let pairs = vmap(combine)
    let results = prefixes(ordered, size) { a, b in
      let combined = pairs(a, b)
      for (result, x) in zip(combined.tensors, a.tensors) where !result.isInvalid && result.type != x.type {
        report(
          TensorError(
            .shape, "associativeScan", "two slices of type \(x.type.slice) combine to \(result.type.slice)",
            hint: "the combination must have the type of a slice"))
        return combined.invalidated
      }
      return combined
    }
    return reverse ? results.mapTensors { $0.isInvalid ? $0 : $0.flipped(axis: 0) } : results
  }
  return scanned(xs)
}

/// Combines neighbours, scans the combinations, and fills in what lies between them.
private func prefixes<Element: TensorTree>(
  _ xs: Element, _ size: Int, _ combine: (Element, Element) -> Element
) -> Element {
  if size < 2 { return xs }
  let half = size / 2
  func slices(_ tree: Element, _ start: Int, _ count: Int, _ step: Int) -> Element {
    tree.mapTensors { $0.firstSlices(from: start, count: count, step: step) }
  }
  let odd = prefixes(combine(slices(xs, 0, half, 2), slices(xs, 1, half, 2)), half, combine)
  if odd.tensors.contains(where: \.isInvalid) { return odd.invalidated }
  let between = (size + 1) / 2 - 1
  let first = slices(xs, 0, 1, 1)
  let even = between == 0 ? nil : combine(slices(odd, 0, between, 1), slices(xs, 2, between, 2))
  var index = 0
  return odd.mapTensors { odd in
    defer { index += 1 }
    let start = first.tensors[index]
    let evens = even.map { Tensor.concatenated([start, $0.tensors[index]]) } ?? start
    let sizes = odd.shape.dimensions.dropFirst()
    let pairs = Tensor.stacked([evens.firstSlices(from: 0, count: half), odd], axis: 1).reshaped([2 * half] + sizes)
    return size == 2 * half ? pairs : Tensor.concatenated([pairs, evens.firstSlices(from: half, count: 1)])
  }
}
