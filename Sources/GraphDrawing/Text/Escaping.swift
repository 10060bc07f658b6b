extension String {
  /// The string as XML character data, also fit for an attribute value.
  var xmlEscaped: String {
    escaped { byte in
      switch byte {
      case UInt8(ascii: "&"): "&amp;"
      case UInt8(ascii: "<"): "&lt;"
      case UInt8(ascii: ">"): "&gt;"
      case UInt8(ascii: "\""): "&quot;"
      case UInt8(ascii: "'"): "&#39;"
      default: nil
      }
    }
  }

  /// The string within an HTML-like label of Graphviz, which refuses an empty one.
  var dotEscaped: String {
    isEmpty ? " " : xmlEscaped
  }

  /// The string within a quoted Mermaid label, which must not be empty either.
  ///
  /// Mermaid looks for comments, directives and styles by regular expressions over the whole text, quotes or not, so all
  /// ASCII punctuation is written by number but for what formulas are full of and what is known to be harmless.
  var mermaidEscaped: String {
    isEmpty
      ? " "
      : escaped { byte in
        switch Unicode.Scalar(byte) {
        case "a"..."z", "A"..."Z", "0"..."9", " ", ".", ",", "+", "-", "*", "/", "=", "^", "_", "(", ")", "[", "]": nil
        default: "#\(byte);"
        }
      }
  }

  /// The printable string with some ASCII characters replaced: byte by byte, because graphs have millions of them.
  private func escaped(_ replacement: (UInt8) -> String?) -> String {
    let text = printable
    if text.utf8.allSatisfy({ $0 >= 0x80 || replacement($0) == nil }) { return text }
    var result: [UInt8] = []
    result.reserveCapacity(text.utf8.count * 2)
    for byte in text.utf8 {
      if byte < 0x80, let replacement = replacement(byte) {
        result += replacement.utf8
      } else {
        result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
