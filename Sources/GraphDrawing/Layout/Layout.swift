/// A picture of a whole graph: its connected parts, each laid out in rows, side by side in shelves.
struct Layout {
  private(set) var components: [ComponentLayout] = []
  private(set) var width = 0.0
  private(set) var height = 0.0

  init(graph: Graph, boxes: [NodeBox]) {
    let bundles = Bundle.all(of: graph)
    let layering = Layering(graph: graph, bundles: bundles)
    let longest = Self.longestSpan(bundles, layering.layer, budget: 600 + 2 * graph.nodes.count)
    var nodes = [[Int]](repeating: [], count: layering.componentCount)
    var members = [[(index: Int, bundle: Bundle)]](repeating: [], count: layering.componentCount)
    for node in graph.nodes.indices { nodes[layering.component[node]].append(node) }
    for (index, bundle) in bundles.enumerated() { members[layering.component[bundle.from]].append((index, bundle)) }
    let ids = graph.nodes.map(\.id)
    for (nodes, members) in zip(nodes, members) {
      let layered = LayeredGraph(
        nodes: nodes, bundles: members, layer: layering.layer, boxes: boxes, ids: ids, longest: longest)
      components.append(ComponentLayout(layered, bundles: bundles, edges: graph.edges))
    }
    pack()
  }

  /// The most rows that an edge may span before it is cut: as many as an eye can follow, and no more than let all the
  /// edges together pass `budget` rows.
  private static func longestSpan(_ bundles: [Bundle], _ layer: [Int], budget: Int) -> Int {
    let spans = bundles.map { layer[$0.to] - layer[$0.from] }.sorted()
    var longest = 2
    var passed = 0
    for span in spans {
      passed += span - 1
      if passed > budget { return max(2, min(longest, span - 1, 60)) }
      longest = span
    }
    return 60
  }

  /// Sets the components on shelves that are about as wide, all together, as they are high.
  private mutating func pack() {
    let gap = 36.0
    let area = components.reduce(0) { $0 + ($1.width + gap) * ($1.height + gap) }
    let widest = components.map(\.width).max() ?? 0
    let limit = max(widest, (1.8 * area).squareRoot())
    var x = 0.0
    var y = 0.0
    var shelf = 0.0
    for index in components.indices {
      if x > 0, x + components[index].width > limit {
        x = 0
        y += shelf + gap
        shelf = 0
      }
      components[index].move(x: x, y: y)
      x += components[index].width
      width = max(width, x)
      x += gap
      shelf = max(shelf, components[index].height)
    }
    height = y + shelf
  }
}
