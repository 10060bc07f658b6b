import GraphDrawing
import Testing

/// The Mermaid text is in the part of Mermaid's flowchart grammar that is written here, read strictly: whatever the graph,
/// no label can end its quotes, begin a comment or a directive, or name a word that the language reserves.
@Suite("Mermaid's grammar") struct MermaidTests {
  @Test("every example is read, with all nodes and edges", arguments: Examples.all)
  func examples(graph: Graph) throws {
    let chart = try Flowchart(reading: graph.drawn(as: .mermaid))
    #expect(chart.labels.count == graph.nodes.count)
    #expect(chart.edges.count == graph.edges.count)
    let styled = chart.styledEdges.sorted()
    #expect(styled == Array(graph.edges.indices))
    // Solid arrows follow the values, dotted ones go against them.
    for (from, to, isDotted) in chart.edges { #expect(isDotted ? to < from : from < to) }
    for (node, label) in zip(graph.nodes, chart.labels) where node.title.allSatisfy({ $0.isASCII }) {
      let lines = [node.title] + node.lines
      let isPlain = lines.allSatisfy { line in
        !line.isEmpty && line.unicodeScalars.allSatisfy { (0x20..<0x7F).contains($0.value) }
      }
      if isPlain { #expect(decoded(label.replacing("<br/>", with: "\n")) == lines.joined(separator: "\n")) }
    }
  }

  @Test("words of the language, quotes, comments and directives as labels")
  func hostileLabels() throws {
    let titles = [
      "end", "\"]; n0 --> n9", "%% comment", "%%{init: {}}%%", "subgraph a", "click n0 href \"x\"", "a --> b", "|x|",
      "`md`",
      "<script>", "#quot;", "linkStyle 0 stroke:red", "o--o x--x", ":::class", "\\\" \\n", "", "é — 数",
    ]
    let nodes = titles.enumerated().map {
      Graph.Node(id: $1, title: $1, lines: [$1], role: $0 == 0 ? .input : .operation)
    }
    let edges = (1..<nodes.count).map { Graph.Edge(from: $0 - 1, to: $0, label: titles[$0], role: .adjoint) }
    let chart = try Flowchart(reading: Graph(nodes: nodes, edges: edges).drawn(as: .mermaid))
    #expect(chart.edges.count == edges.count)
    for (title, label) in zip(titles, chart.labels) {
      #expect(decoded(label) == "\(title.isEmpty ? " " : title)<br/>\(title.isEmpty ? " " : title)")
    }
  }

  @Test(
    "what is not in the grammar is refused",
    arguments: [
      "", "graph TD\n", "flowchart TD\n  end[\"x\"]:::input\n", "flowchart TD\n  n0[\"a\"b\"]:::input\n",
      "flowchart TD\n  n0[\"a%%b\"]:::input\n", "flowchart TD\n  n0[\"a\"]:::input\n  n0 --> n1\n",
      "flowchart TD\n  n0[\"a\"]:::input\n", "flowchart TD\n  n0[\"\"]:::input\n  classDef input fill:#ffffff\n",
      "flowchart TD\n  n0[\"#34\"]:::input\n  classDef input fill:#ffffff\n",
      "flowchart TD\n  linkStyle 0 stroke:#ffffff\n",
    ])
  func refused(text: String) {
    #expect(throws: Flowchart.Mistake.self) { try Flowchart(reading: text) }
  }

  /// A label with its numbered characters read back.
  private func decoded(_ label: String) -> String {
    label.replacing(/#([0-9]+);/) { match in
      UInt32(match.1).flatMap(Unicode.Scalar.init).map { String(Character($0)) } ?? ""
    }
  }
}

/// The statements of a flowchart, of which this project writes five kinds:
///
///     flowchart TD
///       n0["label"]:::class           a node
///       n0 -->|"label"| n1            an edge, with or without a label; -.-> for a dotted one
///       classDef class fill:#rrggbb,stroke:#rrggbb,color:#rrggbb
///       linkStyle 0,1 stroke:#rrggbb,color:#rrggbb
///
/// Labels hold letters, digits, some punctuation that Mermaid gives no meaning within quotes, characters beyond ASCII,
/// `<br/>`, and `#n;` for other characters.
private struct Flowchart {
  struct Mistake: Error { let line: String }

  private(set) var labels: [String] = []
  private(set) var edges: [(from: Int, to: Int, isDotted: Bool)] = []
  private(set) var styledEdges: [Int] = []

  init(reading text: String) throws {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard lines.first == "flowchart TD", lines.last == "" else { throw Mistake(line: lines.first ?? "") }
    lines = Array(lines.dropFirst().dropLast())
    var classes = Set<String>()
    var used = Set<String>()
    for line in lines {
      if let node = line.wholeMatch(of: #/  n([0-9]+)\["([^"]*)"\]:::([a-z]+)/#) {
        guard Int(node.1) == labels.count, Self.isLabel(String(node.2)) else { throw Mistake(line: line) }
        labels.append(String(node.2))
        used.insert(String(node.3))
      } else if let edge = line.wholeMatch(of: #/  n([0-9]+) (-->|-\.->)(\|"([^"]*)"\|)? n([0-9]+)/#) {
        guard let from = Int(edge.1), let to = Int(edge.5), from < labels.count, to < labels.count,
          edge.4.map({ Self.isLabel(String($0)) }) ?? true
        else { throw Mistake(line: line) }
        edges.append((from, to, edge.2 == "-.->"))
      } else if let style = line.wholeMatch(of: #/  classDef ([a-z]+) ((fill|stroke|color):#[0-9a-f]{6},?)+/#) {
        guard !line.hasSuffix(","), !Self.reserved.contains(String(style.1)) else { throw Mistake(line: line) }
        classes.insert(String(style.1))
      } else if let style = line.wholeMatch(of: #/  linkStyle ([0-9]+(,[0-9]+)*) ((stroke|color):#[0-9a-f]{6},?)+/#) {
        let members = style.1.split(separator: ",").compactMap { Int($0) }
        guard !line.hasSuffix(","), members.allSatisfy(edges.indices.contains) else { throw Mistake(line: line) }
        styledEdges += members
      } else {
        throw Mistake(line: line)
      }
    }
    // A class without a definition is ignored without a word.
    guard used == classes else { throw Mistake(line: "classDef") }
  }

  /// What may not be the name of a class.
  private static let reserved: Set<String> = [
    "end", "default", "graph", "flowchart", "subgraph", "style", "class", "click", "href", "call", "direction",
    "interpolate",
  ]

  private static func isLabel(_ text: String) -> Bool {
    let rest = text.replacing("<br/>", with: " ").replacing(/#[0-9]+;/, with: " ")
    let punctuation = Set<Unicode.Scalar>([".", ",", "+", "-", "*", "/", "=", "^", "_", "(", ")", "[", "]", " "])
    return !rest.isEmpty
      && rest.unicodeScalars.allSatisfy { scalar in
        scalar.isASCII
          ? scalar.properties.isAlphabetic || scalar.properties.numericType != nil || punctuation.contains(scalar)
          : scalar.value > 0x9F
      }
  }
}
