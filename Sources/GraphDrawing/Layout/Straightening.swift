/// Moves long edges, each as a whole, to where their ends are, as far as there is room.
///
/// `Alignment` keeps the pieces of a long edge in line, but where that line lies is left to how the blocks happen to be
/// pushed together. Here it moves between its two ends, which shortens the edge; nodes stay.
struct Straightening {
  /// The middle of each item.
  private(set) var x: [Double]

  private let graph: LayeredGraph
  private var left: [Int?]
  private var right: [Int?]

  init(_ graph: LayeredGraph, rows: [[Int]], x: [Double]) {
    self.graph = graph
    self.x = x
    left = [Int?](repeating: nil, count: graph.items.count)
    right = left
    for row in rows {
      for (first, second) in zip(row, row.dropFirst()) {
        right[first] = second
        left[second] = first
      }
    }
    for _ in 0..<4 {
      for route in graph.routes { move(route) }
      for route in graph.routes.reversed() { move(route) }
    }
  }

  /// Moves the inner items of a route, where they are in line, to the nearest place that is straight below or above an end.
  private mutating func move(_ route: LayeredGraph.Route) {
    let inner = route.items.dropFirst().dropLast()
    guard let first = inner.first, let top = route.items.first, let bottom = route.items.last else { return }
    if !inner.allSatisfy({ abs(x[$0] - x[first]) < 0.01 }) { return }
    // Anywhere above or below an end's box, the edge leaves or enters that end straight. Where no place is straight for
    // both ends, one that is straight for one of them saves a turn; then it need not be at the corner of the box.
    var (a, b) = (span(top, first, share: 1), span(bottom, first, share: 1))
    let isShared = a.overlaps(b)
    if !isShared { (a, b) = (span(top, first, share: 0.5), span(bottom, first, share: 0.5)) }
    let low = min(max(a.lowerBound, b.lowerBound), min(a.upperBound, b.upperBound))
    let high = max(max(a.lowerBound, b.lowerBound), min(a.upperBound, b.upperBound))
    let target = isShared ? min(max(x[first], low), high) : x[first] - low < high - x[first] ? low : high
    var step = target - x[first]
    for item in inner {
      if let other = left[item] { step = max(step, distance(other, item) - (x[item] - x[other])) }
    }
    for item in inner {
      if let other = right[item] { step = min(step, x[other] - x[item] - distance(item, other)) }
    }
    for item in inner { x[item] += step }
  }

  /// The places, around the middle of an item, where the ribbon of another may meet it.
  private func span(_ item: Int, _ ribbon: Int, share: Double) -> ClosedRange<Double> {
    let reach = share * Ports.reach(graph.items[item], width: 2 * graph.items[ribbon].left)
    return (x[item] - reach)...(x[item] + reach)
  }

  private func distance(_ first: Int, _ second: Int) -> Double {
    let (first, second) = (graph.items[first], graph.items[second])
    return first.right + Spacing.between(first, second) + second.left
  }
}
