import Foundation
import GraphDrawing
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("The four formats")
struct FormatTests {
  @Test("the talk's graph is drawn as it was when last looked at", arguments: GraphFormat.allCases)
  func golden(format: GraphFormat) throws {
    try Golden.expect(Examples.talk().drawn(as: format), matches: "plain.\(format.rawValue)")
    try Golden.expect(Examples.talk.drawn(as: format), matches: "values.\(format.rawValue)")
    try Golden.expect(Examples.talkForward.drawn(as: format), matches: "forward.\(format.rawValue)")
    try Golden.expect(Examples.talkReverse.drawn(as: format), matches: "reverse.\(format.rawValue)")
    try Golden.expect(Examples.hostile.drawn(as: format), matches: "hostile.\(format.rawValue)")
  }

  @Test("a drawing depends on the graph alone", arguments: GraphFormat.allCases)
  func deterministic(format: GraphFormat) {
    for graph in [Examples.network, Examples.mixed, Examples.tangle(60, reach: 10, seed: 3)] {
      #expect(graph.drawn(as: format) == graph.drawn(as: format))
    }
  }

  @Test("no nodes, one node, and nodes without edges", arguments: GraphFormat.allCases)
  func small(format: GraphFormat) {
    #expect(Graph(nodes: [], edges: []).drawn(as: format).hasSuffix("\n"))
    #expect(Examples.chain(1).drawn(as: format).contains("v0 = x"))
    #expect(Examples.mixed.drawn(as: format).contains("v7 = unused"))
  }

  @Test("SVG is well-formed XML with a box for each node and an arrow for each edge", arguments: Examples.all)
  func svg(graph: Graph) throws {
    let text = graph.drawn(as: .svg)
    let reader = ElementReader()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = reader
    try #require(parser.parse(), "\(parser.parserError.map { "\($0)" } ?? "") on line \(parser.lineNumber)")
    for role in Graph.Node.Role.allCases {
      #expect(reader.classes[role.rawValue, default: 0] == graph.nodes.count { $0.role == role })
    }
    for role in Graph.Edge.Role.allCases {
      #expect(reader.classes[role.rawValue, default: 0] == graph.edges.count { $0.role == role })
    }
    #expect(reader.root["viewBox"]?.split(separator: " ").count == 4)
  }

  @Test("the legend names the quantities that occur")
  func legend() {
    #expect(!Examples.talk().drawn(as: .svg).contains("class=\"legend\""))
    #expect(Examples.talk.drawn(as: .svg).contains("class=\"legend\""))
    #expect(!Examples.talkForward.drawn(as: .svg).contains(">adjoint</text>"))
    #expect(Examples.talkReverse.drawn(as: .svg).contains(">adjoint</text>"))
  }

  @Test("DOT and Mermaid have a statement for each node and each edge", arguments: Examples.all)
  func statements(graph: Graph) {
    let dot = graph.drawn(as: .dot).split(separator: "\n")
    #expect(dot.count { $0.hasPrefix("  n") && $0.contains(" -> n") } == graph.edges.count)
    #expect(dot.count { $0.contains(" [label=<") && !$0.contains(" -> n") } == graph.nodes.count)
    let mermaid = graph.drawn(as: .mermaid).split(separator: "\n")
    #expect(
      mermaid.count { $0.hasPrefix("  n") && $0.contains("->") && $0.last?.isNumber == true } == graph.edges.count)
    #expect(mermaid.count { $0.contains("\"]:::") } == graph.nodes.count)
  }

  @Test("text has a line for each node, in order", arguments: Examples.all)
  func lines(graph: Graph) {
    let hasHeader = graph.nodes.contains { node in node.lines.contains { $0.hasPrefix("value ") } }
    let lines = graph.drawn(as: .text).split(separator: "\n").dropFirst(hasHeader ? 1 : 0)
    #expect(lines.count == graph.nodes.count)
    for (line, node) in zip(lines, graph.nodes) where !node.title.isEmpty && node.title.allSatisfy({ $0.isASCII }) {
      #expect(line.contains(node.title))
      #expect(line.last != " ")
    }
  }

  @Test("no format lets a control character through", arguments: GraphFormat.allCases)
  func controls(format: GraphFormat) {
    let text = Examples.hostile.drawn(as: format)
    let forbidden = text.unicodeScalars.filter { scalar in
      (scalar.value < 0x20 && scalar != "\n") || (0x7F...0x9F).contains(scalar.value) || scalar.value == 0x202E
    }
    #expect(forbidden.isEmpty)
  }
}

/// Counts the `class` attributes of a document.
private final class ElementReader: NSObject, XMLParserDelegate {
  var classes: [String: Int] = [:]
  var root: [String: String] = [:]

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    if name == "svg" { root = attributes }
    if let name = attributes["class"] { classes[name, default: 0] += 1 }
  }
}
