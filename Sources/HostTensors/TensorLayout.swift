/// Where the elements of a tensor stand in text: brackets, lines, and what is left out (NumPy's `_formatArray`).
struct TensorLayout {
  /// Tensors with more elements than this are shortened, to ``edge`` elements at each end of each axis.
  private static var largestCount: Int { 1000 }
  private static var edge: Int { 3 }
  private static var lineWidth: Int { 75 }
  /// The layout is recursive in the axes.
  static var largestRank: Int { 64 }

  private let shape: Shape
  private let separator: String
  private let indent: Int
  private let isShortened: Bool

  /// - Parameters:
  ///   - shape: the shape, with at least one axis and one element.
  ///   - separator: what stands between elements.
  ///   - indent: by how much later lines are indented.
  init(_ shape: Shape, separator: String, indent: Int) {
    self.shape = shape
    self.separator = separator
    self.indent = indent
    isShortened = shape.count > Self.largestCount
  }

  /// The row-major positions of the elements that are shown, in order.
  var shown: [Int] {
    var positions = [0]
    for (axis, stride) in shape.strides.enumerated() {
      let indices = shownIndices(axis)
      positions = positions.flatMap { start in indices.map { start + $0 * stride } }
    }
    return positions
  }

  private func leavesOut(_ axis: Int) -> Bool { isShortened && shape[axis] > 2 * Self.edge }

  private func shownIndices(_ axis: Int) -> [Int] {
    let size = shape[axis]
    return leavesOut(axis) ? Array(0..<Self.edge) + Array(size - Self.edge..<size) : Array(0..<size)
  }

  /// The text with the shown elements, one word each.
  func text(_ words: [String]) -> String {
    var rest = words[...]
    return text(&rest, axis: 0, indent: indent, width: Self.lineWidth)
  }

  private func text(_ words: inout ArraySlice<String>, axis: Int, indent: Int, width: Int) -> String {
    let margin = String(repeating: " ", count: indent)
    let separatorWidth = separator.hasSuffix(" ") ? separator.utf8.count - 1 : separator.utf8.count
    let count = shownIndices(axis).count
    let gap = leavesOut(axis) ? Self.edge : -1
    if axis == shape.rank - 1 {
      var line = Line(margin: margin, width: width - max(separatorWidth, 1))
      for position in 0..<count {
        if position == gap { line.add("...", separator) }
        line.add(words.popFirst() ?? "", position < count - 1 ? separator : "")
      }
      return "[" + line.text.dropFirst(indent) + "]"
    }
    let lineEnd =
      String(separator.prefix(separatorWidth)) + String(repeating: "\n", count: shape.rank - axis - 1)
    var text = ""
    for position in 0..<count {
      if position == gap { text += margin + "..." + lineEnd }
      text += margin + self.text(&words, axis: axis + 1, indent: indent + 1, width: width - 1)
      if position < count - 1 { text += lineEnd }
    }
    return "[" + text.dropFirst(indent) + "]"
  }
}

/// Words that are broken into lines.
private struct Line {
  let margin: String
  let width: Int
  private var finished = ""
  private var current: String

  init(margin: String, width: Int) {
    self.margin = margin
    self.width = width
    current = margin
  }

  var text: String { finished + current }

  mutating func add(_ word: String, _ separator: String) {
    // A line is not broken where that would not make it shorter.
    if current.utf8.count + word.utf8.count > width && current.utf8.count > margin.utf8.count {
      while current.last == " " { current.removeLast() }
      finished += current + "\n"
      current = margin
    }
    current += word + separator
  }
}
