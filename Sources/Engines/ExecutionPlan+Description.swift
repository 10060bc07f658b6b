extension ExecutionPlan: CustomStringConvertible {
  /// The work, the memory and the totals, as text for people; the generated code is left out.
  public var description: String {
    var lines = ["engine: \(engine), \(details)"]
    lines += refusals.map { "not used: \($0)" }
    lines.append("")
    lines += workLines(indent: "")
    lines.append("")
    lines += memoryLines
    return lines.joined(separator: "\n") + "\n"
  }

  /// The work with its parts, without the memory.
  private func workLines(indent: String) -> [String] {
    var lines: [String] = []
    for (number, piece) in pieces.enumerated() {
      let notes = piece.notes.isEmpty ? "" : ": " + piece.notes.joined(separator: ", ")
      lines.append("\(indent)\(number + 1). \(piece.title)\(notes)")
      lines += piece.equations.map { "\(indent)     \($0)" }
      for part in piece.parts {
        let runs = part.runs.map { ", \(Self.grouped($0)) times" } ?? ""
        lines.append("\(indent)     \(part.title)\(runs)")
        lines += part.plan.workLines(indent: indent + "       ")
      }
      let stored = piece.stored.isEmpty ? "" : ", writes " + piece.stored.joined(separator: ", ")
      lines.append(
        "\(indent)   about \(Self.grouped(piece.operations)) \(piece.operations == 1 ? "operation" : "operations"), "
          + "\(Self.bytes(piece.bytesMoved))\(stored)")
    }
    if pieces.isEmpty { lines.append("\(indent)nothing to do") }
    return lines
  }

  private var memoryLines: [String] {
    let head =
      "in all about \(Self.grouped(operations)) operations, \(Self.bytes(bytesMoved)) read and written, "
      + "\(Self.bytes(memoryByteCount)) beside arguments and results"
    if buffers.isEmpty { return [head] }
    let cells = buffers.map { buffer in
      [
        buffer.name, buffer.type.description, Self.bytes(buffer.type.byteCount ?? .max), buffer.place,
        pieces.isEmpty || ["argument", "constant"].contains(buffer.place)
          ? "" : Self.lifetime(buffer.lifetime.lowerBound + 1, buffer.lifetime.upperBound + 1),
      ]
    }
    let widths = (0..<5).map { column in cells.map { $0[column].count }.max() ?? 0 }
    let rows = cells.map { row in
      var line = "  "
      for (column, (cell, width)) in zip(row, widths).enumerated() {
        let padding = String(repeating: " ", count: width - cell.count)
        line += column == 2 ? padding + cell + "  " : cell + padding + "  "
      }
      while line.hasSuffix(" ") { line.removeLast() }
      return line
    }
    return [head] + rows
  }

  private static func lifetime(_ first: Int, _ last: Int) -> String {
    first == last ? "in \(first)" : "\(first) to \(last)"
  }

  /// Such as `12,000`.
  private static func grouped(_ count: Int) -> String {
    var text = ""
    for (place, digit) in "\(count)".reversed().enumerated() {
      if place > 0 && place % 3 == 0 && digit != "-" { text = "," + text }
      text = "\(digit)" + text
    }
    return text
  }

  /// Such as `640 bytes` or `7.6 MiB`.
  private static func bytes(_ count: Int) -> String {
    if count < 10_000 { return count == 1 ? "1 byte" : "\(grouped(count)) bytes" }
    var (size, unit) = (Double(count) / 1024, "KiB")
    for larger in ["MiB", "GiB", "TiB"] where size >= 1024 { (size, unit) = (size / 1024, larger) }
    let tenths = Int((size * 10).rounded())
    return "\(tenths / 10).\(tenths % 10) \(unit)"
  }
}
