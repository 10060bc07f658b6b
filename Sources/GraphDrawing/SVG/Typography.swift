/// Sizes of text. The advance is that of the common fixed-pitch fonts, 0.6 em, with a little to spare.
enum Typography {
  /// The width of a column, in units of the font size.
  static let advance = 0.605
  static let titleSize = 13.0
  static let lineSize = 11.5
  static let labelSize = 11.0
  static let titleLeading = 18.0
  static let lineLeading = 15.5
  static let labelLeading = 14.0
  static let family = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace"

  /// No text of a picture is longer than this many columns; tooltips have all of it.
  static let longest = 44

  static func width(_ text: String, size: Double) -> Double {
    advance * size * Double(min(text.displayWidth, longest))
  }

  static func labelWidth(_ text: String) -> Double { width(text.printable, size: labelSize) }
}
