/// The horizontal place of every item, in the way of Brandes and Köpf (*Fast and Simple Horizontal Coordinate
/// Assignment*, 2001): long edges straight, nodes close to the middle of their neighbours.
///
/// Four times, once for each corner of the picture, items are stacked in blocks below their median neighbours, and the
/// blocks are pushed together. The place of an item is the mean of the middle two of its four places. Because order
/// statistics keep distances, so does that mean.
struct Alignment {
  /// The middle of each item.
  let x: [Double]

  init(_ graph: LayeredGraph, rows: [[Int]]) {
    let inner = Self.crossingInnerSegments(graph, rows)
    var candidates: [[Double]] = []
    for fromBelow in [false, true] {
      for fromRight in [false, true] {
        let corner = Corner(graph, rows, isExcluded: inner, fromBelow: fromBelow, fromRight: fromRight)
        candidates.append(corner.x)
      }
    }
    x = Self.middle(of: Self.justified(candidates, graph))
  }

  /// The links that cross a piece of a long edge, and so must not be made straight at its expense.
  private static func crossingInnerSegments(_ graph: LayeredGraph, _ rows: [[Int]]) -> [Bool] {
    var isExcluded = [Bool](repeating: false, count: graph.links.count)
    var place = [Int](repeating: 0, count: graph.items.count)
    for row in rows { for (index, item) in row.enumerated() { place[item] = index } }
    func isInner(_ link: Int) -> Bool {
      graph.items[graph.links[link].upper].isVirtual && graph.items[graph.links[link].lower].isVirtual
    }
    for (upper, lower) in zip(rows, rows.dropFirst()) {
      var left = 0
      var next = 0
      for index in lower.indices {
        let inner = graph.above[lower[index]].first(where: isInner)
        if inner == nil, index < lower.count - 1 { continue }
        let right = inner.map { place[graph.links[$0].upper] } ?? upper.count
        while next <= index {
          for link in graph.above[lower[next]] where !isInner(link) {
            let end = place[graph.links[link].upper]
            if end < left || end > right { isExcluded[link] = true }
          }
          next += 1
        }
        left = right
      }
    }
    return isExcluded
  }

  /// The candidates, moved so that their edges meet those of the narrowest.
  private static func justified(_ candidates: [[Double]], _ graph: LayeredGraph) -> [[Double]] {
    let spans = candidates.map { x in
      var low = Double.infinity
      var high = -Double.infinity
      for (item, middle) in zip(graph.items, x) {
        low = min(low, middle - item.left)
        high = max(high, middle + item.right)
      }
      return (low: low, high: high)
    }
    guard let narrowest = spans.min(by: { $0.high - $0.low < $1.high - $1.low }) else { return candidates }
    return candidates.indices.map { index in
      // Candidates alternate between those pushed to the left and those pushed to the right.
      let shift =
        index % 2 == 0 ? narrowest.low - spans[index].low : narrowest.high - spans[index].high
      return candidates[index].map { $0 + shift }
    }
  }

  private static func middle(of candidates: [[Double]]) -> [Double] {
    candidates[0].indices.map { item in
      let sorted = candidates.map { $0[item] }.sorted()
      return (sorted[1] + sorted[2]) / 2
    }
  }
}
