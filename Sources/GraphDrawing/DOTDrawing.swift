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
    for (index, node) in graph.nodes.enumerated() { write(node, index, to: &text) }
    text += ranks
    for edge in graph.edges { write(edge, to: &text) }
    return text + "}\n"
  }

  // Pieces are appended to the one text: graphs may have hundreds of thousands of nodes, and strings in between take most
  // of the time.

  private func write(_ node: Graph.Node, _ index: Int, to text: inout String) {
    text.append("  n", String(index), " [label=<<b>", node.title.dotEscaped, "</b>")
    for line in node.lines {
      let colour = Palette.text(QuantityLine(line).quantity)
      text.append("<br/><font color=\"", colour, "\" point-size=\"10\">", line.dotEscaped, "</font>")
    }
    text.append(">, fillcolor=\"", Palette.fill(node.role), "\", color=\"", Palette.border(node.role), "\"]\n")
  }

  private func write(_ edge: Graph.Edge, to text: inout String) {
    let colour = Palette.stroke(edge.role)
    text.append("  n", String(edge.from), " -> n", String(edge.to), " [color=\"", colour, "\"")
    // The direction is turned, not the ends: the edge goes on ranking its operand above its result.
    if edge.role == .adjoint { text += ", dir=back" }
    if let label = edge.label { text.append(", label=<", label.dotEscaped, ">, fontcolor=\"", colour, "\"") }
    text += "]\n"
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
