/// The line below a picture that says which colour stands for which quantity.
struct SVGLegend {
  static let height = 34.0
  private static let sample = 24.0

  let quantities: [Quantity]

  private func width(_ quantity: Quantity) -> Double {
    Self.sample + 8 + Typography.width(quantity.rawValue, size: Typography.labelSize)
  }

  var width: Double {
    quantities.map(width).reduce(0, +) + 22 * Double(max(0, quantities.count - 1))
  }

  /// The legend, from its left end and the middle of its line.
  func text(x: Double, y: Double) -> String {
    var x = x
    var text = "<g class=\"legend\" font-size=\"\(Typography.labelSize.coordinate)\">\n"
    for quantity in quantities {
      let role = Graph.Edge.Role.allCases.first { $0.quantity == quantity } ?? .primal
      let colour = Palette.stroke(role)
      let start = role == .adjoint ? x + 7 : x
      let end = role == .adjoint ? x + Self.sample : x + Self.sample - 7
      let tip = role == .adjoint ? x : x + Self.sample
      let base = role == .adjoint ? x + 8 : x + Self.sample - 8
      let line = "M\(start.coordinate) \(y.coordinate)H\(end.coordinate)"
      let head =
        "M\(tip.coordinate) \(y.coordinate)L\(base.coordinate) \((y - 3.6).coordinate)V\((y + 3.6).coordinate)Z"
      text += "<path d=\"\(line)\" stroke=\"\(colour)\" stroke-width=\"1.4\"/>"
      text += "<path d=\"\(head)\" fill=\"\(colour)\"/>"
      text += "<text x=\"\((x + Self.sample + 8).coordinate)\" y=\"\((y + 3.8).coordinate)\""
      text += " fill=\"\(Palette.text(quantity))\">\(quantity.rawValue)</text>\n"
      x += width(quantity) + 22
    }
    return text + "</g>\n"
  }
}
