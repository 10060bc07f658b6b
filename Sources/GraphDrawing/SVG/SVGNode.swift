/// The box of a node with its text.
struct SVGNode {
  let node: Graph.Node
  let box: NodeBox
  let frame: ComponentLayout.Rectangle

  var text: String {
    let middle = (frame.x + frame.width / 2).coordinate
    var text = "<g class=\"\(node.role.rawValue)\"><title>\(tooltip)</title>"
    text += "<rect x=\"\(frame.x.coordinate)\" y=\"\(frame.y.coordinate)\""
    text += " width=\"\(frame.width.coordinate)\" height=\"\(frame.height.coordinate)\" rx=\"6\""
    text += " fill=\"\(Palette.fill(node.role))\" stroke=\"\(Palette.border(node.role))\" stroke-width=\"1.3\"/>"
    var y = frame.y + 7 + 0.74 * Typography.titleLeading
    text +=
      "<text x=\"\(middle)\" y=\"\(y.coordinate)\" text-anchor=\"middle\" font-weight=\"600\" fill=\"\(Palette.ink)\""
    text += " font-size=\"\(Typography.titleSize.coordinate)\">\(box.title.xmlEscaped)</text>"
    y = frame.y + 7 + Typography.titleLeading + 4
    for line in box.lines {
      text += self.text(of: line, y: y + 0.72 * Typography.lineLeading)
      y += Typography.lineLeading
    }
    return text + "</g>\n"
  }

  private var tooltip: String {
    ([node.title] + node.lines).map(\.xmlEscaped).joined(separator: "\n")
  }

  /// The name of the quantity at the left of the box and the rest at its right.
  private func text(of line: QuantityLine, y: Double) -> String {
    let left = (frame.x + NodeBox.sidePadding).coordinate
    let right = (frame.x + frame.width - NodeBox.sidePadding).coordinate
    let rest = line.text.shortened(to: Typography.longest).xmlEscaped
    let style = "y=\"\(y.coordinate)\" font-size=\"\(Typography.lineSize.coordinate)\""
    guard let quantity = line.quantity else {
      return "<text x=\"\(left)\" \(style) fill=\"\(Palette.muted)\">\(rest)</text>"
    }
    let colour = Palette.text(quantity)
    return "<text x=\"\(left)\" \(style) fill=\"\(colour)\" fill-opacity=\"0.75\">\(quantity.rawValue)</text>"
      + "<text x=\"\(right)\" \(style) text-anchor=\"end\" fill=\"\(colour)\">\(rest)</text>"
  }
}
