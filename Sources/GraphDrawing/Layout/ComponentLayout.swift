/// The picture of one connected part of a graph, from its own top left corner.
struct ComponentLayout {
  /// A rectangle, by its top left corner.
  struct Rectangle {
    var x: Double
    var y: Double
    let width: Double
    let height: Double
  }

  /// A place that a strand passes vertically, from `top` to `bottom`; curves join one stop to the next.
  struct Stop {
    var x: Double
    var top: Double
    var bottom: Double
  }

  /// One edge, from its operand to its use.
  struct Strand {
    let edge: Int
    /// The place of the strand in its ribbon, from the ribbon's middle.
    let offset: Double
    var stops: [Stop]
  }

  /// The label of an edge, from the left end of its base line.
  struct Label {
    let edge: Int
    var x: Double
    var y: Double
  }

  private(set) var boxes: [(node: Int, frame: Rectangle)] = []
  private(set) var tags: [(node: Int, frame: Rectangle)] = []
  private(set) var strands: [Strand] = []
  private(set) var labels: [Label] = []
  let width: Double
  let height: Double
  let crossings: Int

  private var tops: [Double] = []
  private var bottoms: [Double] = []

  init(_ graph: LayeredGraph, bundles: [Bundle], edges: [Graph.Edge]) {
    let order = CrossingReduction(graph)
    crossings = order.crossings
    var x = Straightening(graph, rows: order.rows, x: Alignment(graph, rows: order.rows).x).x
    let left = zip(graph.items, x).map { $1 - $0.left }.min() ?? 0
    for item in x.indices { x[item] -= left }
    width = zip(graph.items, x).map { $1 + $0.right }.max() ?? 0
    let ports = Ports(graph, x: x, bundles: bundles)

    var y = 0.0
    for (row, items) in order.rows.enumerated() {
      tops.append(y)
      bottoms.append(y + (items.map { graph.items[$0].height }.max() ?? 0))
      y = bottoms[row]
      if row + 1 < order.rows.count { y += Self.gap(below: items, graph, ports) }
    }
    height = y

    for (index, item) in graph.items.enumerated() {
      let middle = (tops[item.layer] + bottoms[item.layer]) / 2
      let frame = Rectangle(
        x: x[index] - item.left, y: middle - item.height / 2, width: item.left + item.right, height: item.height)
      switch item.kind {
      case .node(let node): boxes.append((node, frame))
      case .tag(let bundle): tags.append((bundles[bundle].from, frame))
      case .label(let bundle): append(labelsOf: bundles[bundle], at: x[index], y: frame.y, edges)
      case .bend: break
      }
    }
    for route in graph.routes { append(route, graph, bundles[route.bundle], ports) }
  }

  /// The room between a row and the next: more where links go far aside, so that they need not lie flat.
  private static func gap(below row: [Int], _ graph: LayeredGraph, _ ports: Ports) -> Double {
    var farthest = 0.0
    var isLabelled = false
    for item in row {
      for link in graph.below[item] {
        farthest = max(farthest, abs(ports.upper[link] - ports.lower[link]))
        for end in [graph.links[link].upper, graph.links[link].lower] {
          if case .label = graph.items[end].kind { isLabelled = true }
        }
      }
    }
    return (isLabelled ? 28 : 38) + min(150, farthest * 0.16)
  }

  private mutating func append(labelsOf bundle: Bundle, at x: Double, y: Double, _ edges: [Graph.Edge]) {
    var y = y
    for edge in bundle.edges where edges[edge].label != nil {
      labels.append(Label(edge: edge, x: x + bundle.width / 2 + 6, y: y + 0.75 * Typography.labelLeading))
      y += Typography.labelLeading
    }
  }

  private mutating func append(_ route: LayeredGraph.Route, _ graph: LayeredGraph, _ bundle: Bundle, _ ports: Ports) {
    for (index, edge) in bundle.edges.enumerated() {
      let offset = bundle.offset(index)
      var stops: [Stop] = []
      for (place, item) in route.items.enumerated() {
        let row = graph.items[item].layer
        let half = graph.items[item].height / 2
        let middle = (tops[row] + bottoms[row]) / 2
        if place == 0 {
          stops.append(Stop(x: ports.upper[route.links[0]] + offset, top: middle + half, bottom: bottoms[row]))
        } else if place == route.items.count - 1 {
          stops.append(Stop(x: ports.lower[route.links[place - 1]] + offset, top: tops[row], bottom: middle - half))
        } else {
          stops.append(Stop(x: ports.upper[route.links[place]] + offset, top: tops[row], bottom: bottoms[row]))
        }
      }
      strands.append(Strand(edge: edge, offset: offset, stops: stops))
    }
  }

  /// Moves the whole picture.
  mutating func move(x: Double, y: Double) {
    for index in boxes.indices {
      boxes[index].frame.x += x
      boxes[index].frame.y += y
    }
    for index in tags.indices {
      tags[index].frame.x += x
      tags[index].frame.y += y
    }
    for index in labels.indices {
      labels[index].x += x
      labels[index].y += y
    }
    for strand in strands.indices {
      for stop in strands[strand].stops.indices {
        strands[strand].stops[stop].x += x
        strands[strand].stops[stop].top += y
        strands[strand].stops[stop].bottom += y
      }
    }
  }
}
