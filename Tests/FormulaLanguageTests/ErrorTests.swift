import FormulaLanguage
import Testing

/// A source and what is said about it.
struct Complaint: Sendable, CustomTestStringConvertible {
  var source: String
  var text: String
  var testDescription: String { text }

  init(_ source: String, _ text: String) {
    self.source = source
    self.text = text
  }
}

@Suite struct ErrorTests {
}
