/// Guesses which name was meant.
package enum Spelling {
  /// Longer names get no suggestion, and no more candidates are looked at, so that the work has a bound.
  private static let longestName = 64
  private static let mostCandidates = 1_000

  /// What other languages call some functions.
  private static let synonyms = [
    "ln": "log", "arcsin": "asin", "arccos": "acos", "arctan": "atan", "arcsinh": "asinh", "arccosh": "acosh",
    "arctanh": "atanh", "fabs": "abs", "sgn": "sign", "pow": "power", "where": "if", "maximum": "max",
    "minimum": "min",
  ]

  /// The candidate with the least edit distance, where that is small for the length of the name; the first of equals.
  package static func nearest(to name: String, among candidates: some Sequence<String>) -> String? {
    guard let wanted = scalars(of: name) else { return nil }
    var best: (name: String, distance: Int)?
    for candidate in candidates.prefix(mostCandidates) {
      if candidate == synonyms[name] { return candidate }
      guard let letters = scalars(of: candidate) else { continue }
      let limit = best.map { $0.distance - 1 } ?? tolerance(max(wanted.count, letters.count))
      guard abs(letters.count - wanted.count) <= limit else { continue }
      let distance = distance(wanted, letters)
      if distance <= limit { best = (candidate, distance) }
    }
    return best?.name
  }

  private static func tolerance(_ length: Int) -> Int {
    switch length {
    case ..<2: 0
    case ..<6: 1
    case ..<9: 2
    default: 3
    }
  }

  private static func scalars(of name: String) -> [Unicode.Scalar]? {
    guard name.utf8.count <= 4 * longestName else { return nil }
    let scalars = Array(name.lowercased().unicodeScalars)
    return scalars.count <= longestName ? scalars : nil
  }

  /// How many insertions, deletions, replacements and swaps of neighbors lead from one to the other (optimal string
  /// alignment). O(product of the lengths).
  private static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var beforePrevious: [Int] = []
    var previous = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        var least = min(previous[j + 1], row[j]) + 1
        least = min(least, previous[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { least = min(least, beforePrevious[j - 1] + 1) }
        row.append(least)
      }
      beforePrevious = previous
      previous = row
    }
    return previous[b.count]
  }
}
