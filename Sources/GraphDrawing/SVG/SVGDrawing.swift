/// A graph as a picture in SVG, with inputs at the top and results at the bottom.
///
/// The picture stands alone: no style sheet, no definitions, and no identifiers that could clash with those of another
/// picture on the same page.
struct SVGDrawing {
  private static let margin = 24.0

  let graph: Graph

  var text: String {
    let boxes = graph.nodes.map { NodeBox($0) }
    let layout = Layout(graph: graph, boxes: boxes)
    let legend = SVGLegend(quantities: graph.quantities)
    let hasLegend = !legend.quantities.isEmpty
    let content = max(layout.width, hasLegend ? legend.width : 0, 40)
    let width = content + 2 * Self.margin
    let height = layout.height + 2 * Self.margin + (hasLegend ? SVGLegend.height : 0)
    let shift = (content - layout.width) / 2

    var text = head(width: width, height: height)
    text += "<g transform=\"translate(\((Self.margin + shift).coordinate) \(Self.margin.coordinate))\">\n"
    text += edges(layout)
    for component in layout.components {
      for (node, frame) in component.boxes {
        text += SVGNode(node: graph.nodes[node], box: boxes[node], frame: frame).text
      }
    }
    text += "</g>\n"
    if hasLegend {
      text += legend.text(x: (width - legend.width) / 2, y: height - Self.margin - 4)
    }
    return text + "</svg>\n"
  }

  private func head(width: Double, height: Double) -> String {
    let size = "\(width.coordinate) \(height.coordinate)"
    let summary = "Computation graph with \(graph.nodes.count) nodes and \(graph.edges.count) edges"
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(size)" width="\(width.coordinate)" \
      height="\(height.coordinate)" role="img" aria-label="\(summary)" \
      font-family="\(Typography.family)" fill="none">
      <rect x="0.5" y="0.5" width="\((width - 1).coordinate)" height="\((height - 1).coordinate)" rx="8" \
      fill="\(Palette.background)" stroke="\(Palette.frame)"/>

      """
  }

  /// The arrows, then what lies on them.
  private func edges(_ layout: Layout) -> String {
    var text = ""
    for component in layout.components {
      for strand in component.strands {
        let edge = graph.edges[strand.edge]
        let shape = SVGStrand(strand: strand, role: edge.role)
        let colour = Palette.stroke(edge.role)
        text += "<g class=\"\(edge.role.rawValue)\"><title>\(tooltip(edge))</title>"
        text += "<path d=\"\(shape.path)\" stroke=\"\(colour)\" stroke-width=\"1.4\"/>"
        text += "<path d=\"\(shape.head)\" fill=\"\(colour)\"/></g>\n"
      }
      for (node, frame) in component.tags { text += tag(graph.nodes[node], frame) }
      for label in component.labels {
        let edge = graph.edges[label.edge]
        text += "<text x=\"\(label.x.coordinate)\" y=\"\(label.y.coordinate)\""
        text += " font-size=\"\(Typography.labelSize.coordinate)\" fill=\"\(Palette.stroke(edge.role))\">"
        text += "\((edge.label ?? "").printable.shortened(to: Typography.longest).xmlEscaped)</text>\n"
      }
    }
    return text
  }

  private func tooltip(_ edge: Graph.Edge) -> String {
    let from = graph.nodes[edge.from].id.xmlEscaped
    let to = graph.nodes[edge.to].id.xmlEscaped
    let ends = edge.role == .adjoint ? "\(from) ← \(to)" : "\(from) → \(to)"
    return ends + (edge.label.map { ": " + $0.xmlEscaped } ?? "")
  }

  /// A pill with the name of an operand whose edge was cut.
  private func tag(_ node: Graph.Node, _ frame: ComponentLayout.Rectangle) -> String {
    let name = node.id.printable.shortened(to: Typography.longest).xmlEscaped
    return "<g class=\"tag\"><title>\(node.title.xmlEscaped)</title>"
      + "<rect x=\"\(frame.x.coordinate)\" y=\"\(frame.y.coordinate)\" width=\"\(frame.width.coordinate)\""
      + " height=\"\(frame.height.coordinate)\" rx=\"10\" fill=\"\(Palette.fill(node.role))\""
      + " stroke=\"\(Palette.border(node.role))\" stroke-dasharray=\"3 2\"/>"
      + "<text x=\"\((frame.x + frame.width / 2).coordinate)\" y=\"\((frame.y + 13.8).coordinate)\""
      + " text-anchor=\"middle\" font-size=\"\(Typography.labelSize.coordinate)\""
      + " fill=\"\(Palette.ink)\">\(name)</text></g>\n"
  }
}
