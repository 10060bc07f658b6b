/// Where links meet the boxes: as close to straight above or below their other ends as the box is wide, in the order in
/// which they fan out, and far enough apart that their arrowheads do not touch.
struct Ports {
  /// The horizontal place of each link's upper and lower end.
  private(set) var upper: [Double]
  private(set) var lower: [Double]

  private let graph: LayeredGraph
  private let x: [Double]
  private let bundles: [Bundle]

  /// Makes the ports of items at given places.
  init(_ graph: LayeredGraph, x: [Double], bundles: [Bundle]) {
    self.graph = graph
    self.x = x
    self.bundles = bundles
    upper = graph.links.map { x[$0.upper] }
    lower = graph.links.map { x[$0.lower] }
    for link in graph.links.indices { meetHalfWay(link) }
    // Each side of a box makes room for its links, and so moves some; the other ends then follow.
    for _ in 0..<3 {
      for item in graph.items.indices where !graph.items[item].isVirtual {
        let links = graph.below[item].sorted {
          (lower[$0], x[graph.links[$0].lower], $0) < (lower[$1], x[graph.links[$1].lower], $1)
        }
        for (link, place) in zip(links, places(item, links, towards: lower)) { upper[link] = place }
      }
      for item in graph.items.indices where !graph.items[item].isVirtual {
        let links = graph.above[item].sorted {
          (upper[$0], x[graph.links[$0].upper], $0) < (upper[$1], x[graph.links[$1].upper], $1)
        }
        for (link, place) in zip(links, places(item, links, towards: upper)) { lower[link] = place }
      }
    }
  }

  /// Starts a link between two boxes that are partly above each other in the middle of what they share.
  private mutating func meetHalfWay(_ link: Int) {
    let (a, b) = (graph.links[link].upper, graph.links[link].lower)
    if graph.items[a].isVirtual || graph.items[b].isVirtual { return }
    let width = bundles[graph.links[link].bundle].width
    let low = max(x[a] - reach(a, width), x[b] - reach(b, width))
    let high = min(x[a] + reach(a, width), x[b] + reach(b, width))
    if low > high { return }
    upper[link] = min(max((x[a] + x[b]) / 2, low), high)
    lower[link] = upper[link]
  }

  /// How far from the middle of an item a ribbon may meet it.
  static func reach(_ item: LayeredGraph.Item, width: Double) -> Double {
    max(0, item.left - min(12, item.left / 2) - width / 2)
  }

  private func reach(_ item: Int, _ width: Double) -> Double { Self.reach(graph.items[item], width: width) }

  private func places(_ item: Int, _ links: [Int], towards other: [Double]) -> [Double] {
    if links.isEmpty { return [] }
    let widths = links.map { bundles[graph.links[$0].bundle].width }
    let first = reach(item, widths[0])
    let last = reach(item, widths[widths.count - 1])
    let least = zip(widths, widths.dropFirst()).map { ($0 + $1) / 2 }
    let room = max(0, first + last - least.reduce(0, +))
    let gap = links.count > 1 ? min(16, room / Double(links.count - 1)) : 0
    let desired = zip(links, widths).map { link, width in
      let reach = reach(item, width)
      let aside = other[link] - x[item]
      // What is far aside need not meet the box at its very corner.
      let near = max(0, 1 - max(0, abs(aside) - reach) / 40)
      let limit = reach * (0.6 + 0.4 * near)
      return x[item] + min(max(aside, -limit), limit)
    }
    return Isotonic.places(
      desired: desired, distances: least.map { $0 + gap }, low: x[item] - first, high: x[item] + last)
  }
}
