/// A piece of the source: its kind and its UTF-8 offsets.
struct Token {
  enum Kind: Equatable {
    case number, name
    case plus, minus, star, slash, caret
    case less, lessOrEqual, equal, notEqual, greaterOrEqual, greater
    case assign, comma
    case openParenthesis, closeParenthesis, openBracket, closeBracket
    /// `;`
    case semicolon
    /// A line break that ends a statement.
    case newline
    case end
    /// Where the lexer stopped; its `failure` says why.
    case invalid
  }

  var kind: Kind
  var start: Int
  var end: Int

  var range: Range<Int> { start..<end }

  /// Whether a statement ends before this token.
  var endsStatement: Bool { kind == .semicolon || kind == .newline || kind == .end }
}

extension Token.Kind {
  /// Whether an operand has to follow, so that a line break after this token means nothing.
  var wantsOperand: Bool {
    switch self {
    case .plus, .minus, .star, .slash, .caret, .less, .lessOrEqual, .equal, .notEqual, .greaterOrEqual, .greater,
      .assign, .comma:
      true
    default: false
    }
  }
}
