/// The left margin of a text drawing: one column for every value that is still to be used, one row for every node.
///
/// A value keeps its column from the row of its node to the row of its last use. A result takes over the column of an
/// operand that ends there, or else the first free one. Lines that cross without touching are drawn as `─│─`; where an
/// operand joins, they touch.
struct Rails {
  /// The rows, one a node.
  private(set) var rows: [String] = []

  /// Makes the rails of a graph, or nil when they would take more than `limit` columns.
  init?(graph: Graph, limit: Int) {
    var operands = [[Int]](repeating: [], count: graph.nodes.count)
    var lastUse = [Int](repeating: -1, count: graph.nodes.count)
    for edge in graph.edges {
      operands[edge.to].append(edge.from)
      lastUse[edge.from] = max(lastUse[edge.from], edge.to)
    }
    var columns: [Int?] = []
    for (index, node) in graph.nodes.enumerated() {
      let before = columns
      for column in columns.indices {
        if let value = columns[column], lastUse[value] == index { columns[column] = nil }
      }
      let used = before.indices.filter { before[$0].map(operands[index].contains) ?? false }
      let own =
        used.first { columns[$0] == nil } ?? before.firstIndex { $0 == nil } ?? before.count
      if own == columns.count { columns.append(nil) }
      if columns.count > limit { return nil }
      rows.append(Self.row(symbol: node.role.symbol, own: own, used: used, before: before, after: columns))
      if lastUse[index] > index { columns[own] = index }
      while let last = columns.last, last == nil { columns.removeLast() }
    }
  }

  private static func row(symbol: String, own: Int, used: [Int], before: [Int?], after: [Int?]) -> String {
    let first = min(own, used.first ?? own)
    let last = max(own, used.last ?? own)
    var row = ""
    for column in after.indices {
      let isInside = first < column && column < last
      if column == own {
        row += symbol
      } else if used.contains(column) {
        let goesOn = after[column] != nil
        row += isInside ? (goesOn ? "┼" : "┴") : column == first ? (goesOn ? "├" : "╰") : (goesOn ? "┤" : "╯")
      } else if column < before.count, before[column] != nil {
        row += "│"
      } else {
        row += isInside ? "─" : " "
      }
      if column + 1 < after.count { row += first <= column && column < last ? "─" : " " }
    }
    return row
  }
}

extension Graph.Node.Role {
  /// The mark of such a node in a text drawing.
  var symbol: String {
    switch self {
    case .input: "○"
    case .constant: "□"
    case .operation: "●"
    case .output: "◆"
    }
  }
}
