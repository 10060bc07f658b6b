/// Lines of cells in columns, as wide as their widest cell up to a limit; wider cells push the rest of their line.
struct Columns {
  private var lines: [[String]] = []
  private let indent: String
  private let separator: String
  private let widest: Int

  init(indent: String = "  ", separator: String = " = ", widest: Int = 64) {
    self.indent = indent
    self.separator = separator
    self.widest = widest
  }

  mutating func append(_ cells: String...) { lines.append(cells) }

  var text: String {
    var widths: [Int] = []
    for line in lines {
      for (column, cell) in line.enumerated() {
        if column == widths.count { widths.append(0) }
        let width = cell.width
        if width <= widest { widths[column] = max(widths[column], width) }
      }
    }
    var text = ""
    for line in lines {
      text += indent
      for (column, cell) in line.enumerated() {
        if column > 0 { text += separator }
        text += column == line.count - 1 ? cell : cell.padded(to: widths[column])
      }
      text += "\n"
    }
    return text
  }
}

/// A matrix with names for its rows and columns, numbers aligned to the right.
func matrixText(_ rows: [[String]], rowNames: [String], columnNames: [String]) -> String {
  let nameWidth = rowNames.map(\.count).max() ?? 0
  var widths = columnNames.map(\.count)
  for row in rows {
    for (column, cell) in row.enumerated() { widths[column] = max(widths[column], cell.count) }
  }
  func line(_ name: String, _ cells: [String]) -> String {
    "  " + name.padded(to: nameWidth)
      + zip(cells, widths).map { "  " + $0.rightAligned(to: $1) }.joined() + "\n"
  }
  return line("", columnNames) + zip(rowNames, rows).map { line($0, $1) }.joined()
}
