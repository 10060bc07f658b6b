/// The order of the items within their rows, chosen so that few edges cross.
///
/// Sweeps down and up the rows sort each by the places of the neighbours in the row before, by median and barycentre in
/// turn; after each sweep, neighbours swap places where that helps. The best order seen is kept. (Sugiyama, Tagawa and
/// Toda, 1981; Gansner et al., 1993.)
struct CrossingReduction {
  /// The items of each row, from left to right.
  private(set) var rows: [[Int]]
  /// How many pairs of strands cross.
  private(set) var crossings: Int

  private let graph: LayeredGraph
  private var place: [Int]

  init(_ graph: LayeredGraph) {
    self.graph = graph
    place = [Int](repeating: 0, count: graph.items.count)
    rows = []
    crossings = 0
    let size = graph.items.count + graph.links.count
    let sweeps = size <= 1500 ? 24 : size <= 6000 ? 8 : 3
    let swapRounds = size <= 1500 ? 10 : size <= 6000 ? 2 : 0

    var best: (rows: [[Int]], crossings: Int)?
    for fromBelow in [false, true] {
      start(fromBelow: fromBelow)
      for sweep in 0...sweeps {
        let found = Crossings.count(rows, graph, place)
        if found < best?.crossings ?? .max { best = (rows, found) }
        if best?.crossings == 0 || sweep == sweeps { break }
        self.sweep(down: sweep % 2 == 0, byMedian: sweep % 4 < 2, flipsTies: sweep % 8 >= 4)
        for _ in 0..<swapRounds where !swapNeighbours() { break }
      }
    }
    rows = best?.rows ?? []
    crossings = best?.crossings ?? 0
  }

  /// Orders the rows by a walk through the graph that stays close to where it has been.
  private mutating func start(fromBelow: Bool) {
    rows = [[Int]](repeating: [], count: graph.layerCount)
    var isSeen = [Bool](repeating: false, count: graph.items.count)
    let seeds = fromBelow ? Array(graph.items.indices.reversed()) : Array(graph.items.indices)
    let forward = fromBelow ? graph.above : graph.below
    let backward = fromBelow ? graph.below : graph.above
    for seed in seeds where !isSeen[seed] && backward[seed].isEmpty {
      var pending = [seed]
      while let item = pending.popLast() {
        if isSeen[item] { continue }
        isSeen[item] = true
        rows[graph.items[item].layer].append(item)
        for link in forward[item].reversed() {
          pending.append(fromBelow ? graph.links[link].upper : graph.links[link].lower)
        }
      }
    }
    if fromBelow { for row in rows.indices { rows[row].reverse() } }
    for row in rows.indices { number(row) }
  }

  private mutating func number(_ row: Int) {
    for (index, item) in rows[row].enumerated() { place[item] = index }
  }

  /// The places of an item's neighbours, once for each strand, in order.
  private func neighbours(of item: Int, above: Bool) -> [Int] {
    var places: [Int] = []
    for index in above ? graph.above[item] : graph.below[item] {
      let link = graph.links[index]
      for _ in 0..<link.weight { places.append(place[above ? link.upper : link.lower]) }
    }
    places.sort()
    return places
  }

  private mutating func sweep(down: Bool, byMedian: Bool, flipsTies: Bool) {
    for row in down ? Array(rows.indices.dropFirst()) : Array(rows.indices.dropLast().reversed()) {
      var keyed: [(key: Double, tie: Int, item: Int)] = []
      for (index, item) in rows[row].enumerated() {
        let places = neighbours(of: item, above: down)
        if places.isEmpty { continue }
        let key = byMedian ? Self.median(places) : Double(places.reduce(0, +)) / Double(places.count)
        keyed.append((key, flipsTies ? -index : index, item))
      }
      keyed.sort { ($0.key, $0.tie) < ($1.key, $1.tie) }
      // Items without neighbours on that side stay where they are; the others share the remaining places.
      var sorted = keyed.makeIterator()
      let isFixed = rows[row].map { (down ? graph.above[$0] : graph.below[$0]).isEmpty }
      for index in rows[row].indices where !isFixed[index] {
        if let next = sorted.next() { rows[row][index] = next.item }
      }
      number(row)
    }
  }

  /// The weighted median of Gansner et al.: between two middle places, it leans to the side where places lie closer.
  private static func median(_ places: [Int]) -> Double {
    let middle = places.count / 2
    if places.count % 2 == 1 { return Double(places[middle]) }
    if places.count == 2 { return Double(places[0] + places[1]) / 2 }
    let left = Double(places[middle - 1] - places[0])
    let right = Double(places[places.count - 1] - places[middle])
    if left + right == 0 { return Double(places[middle - 1] + places[middle]) / 2 }
    return (Double(places[middle - 1]) * right + Double(places[middle]) * left) / (left + right)
  }

  /// Swaps neighbours wherever that removes crossings; returns whether it did so anywhere.
  private mutating func swapNeighbours() -> Bool {
    var hasSwapped = false
    for row in rows.indices {
      var up = rows[row].map { neighbours(of: $0, above: true) }
      var down = rows[row].map { neighbours(of: $0, above: false) }
      for index in rows[row].indices.dropLast() {
        let now =
          Crossings.count(up[index], up[index + 1]) + Crossings.count(down[index], down[index + 1])
        if now == 0 { continue }
        let then =
          Crossings.count(up[index + 1], up[index]) + Crossings.count(down[index + 1], down[index])
        if then >= now { continue }
        rows[row].swapAt(index, index + 1)
        up.swapAt(index, index + 1)
        down.swapAt(index, index + 1)
        hasSwapped = true
      }
      number(row)
    }
    return hasSwapped
  }
}
