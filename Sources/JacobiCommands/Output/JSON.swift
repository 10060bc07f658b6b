import Jacobi

/// A JSON value whose objects keep their order. Numbers are texts that are read back exactly.
indirect enum JSON {
  case number(String)
  case string(String)
  case array([JSON])
  case object([(key: String, value: JSON)])
  /// The numbers of a tensor, as nested arrays.
  case tensor(Tensor)

  /// The value on one line; values nest a few levels deep at most.
  var text: String {
    var text = ""
    write(to: &text)
    return text
  }

  private func write(to text: inout String) {
    switch self {
    case .number(let digits): text += digits
    case .string(let string): Self.writeQuoted(string, to: &text)
    case .tensor(let tensor): text += tensor.shape.nestedText(of: tensor.numberTexts.map(Self.number))
    case .array(let elements):
      text += "["
      for (index, element) in elements.enumerated() {
        if index > 0 { text += ", " }
        element.write(to: &text)
      }
      text += "]"
    case .object(let fields):
      text += "{"
      for (index, field) in fields.enumerated() {
        if index > 0 { text += ", " }
        Self.writeQuoted(field.key, to: &text)
        text += ": "
        field.value.write(to: &text)
      }
      text += "}"
    }
  }

  /// JSON has no number that is not finite: those are strings.
  private static func number(_ text: String) -> String {
    switch text {
    case "nan", "inf", "-inf": "\"\(text)\""
    default: text
    }
  }

  /// A number.
  static func double(_ value: Double) -> JSON { .number(number(digits(of: value))) }

  private static func writeQuoted(_ string: String, to text: inout String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
