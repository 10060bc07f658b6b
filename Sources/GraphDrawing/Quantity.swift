/// The three numbers that differentiation attaches to a node.
enum Quantity: String, CaseIterable {
  case value
  case tangent
  case adjoint
}

/// A line of a node, split into the quantity it states, if any, and the rest.
struct QuantityLine: Equatable {
  let quantity: Quantity?
  /// The line without the name of the quantity; printable, on one line.
  let text: String

  init(_ line: String) {
    let line = line.printable
    let end = line.firstIndex(of: " ") ?? line.endIndex
    quantity = Quantity(rawValue: String(line[..<end]))
    text = quantity == nil ? line : String(line[end...].drop { $0 == " " })
  }
}

extension Graph.Edge.Role {
  /// The quantity that flows along such an edge.
  var quantity: Quantity {
    switch self {
    case .primal: .value
    case .tangent: .tangent
    case .adjoint: .adjoint
    }
  }
}

extension Graph {
  /// The quantities that some line states or some derivative edge carries: those that need a legend.
  var quantities: [Quantity] {
    var found = Set<Quantity>()
    for node in nodes { found.formUnion(node.lines.compactMap { QuantityLine($0).quantity }) }
    for edge in edges where edge.role != .primal { found.insert(edge.role.quantity) }
    return Quantity.allCases.filter(found.contains)
  }
}
