/// One line of a source, cut to a window around a place, and the marker to print under it.
///
/// Whatever the source, the text has about a hundred characters and none that moves a terminal's cursor.
struct SourceExcerpt: Sendable, Equatable {
  /// The place, inside the source.
  var range: Range<Int>
  /// The line of the place, from 1.
  var line: Int
  /// The column of the place in characters, from 1.
  var column: Int
  /// Whether the source has no other line with text.
  var isOnlyLine: Bool
  /// The window of the line.
  var text: String
  /// Spaces and `^~~~`, as wide as the place in `text`.
  var marker: String

  private static let width = 100
  private static let widthAfter = 40

  init(of bytes: [UInt8], at place: Range<Int>) {
    let lower = Self.boundary(min(max(place.lowerBound, 0), bytes.count), in: bytes)
    let upper = Self.boundary(min(max(place.upperBound, lower), bytes.count), in: bytes)
    range = lower..<upper

    let newline = UInt8(ascii: "\n")
    let start = bytes[..<lower].lastIndex(of: newline).map { $0 + 1 } ?? 0
    var end = bytes[lower...].firstIndex(of: newline) ?? bytes.count
    line = 1 + bytes[..<start].count(where: { $0 == newline })
    isOnlyLine = line == 1 && bytes[end...].allSatisfy { $0 == newline || $0 == UInt8(ascii: "\r") }
    column = 1 + Self.characters(bytes[start..<lower])
    if end > lower, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }

    // Backward from the place, then forward, until the window is full.
    var pieces: [String] = []
    var budget = Self.width - min(Self.widthAfter, end - lower)
    var left = lower
    while left > start, budget > 0 {
      let next = Self.boundary(left - 1, in: bytes)
      pieces.append(visible(Self.scalar(bytes, next), first: next == start))
      budget -= pieces[pieces.count - 1].count
      left = next
    }
    let before = (left > start ? "..." : "") + pieces.reversed().joined()

    budget = max(Self.width - before.count, Self.widthAfter)
    var marked = ""
    var right = lower
    let markedEnd = min(upper, end)
    (marked, right) = Self.window(bytes, from: right, to: markedEnd, budget: budget, isMarked: true)
    var after = ""
    if right == markedEnd {
      (after, right) = Self.window(bytes, from: right, to: end, budget: budget - marked.count, isMarked: false)
    }
    text = before + marked + after + (right < end ? "..." : "")
    marker =
      String(repeating: " ", count: before.count) + "^" + String(repeating: "~", count: max(marked.count, 1) - 1)
  }

  /// The visible text from `start`, at most `budget` characters of it, and where it ends.
  private static func window(
    _ bytes: [UInt8], from start: Int, to end: Int, budget: Int, isMarked: Bool
  ) -> (text: String, end: Int) {
    var text = ""
    var position = start
    var scalars = 0
    while position < end, scalars < budget, text.count < budget {
      let scalar = scalar(bytes, position)
      text += visible(scalar, first: isMarked && position == start)
      position += UTF8.width(scalar)
      scalars += 1
    }
    return (text, position)
  }

  private static func characters(_ bytes: ArraySlice<UInt8>) -> Int {
    bytes.allSatisfy { $0 < 0x80 } ? bytes.count : String(decoding: bytes, as: UTF8.self).count
  }

  /// The start of the scalar that the offset is in.
  private static func boundary(_ offset: Int, in bytes: [UInt8]) -> Int {
    var offset = offset
    while offset > 0, offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset -= 1 }
    return offset
  }

  private static func scalar(_ bytes: [UInt8], _ offset: Int) -> Unicode.Scalar {
    bytes.scalar(at: offset)
  }
}

/// The scalar as it can be printed: a tab is a space; what has no picture of its own is `\u{...}`.
///
/// A combining mark is escaped where it is the `first` of a text, for it would change the character before.
func visible(_ scalar: Unicode.Scalar, first: Bool) -> String {
  if scalar == "\t" { return " " }
  if scalar.value >= 0x20, scalar.value < 0x7F { return String(scalar) }
  let isHidden: Bool
  switch scalar.properties.generalCategory {
  case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: isHidden = true
  case .nonspacingMark, .spacingMark, .enclosingMark: isHidden = first
  default: isHidden = false
  }
  return isHidden ? "\\u{\(String(scalar.value, radix: 16, uppercase: true))}" : String(scalar)
}
