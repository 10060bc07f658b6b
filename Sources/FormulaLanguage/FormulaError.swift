/// What is wrong with a text, and where.
///
/// The description shows the line with a caret under the place:
///
///     error: unknown name 'x3'
///       log(x1) + x3
///                 ^~
///       did you mean 'x1'?
public struct FormulaError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong, on one line, without the place.
  public let message: String
  /// What to write instead, on one line.
  public let hint: String?
  /// The UTF-8 offsets of the place in the source.
  public let range: Range<Int>
  /// The line of the place, from 1.
  public let line: Int
  /// The column of the place in characters, from 1.
  public let column: Int

  private let excerpt: SourceExcerpt

  /// An error at a place of a source; a range that does not fit the source is moved into it.
  ///
  /// The message and the hint are shown as they are: text of unknown origin belongs in `FormulaError.quoted(_:)`.
  public init(_ message: String, at range: Range<Int>, in source: String, hint: String? = nil) {
    self.init(message, at: range, in: Array(source.utf8), hint: hint)
  }

  init(_ message: String, at range: Range<Int>, in bytes: [UInt8], hint: String? = nil) {
    excerpt = SourceExcerpt(of: bytes, at: range)
    self.message = message
    self.hint = hint
    self.range = excerpt.range
    self.line = excerpt.line
    self.column = excerpt.column
  }

  /// The message, the line with the place marked, and the hint; no line break at the end.
  public var description: String {
    var lines = [excerpt.isOnlyLine ? "error: \(message)" : "error: line \(line): \(message)"]
    if !excerpt.text.isEmpty { lines += ["  " + excerpt.text, "  " + excerpt.marker] }
    if let hint { lines.append("  " + hint) }
    return lines.joined(separator: "\n")
  }

  /// The text in quotes, cut to 40 characters, and with everything that a terminal would not show escaped.
  public static func quoted(_ text: some StringProtocol) -> String {
    var shown = "'"
    var count = 0
    for scalar in text.unicodeScalars {
      if count == 40 {
        shown += "..."
        break
      }
      shown += visible(scalar, first: count == 0)
      count += 1
    }
    return shown + "'"
  }
}
