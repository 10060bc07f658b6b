extension String {
  /// The string as XML character data, also fit for an attribute value.
  var xmlEscaped: String {
    escaped { scalar in
      switch scalar {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\"": "&quot;"
      case "'": "&#39;"
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
      : escaped { scalar in
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", " ", ".", ",", "+", "-", "*", "/", "=", "^", "_", "(", ")", "[", "]": nil
        default: scalar.isASCII ? "#\(scalar.value);" : nil
        }
      }
  }

  private func escaped(_ replacement: (Unicode.Scalar) -> String?) -> String {
    var result = ""
    for scalar in printable.unicodeScalars {
      if let replacement = replacement(scalar) {
        result += replacement
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
