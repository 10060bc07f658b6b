/// Splits program text into tokens.
struct ProgramLexer {
  /// A piece of text that has a meaning of its own.
  struct Token: Equatable {
    enum Kind: Equatable {
      case identifier
      case number
      case string
      /// One or two characters, such as `(` or `->`.
      case punctuation
      case newline
      /// A place in the source, from a comment `// at Model.swift:12`.
      case location
      case end
    }
    var kind: Kind
    /// The identifier, the digits, the characters of the string, the place.
    var text: String
    /// Where it begins, in bytes.
    var offset: Int

    /// What it is, for messages.
    var description: String {
      switch kind {
      case .newline: "the end of the line"
      case .end: "the end of the text"
      case .string: "the string \"\(text)\""
      case .location: "a comment"
      default: "'\(text)'"
      }
    }
  }

  let bytes: [UInt8]
  private var position = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  /// Whether a name needs no quotation marks.
  static func isIdentifier(_ name: String) -> Bool {
    guard let first = name.utf8.first, isLetter(first) else { return false }
    return name.utf8.allSatisfy { isLetter($0) || isDigit($0) }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (97...122).contains(byte) || (65...90).contains(byte) || byte == UInt8(ascii: "_")
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

  private func byte(_ ahead: Int = 0) -> UInt8 {
    position + ahead < bytes.count ? bytes[position + ahead] : 0
  }

  /// The next token.
  mutating func next() throws(TensorError) -> Token {
    while position < bytes.count {
      let start = position
      let first = bytes[position]
      switch first {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): position += 1
      case UInt8(ascii: "\n"):
        position += 1
        return Token(kind: .newline, text: "\n", offset: start)
      case UInt8(ascii: "/") where byte(1) == UInt8(ascii: "/"):
        if let location = comment(start) { return location }
      case UInt8(ascii: "\""): return try string(start)
      case UInt8(ascii: "-") where byte(1) == UInt8(ascii: ">"):
        position += 2
        return Token(kind: .punctuation, text: "->", offset: start)
      case _ where Self.isLetter(first): return word(start)
      case _ where Self.isDigit(first) || first == UInt8(ascii: "-"): return number(start)
      default:
        guard first < 128, "()[]{}:,=@.".utf8.contains(first) else {
          throw error("a character that has no meaning here", at: start)
        }
        position += 1
        return Token(kind: .punctuation, text: String(UnicodeScalar(first)), offset: start)
      }
    }
    return Token(kind: .end, text: "", offset: bytes.count)
  }

  private func text(_ start: Int) -> String { String(decoding: bytes[start..<position], as: UTF8.self) }

  private mutating func comment(_ start: Int) -> Token? {
    while position < bytes.count && byte() != UInt8(ascii: "\n") { position += 1 }
    let text = text(start)
    let prefix = "// at "
    guard text.hasPrefix(prefix) else { return nil }
    return Token(kind: .location, text: String(text.dropFirst(prefix.count)), offset: start)
  }

  private mutating func word(_ start: Int) -> Token {
    while Self.isLetter(byte()) || Self.isDigit(byte()) { position += 1 }
    let name = text(start)
    if ["nan", "snan"].contains(name) && byte() == UInt8(ascii: "(") && skipPayload() {
      return Token(kind: .number, text: text(start), offset: start)
    }
    return Token(kind: .identifier, text: name, offset: start)
  }

  /// Moves behind `(0x12)` or `(bits 0x12)` after `nan`.
  private mutating func skipPayload() -> Bool {
    let before = position
    position += 1
    while Self.isLetter(byte()) || Self.isDigit(byte()) || byte() == UInt8(ascii: " ") { position += 1 }
    if byte() == UInt8(ascii: ")") {
      position += 1
      return true
    }
    position = before
    return false
  }

  private mutating func number(_ start: Int) -> Token {
    position += 1
    while true {
      let next = byte()
      let isSign = next == UInt8(ascii: "+") || next == UInt8(ascii: "-")
      let followsExponent = bytes[position - 1] | 32 == UInt8(ascii: "e")
      guard
        Self.isLetter(next) || Self.isDigit(next) || next == UInt8(ascii: ".") || (isSign && followsExponent)
      else { break }
      position += 1
    }
    if text(start) == "-nan" || text(start) == "-snan", byte() == UInt8(ascii: "(") { _ = skipPayload() }
    return Token(kind: .number, text: text(start), offset: start)
  }

  private mutating func string(_ start: Int) throws(TensorError) -> Token {
    position += 1
    var characters: [UInt8] = []
    while true {
      guard position < bytes.count, byte() != UInt8(ascii: "\n") else {
        throw error("a string without its closing quotation mark", at: start)
      }
      let next = byte()
      position += 1
      if next == UInt8(ascii: "\"") { break }
      guard next == UInt8(ascii: "\\") else {
        characters.append(next)
        continue
      }
      let escaped = byte()
      position += 1
      switch escaped {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): characters.append(escaped)
      case UInt8(ascii: "n"): characters.append(10)
      case UInt8(ascii: "u"):
        let digits = position
        while position < bytes.count && byte() != UInt8(ascii: "}") && position - digits < 8 { position += 1 }
        let hexadecimal = text(digits).dropFirst()
        guard byte(0) == UInt8(ascii: "}"), let code = UInt32(hexadecimal, radix: 16), let scalar = UnicodeScalar(code)
        else { throw error("an escape that is not a character; write \\u{1f}", at: digits) }
        position += 1
        characters.append(contentsOf: Array(String(Character(scalar)).utf8))
      default: throw error("an escape that is not one of \\\" \\\\ \\n \\u{...}", at: position - 2)
      }
    }
    return Token(kind: .string, text: String(decoding: characters, as: UTF8.self), offset: start)
  }

  /// The error that something was found at a place in the text.
  func error(_ found: String, expected: String? = nil, at offset: Int) -> TensorError {
    let before = bytes.prefix(offset)
    let line = 1 + before.count { $0 == UInt8(ascii: "\n") }
    let lineStart = (before.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
    // Continuation bytes of UTF-8 are no columns of their own.
    let column = 1 + before[lineStart...].count { $0 & 0xC0 != 0x80 }
    let message = expected.map { "expected \($0), found \(found)" } ?? "found \(found)"
    return TensorError(.program, "parse", "line \(line), column \(column): \(message)")
  }
}
