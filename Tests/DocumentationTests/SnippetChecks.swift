import Foundation
import Testing

/// The expected texts of one section of a document: each must be reached, and must be what is printed.
final class SnippetChecks {
  private let count: Int
  private var reached: Set<Int> = []

  init(count: Int) { self.count = count }

  /// Checks what a value prints as.
  func expect<Value>(
    _ number: Int, _ value: Value, _ expected: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    reached.insert(number)
    let actual = "\(value)"
    if !PrintedText.matches(actual, expected) {
      Issue.record("prints\n\(actual)\nnot\n\(expected)", sourceLocation: sourceLocation)
    }
  }

  /// Checks that no expected text was passed by.
  func finish(sourceLocation: SourceLocation = #_sourceLocation) {
    let missing = (0..<count).filter { !reached.contains($0) }
    #expect(missing.isEmpty, "these checks were not reached: \(missing)", sourceLocation: sourceLocation)
  }
}

/// Texts that agree but for white space and the last digits of their numbers, which differ between systems.
enum PrintedText {
  /// Whether a text is the expected one.
  static func matches(_ actual: String, _ expected: String) -> Bool {
    let isRough = expected.hasPrefix("≈ ")
    let a = words(actual)
    let b = words(isRough ? String(expected.dropFirst(2)) : expected)
    guard a.count == b.count else { return false }
    return zip(a, b).allSatisfy { word, other in
      if word == other { return true }
      // Equal numbers must also look the same.
      guard let x = Double(word), let y = Double(other), x != y || isRough else { return false }
      return abs(x - y) <= (isRough ? 0.1 * abs(y) : 1e-12 * max(1, abs(y)))
    }
  }

  /// Numbers, and the texts between them.
  private static func words(_ text: String) -> [String] {
    var words: [String] = []
    var word = ""
    var isNumber = false
    var previous: Character = " "
    for character in text {
      let isDigit = character.isASCII && character.isNumber
      let continues =
        isNumber && (isDigit || character == "." || character == "e" || (previous == "e" && "+-".contains(character)))
      let begins = !isNumber && (isDigit || character == "-")
      if character.isWhitespace || begins || (isNumber && !continues) {
        if !word.isEmpty { words.append(word) }
        word = ""
        isNumber = begins
      }
      if !character.isWhitespace { word.append(character) }
      previous = character
    }
    if !word.isEmpty { words.append(word) }
    return words
  }
}
