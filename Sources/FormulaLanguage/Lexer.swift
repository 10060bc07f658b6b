/// Cuts a source into tokens, in one pass.
///
/// The last token is `end`, or `invalid` at the first place that is no token; `failure` is then set.
struct Lexer {
  let bytes: [UInt8]
  private(set) var tokens: [Token] = []
  private(set) var failure: FormulaError?

  private var position = 0
  /// How many parentheses and brackets are open.
  private var depth = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    tokens.reserveCapacity(bytes.count / 2 + 1)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    while position < bytes.count, failure == nil { step() }
    if failure == nil { tokens.append(Token(kind: .end, start: bytes.count, end: bytes.count)) }
  }

  private mutating func step() {
    switch bytes[position] {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): position += 1
    case UInt8(ascii: "\n"): newline()
    case UInt8(ascii: "#"): position = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
    case UInt8(ascii: "0")...UInt8(ascii: "9"): number()
    case UInt8(ascii: "."): number()
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): name()
    case UInt8(ascii: "+"): append(.plus, 1)
    case UInt8(ascii: "-"): append(.minus, 1)
    case UInt8(ascii: "*"): next(UInt8(ascii: "*")) ? append(.caret, 2) : append(.star, 1)
    case UInt8(ascii: "/"): append(.slash, 1)
    case UInt8(ascii: "^"): append(.caret, 1)
    case UInt8(ascii: "<"): next(UInt8(ascii: "=")) ? append(.lessOrEqual, 2) : append(.less, 1)
    case UInt8(ascii: ">"): next(UInt8(ascii: "=")) ? append(.greaterOrEqual, 2) : append(.greater, 1)
    case UInt8(ascii: "="): next(UInt8(ascii: "=")) ? append(.equal, 2) : append(.assign, 1)
    case UInt8(ascii: "!") where next(UInt8(ascii: "=")): append(.notEqual, 2)
    case UInt8(ascii: ","): append(.comma, 1)
    case UInt8(ascii: ";"): append(.semicolon, 1)
    case UInt8(ascii: "("): open(.openParenthesis)
    case UInt8(ascii: "["): open(.openBracket)
    case UInt8(ascii: ")"): close(.closeParenthesis)
    case UInt8(ascii: "]"): close(.closeBracket)
    default: other()
    }
  }

  private func next(_ byte: UInt8) -> Bool {
    position + 1 < bytes.count && bytes[position + 1] == byte
  }

  private mutating func append(_ kind: Token.Kind, _ length: Int) {
    tokens.append(Token(kind: kind, start: position, end: position + length))
    position += length
  }

  private mutating func open(_ kind: Token.Kind) {
    depth += 1
    append(kind, 1)
  }

  private mutating func close(_ kind: Token.Kind) {
    depth = max(depth - 1, 0)
    append(kind, 1)
  }

  private mutating func newline() {
    if depth > 0 || tokens.last?.kind.wantsOperand == true { position += 1 } else { append(.newline, 1) }
  }

  private mutating func name() {
    var end = position
    while end < bytes.count {
      let byte = bytes[end]
      if byte < 0x80 {
        let letter = byte | 0x20
        let isLetter = letter >= UInt8(ascii: "a") && letter <= UInt8(ascii: "z")
        guard isLetter || byte == UInt8(ascii: "_") || isDigit(end) else { break }
        end += 1
      } else {
        let scalar = bytes.scalar(at: end)
        guard scalar.continuesName else { break }
        end += UTF8.width(scalar)
      }
    }
    append(.name, end - position)
  }

  private func isDigit(_ offset: Int) -> Bool {
    offset < bytes.count && bytes[offset] >= UInt8(ascii: "0") && bytes[offset] <= UInt8(ascii: "9")
  }

  /// The offset after the digits from `offset` on.
  private func digits(from offset: Int) -> Int {
    var end = offset
    while isDigit(end) { end += 1 }
    return end
  }

  private mutating func number() {
    let point = UInt8(ascii: ".")
    var end = digits(from: position)
    if end < bytes.count, bytes[end] == point {
      let fraction = end + 1
      end = digits(from: fraction)
      guard end - position > 1 else { return other() }
    }
    if end < bytes.count, bytes[end] | 0x20 == UInt8(ascii: "e") {
      var exponent = end + 1
      if exponent < bytes.count, bytes[exponent] == UInt8(ascii: "+") || bytes[exponent] == UInt8(ascii: "-") {
        exponent += 1
      }
      // Without digits the letter is a name, and the parser says that an operator is missing.
      if isDigit(exponent) { end = digits(from: exponent) }
    }
    if end < bytes.count, bytes[end] == point {
      while end < bytes.count, bytes[end] == point || isDigit(end) { end += 1 }
      let text = String(decoding: bytes[position..<end], as: UTF8.self)
      return fail("\(FormulaError.quoted(text)) is not a number", position..<end, hint: "a number has one '.' at most")
    }
    append(.number, end - position)
  }

  /// A name that begins with a letter outside ASCII, a space outside ASCII, or an error.
  private mutating func other() {
    let scalar = bytes.scalar(at: position)
    if scalar.value >= 0x80 {
      if scalar.startsName { return name() }
      if scalar.properties.generalCategory == .spaceSeparator {
        position += UTF8.width(scalar)
        return
      }
    }
    let range = position..<position + UTF8.width(scalar)
    fail("unexpected character \(FormulaError.quoted(String(scalar)))", range, hint: Self.replacement(for: scalar))
  }

  private mutating func fail(_ message: String, _ range: Range<Int>, hint: String?) {
    failure = FormulaError(message, at: range, in: bytes, hint: hint)
    tokens.append(Token(kind: .invalid, start: range.lowerBound, end: range.upperBound))
  }

  /// What to write instead of a character that the language does not have.
  private static func replacement(for scalar: Unicode.Scalar) -> String? {
    switch scalar {
    case "\u{2212}", "\u{2010}"..."\u{2015}": "write '-'"
    case "\u{D7}", "\u{B7}", "\u{22C5}", "\u{2217}", "\u{2022}": "write '*' to multiply"
    case "\u{F7}", "\u{2215}", ":": "write '/' to divide"
    case "\u{B2}": "write '^2'"
    case "\u{B3}": "write '^3'"
    case "\u{221A}": "write 'sqrt(...)'"
    case "\u{2264}": "write '<='"
    case "\u{2265}": "write '>='"
    case "\u{2260}", "!": "'!=' compares"
    case "{", "}": "group with '(' and ')'"
    case "&", "|": "combine conditions with 'if(condition, a, b)'"
    case "?": "write 'if(condition, a, b)'"
    default: nil
    }
  }
}
