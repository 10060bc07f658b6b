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
      room = max(room, Typography.advance * Typography.lineSize * Double(columns))
    }
    width = max(44, (room + 2 * Self.sidePadding).rounded(.up))
    height = 14 + Typography.titleLeading + (lines.isEmpty ? 0 : 5 + Typography.lineLeading * Double(lines.count))
  }
}
