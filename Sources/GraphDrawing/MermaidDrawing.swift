/// A graph as a Mermaid flowchart.
struct MermaidDrawing {
  let graph: Graph

  var text: String {
    var text = "flowchart TD\n"
    for (index, node) in graph.nodes.enumerated() { text += statement(node, index) }
    // Mermaid has no arrow that points backwards. It breaks cycles where it meets them, so the adjoint edges come last.
    let edges = graph.edges.filter { $0.role != .adjoint } + graph.edges.filter { $0.role == .adjoint }
    for edge in edges { text += statement(edge) }
    for role in Graph.Node.Role.allCases where graph.nodes.contains(where: { $0.role == role }) {
      let colours = "fill:\(Palette.fill(role)),stroke:\(Palette.border(role)),color:\(Palette.ink)"
      text += "  classDef \(role.rawValue) \(colours)\n"
    }
    for role in Graph.Edge.Role.allCases {
      let members = edges.indices.filter { edges[$0].role == role }
      if members.isEmpty { continue }
      let colour = Palette.stroke(role)
      let list = members.map(String.init).joined(separator: ",")
      text += "  linkStyle \(list) stroke:\(colour),color:\(colour)\n"
    }
    return text
  }

  private func statement(_ node: Graph.Node, _ index: Int) -> String {
    let label = ([node.title] + node.lines).map(\.mermaidEscaped).joined(separator: "<br/>")
    return "  n\(index)[\"\(label)\"]:::\(node.role.rawValue)\n"
  }

  private func statement(_ edge: Graph.Edge) -> String {
    let label = edge.label.map { "|\"\($0.mermaidEscaped)\"|" } ?? ""
    return edge.role == .adjoint
      ? "  n\(edge.to) -.->\(label) n\(edge.from)\n"
      : "  n\(edge.from) -->\(label) n\(edge.to)\n"
  }
}
