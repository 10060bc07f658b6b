/// How two elements are combined into one: what a reduction repeats.
protocol ReductionOperation {
  associatedtype Element: TensorScalar
  /// The result for no elements.
  static var initial: Element { get }
  /// The result for two elements; associative, but for rounding.
  static func combine(_ a: Element, _ b: Element) -> Element
}

/// A tensor as [outer, length, inner], of which the middle axis is reduced. Not generic, so that it is compiled once.
private struct ReductionLayout {
  let elements: HostTensor
  /// The shape of the result: [outer, inner], or what stands for it.
  let result: Shape
  let length: Int
  let inner: Int

  @inline(never)
  init(_ x: HostTensor, _ axes: [Int], _ operation: String) throws(TensorError) {
    let shape = x.shape
    let kept = shape.dimensions.indices.filter { !axes.contains($0) }
    result = Shape(kept.map { shape[$0] })
    length = axes.reduce(1) { $0 &* shape[$1] }
    let isContiguous = axes.isEmpty || axes.last! - axes[0] == axes.count - 1
    if isContiguous {
      // The kept axes after the reduced ones stay where they are: whole rows are combined.
      inner = axes.isEmpty ? 1 : shape.dimensions[(axes.last! + 1)...].reduce(1, &*)
      elements = x
      return
    }
    // Bring the reduced axes to the end; then each result is one contiguous run.
    let strides = shape.strides
    let order = kept + axes
    let view = StridedView(sizes: order.map { shape[$0] }, strides: order.map { strides[$0] })
    inner = 1
    elements = try x.read(view, for: operation)
  }
}

/// Combines the elements along axes, pairwise in blocks, so that rounding errors grow with the logarithm of the count.
///
/// The order of the combinations depends on the shape alone, so that results are the same on every run.
func reduce<C: ReductionOperation>(
  _ x: HostTensor, _ axes: [Int], _ operation: String, _: C.Type
) throws(TensorError) -> HostTensor {
  let layout = try ReductionLayout(x, axes, operation)
  let (length, inner) = (layout.length, layout.inner)
  return try HostTensor(layout.result, of: C.Element.self, for: operation) { results in
    if length == 0 {
      results.initialize(repeating: C.initial)
      return
    }
    guard let destination = results.baseAddress, results.count > 0 else { return }
    layout.elements.withElements(as: C.Element.self) { elements in
      guard let source = elements.baseAddress else { return }
      if inner == 1 {
        for index in results.indices {
          (destination + index).initialize(to: reduceRun(source + index &* length, length, C.self))
        }
      } else {
        // A few columns at a time: what lies between is in the cache, and never as large as a result.
        for row in 0..<(results.count / inner) {
          for column in stride(from: 0, to: inner, by: 512) {
            reduceRows(
              source + row &* length &* inner + column, length, inner, Swift.min(512, inner &- column),
              destination + row &* inner + column, C.self)
          }
        }
      }
    }
  }
}

/// Combines a contiguous run of at least one element.
private func reduceRun<C: ReductionOperation>(_ run: UnsafePointer<C.Element>, _ count: Int, _: C.Type) -> C.Element {
  if count > 512 {
    let middle = count / 16 &* 8
    return C.combine(reduceRun(run, middle, C.self), reduceRun(run + middle, count &- middle, C.self))
  }
  if count < 16 {
    var total = run[0]
    for index in 1..<Swift.max(count, 1) { total = C.combine(total, run[index]) }
    return total
  }
  // Eight independent totals, which the processor computes side by side.
  var (t0, t1, t2, t3) = (run[0], run[1], run[2], run[3])
  var (t4, t5, t6, t7) = (run[4], run[5], run[6], run[7])
  var index = 8
  while index &+ 8 <= count {
    t0 = C.combine(t0, run[index])
    t1 = C.combine(t1, run[index &+ 1])
    t2 = C.combine(t2, run[index &+ 2])
    t3 = C.combine(t3, run[index &+ 3])
    t4 = C.combine(t4, run[index &+ 4])
    t5 = C.combine(t5, run[index &+ 5])
    t6 = C.combine(t6, run[index &+ 6])
    t7 = C.combine(t7, run[index &+ 7])
    index &+= 8
  }
  var total = C.combine(
    C.combine(C.combine(t0, t1), C.combine(t2, t3)), C.combine(C.combine(t4, t5), C.combine(t6, t7)))
  while index < count {
    total = C.combine(total, run[index])
    index &+= 1
  }
  return total
}

/// Combines at least one row of `width` elements each, which begin `distance` elements apart, into one row, which is
/// initialized.
private func reduceRows<C: ReductionOperation>(
  _ rows: UnsafePointer<C.Element>, _ count: Int, _ distance: Int, _ width: Int,
  _ result: UnsafeMutablePointer<C.Element>, _: C.Type
) {
  if count <= 32 {
    result.initialize(from: rows, count: width)
    for row in 1..<Swift.max(count, 1) {
      let source = rows + row &* distance
      for index in 0..<width { result[index] = C.combine(result[index], source[index]) }
    }
    return
  }
  let middle = count / 2
  reduceRows(rows, middle, distance, width, result, C.self)
  let second = UnsafeMutablePointer<C.Element>.allocate(capacity: width)
  defer { second.deallocate() }
  reduceRows(rows + middle &* distance, count &- middle, distance, width, second, C.self)
  for index in 0..<width { result[index] = C.combine(result[index], second[index]) }
}
