/// Combines the elements along axes, pairwise in blocks, so that rounding errors grow with the logarithm of the count.
func reduce<T: TensorScalar>(
  _ x: HostTensor, _ axes: [Int], _ operation: String, _ initial: T, _ combine: (T, T) -> T
) throws(TensorError) -> HostTensor {
  let shape = x.shape
  let kept = shape.dimensions.indices.filter { !axes.contains($0) }
  // Bring the reduced axes to the end; then each result is one contiguous run.
  let strides = shape.strides
  let order = kept + axes
  let isInOrder = order == Array(shape.dimensions.indices)
  let dense =
    isInOrder
    ? x : try x.read(StridedView(sizes: order.map { shape[$0] }, strides: order.map { strides[$0] }), for: operation)
  let length = axes.reduce(1) { $0 * shape[$1] }
  return try HostTensor(Shape(kept.map { shape[$0] }), of: T.self, for: operation) { results in
    dense.withElements(as: T.self) { elements in
      for index in results.indices {
        let run = UnsafeBufferPointer(rebasing: elements[index * length..<(index + 1) * length])
        results.initializeElement(at: index, to: reduceRun(run, initial, combine))
      }
    }
  }
}

private func reduceRun<T>(_ run: UnsafeBufferPointer<T>, _ initial: T, _ combine: (T, T) -> T) -> T {
  if run.count <= 64 {
    guard var total = run.first else { return initial }
    for element in run.dropFirst() { total = combine(total, element) }
    return total
  }
  let middle = run.count / 2
  return combine(
    reduceRun(UnsafeBufferPointer(rebasing: run[..<middle]), initial, combine),
    reduceRun(UnsafeBufferPointer(rebasing: run[middle...]), initial, combine))
}
