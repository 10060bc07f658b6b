/// The languages in which a graph can be drawn.
public enum GraphFormat: String, Sendable, CaseIterable {
  /// The input language of Graphviz.
  case dot
  /// A picture, laid out here, that needs nothing but a browser.
  case svg
  /// A Mermaid flowchart, which many Markdown viewers show as a picture.
  case mermaid
  /// Lines for a terminal.
  case text
}

extension Graph {
  /// Draws the graph; the result ends with a line feed and depends on nothing but the graph and the format.
  ///
  /// Text, DOT and Mermaid take time linear in the size of the graph. SVG takes about a second for some thousand nodes;
  /// where edges are too long for the eye to follow, a tag with the operand's name stands for the edge's far end.
  public func drawn(as format: GraphFormat) -> String {
    switch format {
    case .dot: DOTDrawing(graph: self).text
    case .svg: SVGDrawing(graph: self).text
    case .mermaid: MermaidDrawing(graph: self).text
    case .text: TextDrawing(graph: self).text
    }
  }
}
