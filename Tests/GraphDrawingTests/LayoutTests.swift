import Testing

@testable import GraphDrawing

@Suite("The layout of pictures")
struct LayoutTests {
  @Test("boxes do not overlap, and lie within the picture", arguments: Examples.all)
  func boxes(graph: Graph) {
    let layout = Self.layout(graph)
    let frames = layout.components.flatMap { $0.boxes.map(\.frame) + $0.tags.map(\.frame) }
    for (index, frame) in frames.enumerated() {
      #expect(frame.x >= -0.01 && frame.x + frame.width <= layout.width + 0.01)
      #expect(frame.y >= -0.01 && frame.y + frame.height <= layout.height + 0.01)
      for other in frames[..<index] { #expect(!Self.overlap(frame, other)) }
    }
  }

  @Test("each node has one box and each edge one arrow", arguments: Examples.all)
  func complete(graph: Graph) {
    let layout = Self.layout(graph)
    #expect(layout.components.flatMap { $0.boxes.map(\.node) }.sorted() == Array(graph.nodes.indices))
    #expect(layout.components.flatMap { $0.strands.map(\.edge) }.sorted() == Array(graph.edges.indices))
    let labelled = graph.edges.indices.filter { graph.edges[$0].label != nil }
    #expect(layout.components.flatMap { $0.labels.map(\.edge) }.sorted() == labelled)
  }

  @Test("each arrow leaves its operand's box and enters its user's, further down", arguments: Examples.all)
  func ends(graph: Graph) throws {
    for component in Self.layout(graph).components {
      let frames = Dictionary(uniqueKeysWithValues: component.boxes.map { ($0.node, $0.frame) })
      for strand in component.strands {
        let first = try #require(strand.stops.first)
        let last = try #require(strand.stops.last)
        let edge = graph.edges[strand.edge]
        let from = try #require(frames[edge.from])
        let to = try #require(frames[edge.to])
        #expect(from.y + from.height < to.y)
        let starts = [from] + component.tags.filter { $0.node == edge.from }.map(\.frame)
        #expect(starts.contains { abs($0.y + $0.height - first.top) < 0.01 && Self.spans($0, first.x) })
        #expect(abs(to.y - last.bottom) < 0.01 && Self.spans(to, last.x))
        for (stop, next) in zip(strand.stops, strand.stops.dropFirst()) { #expect(stop.bottom < next.top) }
      }
    }
  }

  @Test("no arrow runs through a box or a label", arguments: Examples.all)
  func clearance(graph: Graph) {
    for component in Self.layout(graph).components {
      let labels = component.labels.map { label in
        ComponentLayout.Rectangle(
          x: label.x, y: label.y - 9, width: Typography.labelWidth(graph.edges[label.edge].label ?? ""), height: 10)
      }
      for strand in component.strands {
        let path = SVGStrand(strand: strand, role: graph.edges[strand.edge].role).path
        for point in PathSampler.points(of: path) {
          for (_, frame) in component.boxes + component.tags { #expect(!Self.contains(frame, point)) }
          for frame in labels { #expect(!Self.contains(frame, point)) }
        }
      }
    }
  }

  @Test("inputs are in the first row, final results in the last, constants above their use")
  func rows() {
    for graph in [Examples.talk, Examples.network, Examples.rosenbrock(5)] {
      let layering = Layering(graph: graph, bundles: Bundle.all(of: graph))
      let last = layering.layer.max() ?? 0
      for (node, layer) in zip(graph.nodes, layering.layer) {
        if node.role == .input { #expect(layer == 0) }
        if node.role == .output { #expect(layer == last) }
      }
      for edge in graph.edges { #expect(layering.layer[edge.from] < layering.layer[edge.to]) }
    }
    let rosenbrock = Examples.rosenbrock(5)
    let layer = Layering(graph: rosenbrock, bundles: Bundle.all(of: rosenbrock)).layer
    #expect(layer[5] == 3, "the constant 100 is right above the first product that uses it")
  }

  @Test("graphs whose least number of crossings is known reach it")
  func crossings() {
    func count(_ graph: Graph) -> Int { Self.layout(graph).components.map(\.crossings).reduce(0, +) }
    #expect(count(Examples.talk) == 0)
    #expect(count(Examples.talkReverse) == 0)
    #expect(count(Examples.fan(24)) == 0)
    #expect(count(Examples.recurrence(6)) == 0)
    #expect(count(Examples.mixed) == 0)
    #expect(count(Examples.tree(5)) == 0)
    // Any two of m upper and any two of n lower nodes cross once.
    #expect(count(Examples.bipartite(3, 3)) == 9)
    #expect(count(Examples.bipartite(4, 5)) == 60)
    // Inputs and results each with four units between them: twice six.
    #expect(count(Examples.network) == 12)
  }

  @Test("edges in one line stay in line")
  func straight() {
    for strand in Self.layout(Examples.chain(12)).components.flatMap(\.strands) {
      #expect(strand.stops.allSatisfy { abs($0.x - strand.stops[0].x) < 0.01 })
    }
  }

  @Test("edges between the same nodes do not coincide")
  func parallel() {
    let strands = Self.layout(Examples.mixed).components.flatMap(\.strands).filter { strand in
      Examples.mixed.edges[strand.edge].from == 2
    }
    #expect(Set(strands.map { $0.stops[0].x }).count == 3)
  }

  @Test("things are placed as close as can be to where they would like to be")
  func isotonic() {
    let places = { Isotonic.places(desired: $0, distances: $1, low: $2, high: $3) }
    #expect(places([], [], 0, 1) == [])
    #expect(places([1, 5], [2], 0, 10) == [1, 5])
    #expect(places([4, 4], [2], 0, 10) == [3, 5])
    #expect(places([4, 4], [2], 3.5, 10) == [3.5, 5.5])
    #expect(places([9, 1, 2], [1, 1], 0, 10) == [3, 4, 5])
    #expect(places([-5, 20], [1], 0, 10) == [0, 10])
  }

  private static func layout(_ graph: Graph) -> Layout {
    Layout(graph: graph, boxes: graph.nodes.map { NodeBox($0) })
  }

  private static func overlap(_ a: ComponentLayout.Rectangle, _ b: ComponentLayout.Rectangle) -> Bool {
    a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
  }

  private static func spans(_ frame: ComponentLayout.Rectangle, _ x: Double) -> Bool {
    frame.x < x && x < frame.x + frame.width
  }

  private static func contains(_ frame: ComponentLayout.Rectangle, _ point: (x: Double, y: Double)) -> Bool {
    spans(frame, point.x) && frame.y + 0.1 < point.y && point.y < frame.y + frame.height - 0.1
  }
}
