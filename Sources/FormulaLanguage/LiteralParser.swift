/// Reads numbers and arrays separated by commas, each with `name =` before it or not.
struct LiteralParser {
  /// A value and its name, if it has one.
  struct Entry {
    var name: String?
    var value: Literal
    /// The UTF-8 offsets of the name, or of the value where there is no name.
    var range: Range<Int>
  }

  /// More dimensions are an error.
  static let greatestRank = 8

  let bytes: [UInt8]
  private let tokens: [Token]
  private let lexerFailure: FormulaError?
  private var position = 0

  init(_ source: String) {
    let lexer = Lexer(Array(source.utf8))
    bytes = lexer.bytes
    tokens = lexer.tokens.filter { $0.kind != .newline }
    lexerFailure = lexer.failure
  }

  private var token: Token { tokens[position] }

  /// Reads the whole source; an empty one has no entry.
  mutating func entries() throws(FormulaError) -> [Entry] {
    var entries: [Entry] = []
    if token.kind == .end { return entries }
    entries.append(try entry())
    while token.kind == .comma {
      position += 1
      entries.append(try entry())
    }
    guard token.kind == .end else { throw unexpected(closing: nil) }
    return entries
  }

  private mutating func entry() throws(FormulaError) -> Entry {
    let first = token
    var name: String?
    if first.kind == .name, tokens[position + 1].kind == .assign {
      name = text(first.range)
      if name == "if" { throw error("'if' cannot be a name", at: first.range, hint: "choose another name") }
      position += 2
    }
    let value = token.kind == .openBracket ? try array() : Literal(try number())
    return Entry(name: name, value: value, range: first.start..<(name == nil ? tokens[position - 1].end : first.end))
  }

  private mutating func number() throws(FormulaError) -> Double {
    let sign = token
    if sign.kind == .minus || sign.kind == .plus { position += 1 }
    let magnitude: Double
    switch (token.kind, text(token.range)) {
    case (.number, let digits):
      guard let value = Double(digits), value.isFinite else {
        throw error("\(quoted(token)) is too large for a number", at: token.range, hint: "write 'inf' for infinity")
      }
      magnitude = value
    case (.name, "pi"): magnitude = .pi
    case (.name, "e"): magnitude = 2.718281828459045
    case (.name, "inf"): magnitude = .infinity
    case (.name, "nan"): magnitude = .nan
    default: throw notANumber()
    }
    position += 1
    return sign.kind == .minus ? -magnitude : magnitude
  }

  /// Reads an array. The open levels are a stack of at most `greatestRank`.
  private mutating func array() throws(FormulaError) -> Literal {
    var values: [Double] = []
    var lengths: [Int?] = []
    var rank: Int?
    var levels: [(open: Token, count: Int)] = []
    repeat {
      if !levels.isEmpty { levels[levels.count - 1].count += 1 }
      if token.kind == .openBracket {
        if levels.count == Self.greatestRank { throw tooDeep() }
        if levels.count == rank { throw error("an array among numbers", at: token.range, hint: Self.shapeHint) }
        if lengths.count == levels.count { lengths.append(nil) }
        levels.append((token, 0))
        position += 1
        if token.kind == .closeBracket {
          let range = tokens[position - 1].start..<token.end
          throw error("an array needs at least one element", at: range)
        }
        continue
      }
      let first = token
      if token.kind == .end, let level = levels.last { throw unclosed(level.open) }
      values.append(try number())
      if rank == nil { rank = levels.count }
      if levels.count != rank { throw error("a number among arrays", at: first.range, hint: Self.shapeHint) }

      while token.kind == .closeBracket, let level = levels.popLast() {
        let expected = lengths[levels.count] ?? level.count
        if level.count != expected {
          let message = "this row has length \(level.count), the first one has length \(expected)"
          throw error(message, at: level.open.start..<token.end, hint: Self.shapeHint)
        }
        lengths[levels.count] = expected
        position += 1
      }
      if let level = levels.last {
        guard token.kind == .comma else { throw unexpected(closing: level.open) }
        position += 1
      }
    } while !levels.isEmpty
    return Literal(shape: lengths.compactMap { $0 }, values: values)
  }

  // MARK: Errors

  private static let shapeHint = "all rows of an array have the same shape"

  func error(_ message: String, at range: Range<Int>, hint: String? = nil) -> FormulaError {
    FormulaError(message, at: range, in: bytes, hint: hint)
  }

  private func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  private func quoted(_ token: Token) -> String {
    FormulaError.quoted(text(token.range))
  }

  private func tooDeep() -> FormulaError {
    error("an array has at most \(Self.greatestRank) dimensions", at: token.range)
  }

  private func unclosed(_ open: Token) -> FormulaError {
    error("'[' is not closed", at: open.range)
  }

  private func notANumber() -> FormulaError {
    if let lexerFailure, token.kind == .invalid { return lexerFailure }
    let previous = position > 0 ? tokens[position - 1] : nil
    if token.kind == .name {
      let hint = "a value is a number, 'pi', 'e', 'inf' or 'nan'"
      return error("\(quoted(token)) is not a number", at: token.range, hint: hint)
    }
    switch token.kind {
    case .comma, .closeBracket, .semicolon, .end:
      guard let previous, previous.kind != .openBracket else { break }
      return error("missing value after \(quoted(previous))", at: previous.range)
    case .assign: break
    default:
      return error("unexpected \(quoted(token))", at: token.range, hint: "a value is a number, not an expression")
    }
    return error("missing value before \(quoted(token))", at: token.range)
  }

  /// The token follows a value, but neither separates it from the next nor closes the array.
  private func unexpected(closing open: Token?) -> FormulaError {
    if let lexerFailure, token.kind == .invalid { return lexerFailure }
    switch token.kind {
    case .end: return open.map(unclosed) ?? error("missing ','", at: token.range)
    case .closeBracket, .closeParenthesis: return error("\(quoted(token)) closes nothing", at: token.range)
    case .number, .name, .openBracket:
      return error("missing ',' before \(quoted(token))", at: token.range, hint: "values are separated by ','")
    case .assign: return error("unexpected '='", at: token.range, hint: "write 'name=value'")
    case .semicolon: return error("unexpected ';'", at: token.range, hint: "values are separated by ','")
    default:
      return error("unexpected \(quoted(token))", at: token.range, hint: "a value is a number, not an expression")
    }
  }
}
