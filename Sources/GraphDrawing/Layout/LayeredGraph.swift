/// A connected part of a graph, cut so that every link joins neighbouring rows.
///
/// Besides the nodes, the rows hold a bend for every row that an edge passes, and an item for every label. Where the
/// edges of any bundle are labelled, there is a row between any two rows of nodes, for the labels.
struct LayeredGraph {
  /// Something that takes room in a row.
  struct Item {
    enum Kind: Equatable {
      case node(Int)
      /// The name of an operand far above, in place of an edge too long to draw.
      case tag(bundle: Int)
      case bend(bundle: Int)
      case label(bundle: Int)
    }

    let kind: Kind
    let layer: Int
    /// The room that the item takes on either side of its middle, and its height.
    let left: Double
    let right: Double
    let height: Double

    /// Whether the item is a place that an edge passes, to be kept in line with the rest of that edge.
    var isVirtual: Bool {
      switch kind {
      case .node, .tag: false
      case .bend, .label: true
      }
    }
  }

  /// A piece of a bundle, from a row to the next.
  struct Link {
    let upper: Int
    let lower: Int
    let bundle: Int
    /// The number of strands.
    let weight: Int
  }

  /// A bundle and the items that it passes, from its upper end to its lower.
  struct Route {
    let bundle: Int
    var items: [Int]
    /// The links between the items.
    var links: [Int] = []
    let isCut: Bool
  }

  private(set) var items: [Item] = []
  private(set) var links: [Link] = []
  private(set) var routes: [Route] = []
  /// The links that end at an item from above, and those that start from it.
  private(set) var above: [[Int]] = []
  private(set) var below: [[Int]] = []
  private(set) var layerCount = 0

  /// Cuts up a component, given its nodes and bundles; edges that pass more than `longest` rows of nodes become tags.
  init(
    nodes: [Int], bundles: [(index: Int, bundle: Bundle)], layer: [Int], boxes: [NodeBox], ids: [String], longest: Int
  ) {
    let stride = bundles.contains { $0.bundle.labelHeight > 0 } ? 2 : 1
    var item: [Int: Int] = [:]
    for node in nodes {
      let box = boxes[node]
      item[node] = add(.node(node), layer: layer[node] * stride, half: box.width / 2, height: box.height)
    }
    for (index, bundle) in bundles {
      guard let source = item[bundle.from], let target = item[bundle.to] else { continue }
      let isCut = layer[bundle.to] - layer[bundle.from] > longest
      var route = Route(bundle: index, items: [source], isCut: isCut)
      if isCut {
        let width = Typography.labelWidth(ids[bundle.from]) + 14
        let half = max(width, bundle.width + 14) / 2
        route.items = [add(.tag(bundle: index), layer: (layer[bundle.to] - 1) * stride, half: half, height: 20)]
      }
      let last = items[target].layer
      for row in (items[route.items[0]].layer + 1)..<last {
        if row == last - 1, bundle.labelHeight > 0 {
          let right = bundle.width / 2 + 6 + bundle.labelWidth
          items.append(
            Item(
              kind: .label(bundle: index), layer: row, left: bundle.width / 2, right: right, height: bundle.labelHeight)
          )
          route.items.append(items.count - 1)
        } else {
          route.items.append(add(.bend(bundle: index), layer: row, half: bundle.width / 2, height: 0))
        }
      }
      route.items.append(target)
      for (upper, lower) in zip(route.items, route.items.dropFirst()) {
        route.links.append(links.count)
        links.append(Link(upper: upper, lower: lower, bundle: index, weight: bundle.edges.count))
      }
      routes.append(route)
    }
    above = [[Int]](repeating: [], count: items.count)
    below = above
    for (index, link) in links.enumerated() {
      below[link.upper].append(index)
      above[link.lower].append(index)
    }
    // A component starts at its own first row, and has no empty one: each node has an operand in the row above or is
    // an input, or a constant right above its use.
    layerCount = (items.map(\.layer).max() ?? -1) + 1
  }

  private mutating func add(_ kind: Item.Kind, layer: Int, half: Double, height: Double) -> Int {
    items.append(Item(kind: kind, layer: layer, left: half, right: half, height: height))
    return items.count - 1
  }
}
