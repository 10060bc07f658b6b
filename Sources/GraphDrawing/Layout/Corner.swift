/// One of the four layouts from which `Alignment` takes the middle: items aligned with median neighbours and pushed
/// towards one corner of the picture.
struct Corner {
  /// The middle of each item.
  private(set) var x: [Double]

  private let graph: LayeredGraph
  private let fromBelow: Bool
  private let fromRight: Bool
  /// The rows in the order in which this corner sees them.
  private let rows: [[Int]]
  private var place: [Int]
  /// The first item of the block to which each item belongs.
  private var root: [Int]

  init(_ graph: LayeredGraph, _ rows: [[Int]], isExcluded: [Bool], fromBelow: Bool, fromRight: Bool) {
    self.graph = graph
    self.fromBelow = fromBelow
    self.fromRight = fromRight
    let seen = fromRight ? rows.map { Array($0.reversed()) } : rows
    self.rows = fromBelow ? seen.reversed() : seen
    x = [Double](repeating: 0, count: graph.items.count)
    place = [Int](repeating: 0, count: graph.items.count)
    root = Array(graph.items.indices)
    for row in self.rows { for (index, item) in row.enumerated() { place[item] = index } }
    align(isExcluded)
    compact()
    if fromRight { for item in x.indices { x[item] = -x[item] } }
  }

  /// Puts each item into the block of its median neighbour, unless that would cross a block or a long edge.
  private mutating func align(_ isExcluded: [Bool]) {
    var isExtended = [Bool](repeating: false, count: graph.items.count)
    for row in rows.dropFirst() {
      var free = 0
      for item in row {
        var neighbours = (fromBelow ? graph.below[item] : graph.above[item]).map { link in
          (item: fromBelow ? graph.links[link].lower : graph.links[link].upper, link: link)
        }
        if neighbours.isEmpty { continue }
        neighbours.sort { place[$0.item] < place[$1.item] }
        for median in (neighbours.count - 1) / 2...neighbours.count / 2 {
          let (other, link) = neighbours[median]
          if isExcluded[link] || isExtended[other] || place[other] < free { continue }
          isExtended[other] = true
          root[item] = root[other]
          free = place[other] + 1
          break
        }
      }
    }
  }

  /// Pushes the blocks together: first all to the near side, then each back towards the far side as far as it can go
  /// without moving another.
  private mutating func compact() {
    var after = [[(block: Int, distance: Double)]](repeating: [], count: x.count)
    var before = [Int](repeating: 0, count: x.count)
    for row in rows {
      for (left, right) in zip(row, row.dropFirst()) {
        after[root[left]].append((root[right], distance(left, right)))
        before[root[right]] += 1
      }
    }
    // Blocks do not cross, so this order exists.
    var order = root.indices.filter { root[$0] == $0 && before[$0] == 0 }
    var next = 0
    while next < order.count {
      let block = order[next]
      next += 1
      for (other, distance) in after[block] {
        x[other] = max(x[other], x[block] + distance)
        before[other] -= 1
        if before[other] == 0 { order.append(other) }
      }
    }
    for block in order.reversed() {
      let room = after[block].lazy.map { [x] in x[$0.block] - $0.distance }.min()
      if let room { x[block] = max(x[block], room) }
    }
    for item in root.indices { x[item] = x[root[item]] }
  }

  private func distance(_ left: Int, _ right: Int) -> Double {
    let (first, second) = fromRight ? (graph.items[right], graph.items[left]) : (graph.items[left], graph.items[right])
    return first.right + Spacing.between(first, second) + second.left
  }
}
