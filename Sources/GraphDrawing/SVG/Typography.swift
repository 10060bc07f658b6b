/// Sizes of text. The advance is that of the common fixed-pitch fonts, 0.6 em, with a little to spare.
enum Typography {
  static let titleSize = 13.0
  static let lineSize = 11.5
  static let labelSize = 11.0
  static let titleLeading = 18.0
  static let lineLeading = 15.5
  static let labelLeading = 14.0
  static let family = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace"

  /// No text of a picture is longer than this many columns; tooltips have all of it.
  static let longest = 44

  static func width(_ text: String, size: Double) -> Double {
    0.605 * size * Double(min(text.displayWidth, longest))
  }

  static func labelWidth(_ text: String) -> Double { width(text.printable, size: labelSize) }
}

/// The box of a node: its text and the room that takes.
struct NodeBox {
  static let sidePadding = 12.0

  let title: String
  let lines: [QuantityLine]
  let width: Double
  let height: Double

  init(_ node: Graph.Node) {
    title = node.title.printable.shortened(to: Typography.longest)
    lines = node.lines.map { QuantityLine($0) }
    var room = Typography.width(title, size: Typography.titleSize)
    for line in lines {
      let gap = line.quantity == nil ? 0 : 3
      let columns = (line.quantity?.rawValue.count ?? 0) + gap + min(line.text.displayWidth, Typography.longest)
      room = max(room, 0.605 * Typography.lineSize * Double(columns))
    }
    width = max(44, (room + 2 * Self.sidePadding).rounded(.up))
    height = 14 + Typography.titleLeading + (lines.isEmpty ? 0 : 5 + Typography.lineLeading * Double(lines.count))
  }
}
