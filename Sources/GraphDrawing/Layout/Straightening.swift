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

  /// Moves the inner items of a route, where they are in line, to the nearest place between the route's ends.
  private mutating func move(_ route: LayeredGraph.Route) {
    let inner = route.items.dropFirst().dropLast()
    guard let first = inner.first, let top = route.items.first, let bottom = route.items.last else { return }
    if !inner.allSatisfy({ abs(x[$0] - x[first]) < 0.01 }) { return }
    // Anywhere above or below an end's box, the edge leaves or enters that end straight.
    let (a, b) = (span(top), span(bottom))
    let low = min(max(a.lowerBound, b.lowerBound), min(a.upperBound, b.upperBound))
    let high = max(max(a.lowerBound, b.lowerBound), min(a.upperBound, b.upperBound))
    var step = min(max(x[first], low), high) - x[first]
    for item in inner {
      if let other = left[item] { step = max(step, distance(other, item) - (x[item] - x[other])) }
    }
    for item in inner {
      if let other = right[item] { step = min(step, x[other] - x[item] - distance(item, other)) }
    }
    for item in inner { x[item] += step }
  }

  private func span(_ item: Int) -> ClosedRange<Double> {
    let reach = max(0, graph.items[item].left - 14)
    return (x[item] - reach)...(x[item] + reach)
  }

  private func distance(_ first: Int, _ second: Int) -> Double {
    let (first, second) = (graph.items[first], graph.items[second])
    return first.right + Spacing.between(first, second) + second.left
  }
}
