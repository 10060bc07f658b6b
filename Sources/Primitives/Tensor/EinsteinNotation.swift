/// A parsed product in Einstein's notation: one list of labels for each operand, and one for the result.
///
/// An ellipsis is parsed into labels of its own, numbered from the right, so that what it covers broadcasts.
struct EinsteinNotation {
  /// The name of an axis: a letter, or a place inside an ellipsis counted from the right.
  enum Label: Hashable, CustomStringConvertible {
    case letter(Character)
    case ellipsis(Int)

    var description: String {
      switch self {
      case .letter(let letter): "'\(letter)'"
      case .ellipsis(let place): "axis \(place) from the right of '...'"
      }
    }
  }

  var operands: [[Label]] = []
  var result: [Label] = []

  /// Parses a specification such as `ij,jk->ik` for operands of these shapes.
  ///
  /// - Throws: an error that says what is not well formed, or does not fit the shapes.
  init(_ text: String, shapes: [Shape]) throws(TensorError) {
    let compact = String(text.filter { !$0.isWhitespace })
    var sides = [compact]
    if let arrow = compact.firstIndex(of: "-"), compact[arrow...].hasPrefix("->") {
      sides = [String(compact[..<arrow]), String(compact[compact.index(arrow, offsetBy: 2)...])]
    }
    let terms = sides[0].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard terms.count == shapes.count else {
      throw TensorError(
        .value, "einsum", "\"\(text)\" describes \(counted(terms.count, "operand")), not \(shapes.count)",
        hint: "separate the operands' labels by commas")
    }
    var covered = 0
    for (position, term) in terms.enumerated() {
      let (before, after) = try Self.parts(term, text)
      let rank = shapes[position].rank
      let letters = before.count + (after?.count ?? 0)
      guard after == nil ? letters == rank : letters <= rank else {
        throw TensorError(
          .shape, "einsum",
          "\"\(term)\" has \(counted(letters, "label")) for operand \(position) of shape \(shapes[position])",
          hint: "write one label for each axis, or '...' for the axes without one")
      }
      let hidden = rank - letters
      covered = Swift.max(covered, hidden)
      operands.append(before + Self.ellipsis(hidden) + (after ?? []))
    }
    if sides.count == 2 {
      try parseResult(sides[1], text, covered)
    } else {
      // Without an arrow: what the ellipses cover, then the labels that occur once, in alphabetical order.
      var counts: [Character: Int] = [:]
      for case .letter(let letter) in operands.joined() { counts[letter, default: 0] += 1 }
      result = Self.ellipsis(covered) + counts.filter { $0.value == 1 }.keys.sorted().map(Label.letter)
    }
  }

  private mutating func parseResult(_ side: String, _ text: String, _ covered: Int) throws(TensorError) {
    let (before, after) = try Self.parts(side, text)
    if covered > 0 && after == nil {
      throw TensorError(
        .value, "einsum", "the result of \"\(text)\" leaves out '...'", hint: "write '...' where its axes belong")
    }
    result = before + Self.ellipsis(after == nil ? 0 : covered) + (after ?? [])
    let known = Set(operands.joined())
    for (place, label) in result.enumerated() {
      guard known.contains(label) else {
        throw TensorError(.value, "einsum", "the result's label \(label) of \"\(text)\" is not a label of an operand")
      }
      if result[..<place].contains(label) {
        throw TensorError(
          .value, "einsum", "the result of \"\(text)\" has the label \(label) twice",
          hint: "make a diagonal matrix with x.diagonalMatrix()")
      }
    }
  }

  private static func ellipsis(_ count: Int) -> [Label] { (0..<count).reversed().map(Label.ellipsis) }

  /// The labels before an ellipsis and those after it; without one all of them and `nil`.
  private static func parts(_ term: String, _ text: String) throws(TensorError) -> ([Label], [Label]?) {
    var parts: [[Label]] = [[]]
    var rest = term[...]
    while let character = rest.first {
      if rest.hasPrefix("...") {
        parts.append([])
        rest = rest.dropFirst(3)
        continue
      }
      guard character.isLetter else {
        throw TensorError(
          .value, "einsum", "'\(character)' in \"\(text)\" is not a label",
          hint: "labels are letters, as in \"ij,jk->ik\"; '...' stands for all axes without one")
      }
      parts[parts.count - 1].append(.letter(character))
      rest = rest.dropFirst()
    }
    guard parts.count <= 2 else {
      throw TensorError(.value, "einsum", "\"\(term)\" has more than one '...'")
    }
    return (parts[0], parts.count == 2 ? parts[1] : nil)
  }
}
