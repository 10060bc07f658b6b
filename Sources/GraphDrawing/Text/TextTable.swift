/// Columns of text, each as wide as its widest cell and set apart by two spaces.
struct TextTable {
  /// No column is wider than this; longer cells push the rest of their line aside.
  private static let widest = 60

  private var header: [String] = []
  private var columns: [[String]] = []

  /// Adds a column, unless all of its cells are empty.
  mutating func append(_ title: String = "", cells: [String]) {
    if cells.allSatisfy(\.isEmpty) { return }
    header.append(title)
    columns.append(cells)
  }

  /// Adds a column of numbers: where one has a sign, the others leave room for it.
  mutating func append(_ title: String, numbers cells: [String]) {
    let isSigned = cells.contains { $0.hasPrefix("-") }
    func indented(_ cell: String) -> String { cell.isEmpty || cell.hasPrefix("-") ? cell : " " + cell }
    append(isSigned ? indented(title) : title, cells: isSigned ? cells.map(indented) : cells)
  }

  /// The table, with a header if any column has a title, and without white space at the ends of lines.
  var text: String {
    let widths = columns.indices.map { column in
      min(Self.widest, columns[column].reduce(header[column].displayWidth) { max($0, $1.displayWidth) })
    }
    var text = ""
    func append(_ cells: [String]) {
      var line = ""
      for (cell, width) in zip(cells, widths) { line += cell.padded(to: width) + "  " }
      while line.last == " " { line.removeLast() }
      text += line + "\n"
    }
    if header.contains(where: { !$0.isEmpty }) { append(header) }
    for row in columns.first?.indices ?? 0..<0 { append(columns.map { $0[row] }) }
    return text
  }
}
