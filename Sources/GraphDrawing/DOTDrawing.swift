/// A graph in the input language of Graphviz.
struct DOTDrawing {
  let graph: Graph

  var text: String {
    var text = """
      digraph {
        graph [rankdir=TB, bgcolor="\(Palette.background)", nodesep=0.4, ranksep=0.5]
        node [shape=box, style="rounded,filled", fontname="monospace", fontsize=12, fontcolor="\(Palette.ink)"]
        edge [fontname="monospace", fontsize=10, arrowsize=0.7]

      """
    for (index, node) in graph.nodes.enumerated() { text += statement(node, index) }
    text += ranks
    for edge in graph.edges { text += statement(edge) }
    return text + "}\n"
  }

  private func statement(_ node: Graph.Node, _ index: Int) -> String {
    var label = "<b>\(node.title.dotEscaped)</b>"
    for line in node.lines {
      let colour = Palette.text(QuantityLine(line).quantity)
      label += "<br/><font color=\"\(colour)\" point-size=\"10\">\(line.dotEscaped)</font>"
    }
    let colours = "fillcolor=\"\(Palette.fill(node.role))\", color=\"\(Palette.border(node.role))\""
    return "  n\(index) [label=<\(label)>, \(colours)]\n"
  }

  private func statement(_ edge: Graph.Edge) -> String {
    let colour = Palette.stroke(edge.role)
    var attributes = "color=\"\(colour)\""
    // The direction is turned, not the ends: the edge goes on ranking its operand above its result.
    if edge.role == .adjoint { attributes += ", dir=back" }
    if let label = edge.label {
      attributes += ", label=<\(label.dotEscaped)>, fontcolor=\"\(colour)\""
    }
    return "  n\(edge.from) -> n\(edge.to) [\(attributes)]\n"
  }

  /// Inputs at the top and results at the bottom, for those that nothing precedes or follows.
  private var ranks: String {
    let used = Set(graph.edges.map(\.from))
    let made = Set(graph.edges.map(\.to))
    let sources = graph.nodes.indices.filter { graph.nodes[$0].role == .input && !made.contains($0) }
    let sinks = graph.nodes.indices.filter { graph.nodes[$0].role == .output && !used.contains($0) }
    func rank(_ name: String, _ members: [Int]) -> String {
      members.isEmpty ? "" : "  { rank=\(name) \(members.map { "n\($0)" }.joined(separator: " ")) }\n"
    }
    return rank("source", sources) + rank("sink", sinks)
  }
}
