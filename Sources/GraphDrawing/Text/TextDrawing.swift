/// A graph as lines for a terminal: one a node, in the order of evaluation, with what is known of it in columns.
///
/// Rails on the left show the edges, as `git log --graph` does. Where they would be too many to follow, or where edges
/// have labels, a column lists each node's operands instead or as well.
struct TextDrawing {
  /// The most rails that a reader is asked to follow.
  static let railLimit = 16

  let graph: Graph

  var text: String {
    if graph.nodes.isEmpty { return "(empty graph)\n" }
    var table = TextTable()
    let rails = Rails(graph: graph, limit: Self.railLimit)
    if let rails {
      table.append(cells: rails.rows)
    } else {
      table.append(cells: graph.nodes.map(\.role.symbol))
    }
    table.append(cells: graph.nodes.map(\.title.printable))
    let lines = graph.nodes.map { $0.lines.map { QuantityLine($0) } }
    for quantity in Quantity.allCases {
      let cells = lines.map { $0.filter { $0.quantity == quantity }.map(\.text).joined(separator: "; ") }
      table.append(quantity.rawValue, numbers: cells)
    }
    table.append(cells: lines.map { $0.filter { $0.quantity == nil }.map(\.text).joined(separator: "; ") })
    table.append(cells: operandLists(onlyLabelled: rails != nil))
    return table.text
  }

  /// For every node `<- v0, v1 (label)`, and `-> v0 (label)` for the adjoints that it passes back.
  private func operandLists(onlyLabelled: Bool) -> [String] {
    var incoming = [[String]](repeating: [], count: graph.nodes.count)
    var outgoing = incoming
    // A tangent's label goes for the primal edge beside it.
    var isListed = Set<SIMD2<Int>>()
    for edge in graph.edges where edge.role == .tangent && edge.label != nil { isListed.insert([edge.from, edge.to]) }
    for edge in graph.edges {
      if edge.label == nil {
        if onlyLabelled || edge.role != .primal || isListed.contains([edge.from, edge.to]) { continue }
      }
      let item = graph.nodes[edge.from].id.printable + (edge.label.map { " (\($0.printable))" } ?? "")
      if edge.role == .adjoint { outgoing[edge.to].append(item) } else { incoming[edge.to].append(item) }
    }
    return graph.nodes.indices.map { index in
      [("<- ", incoming[index]), ("-> ", outgoing[index])]
        .filter { !$0.1.isEmpty }
        .map { $0.0 + $0.1.joined(separator: ", ") }
        .joined(separator: "  ")
    }
  }
}
