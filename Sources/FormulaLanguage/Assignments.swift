/// Values for names, as `--at` takes them: `x1=2, x2=5, w=[1, 2, 3], M=[[1, 2], [3, 4]]`.
///
/// A number may have a sign, a decimal point and an exponent, or be `pi`, `e`, `inf` or `nan`.
public struct Assignments: Sendable, Equatable {
  /// The names, each once, in the order of the text.
  public let names: [String]
  /// The value of each name.
  public let values: [Literal]

  /// Parses `name=value` separated by commas; an empty text assigns nothing.
  public init(parsing source: String) throws(FormulaError) {
    var parser = LiteralParser(source)
    let entries = try parser.entries()
    var names: [String] = []
    var seen: Set<String> = []
    for entry in entries {
      guard let name = entry.name else {
        throw parser.error("this value has no name", at: entry.range, hint: "write 'name=value'")
      }
      guard seen.insert(name).inserted else {
        throw parser.error("\(FormulaError.quoted(name)) has a value already", at: entry.range)
      }
      names.append(name)
    }
    self.names = names
    self.values = entries.map(\.value)
  }

  /// The value of a name, if it has one.
  public subscript(name: String) -> Literal? {
    names.firstIndex(of: name).map { values[$0] }
  }

  /// Parses values without names, separated by commas: `1, 0` or `[1, 0, 0], 2`.
  public static func values(parsing source: String) throws(FormulaError) -> [Literal] {
    var parser = LiteralParser(source)
    let entries = try parser.entries()
    if let entry = entries.first(where: { $0.name != nil }) {
      throw parser.error("a value without a name is expected", at: entry.range, hint: "write the values in order")
    }
    return entries.map(\.value)
  }

  /// Parses one value for each of the names: in their order without names, or in any order as `name=value`.
  public static func values(parsing source: String, for names: [String]) throws(FormulaError) -> [Literal] {
    var parser = LiteralParser(source)
    let entries = try parser.entries()
    let isNamed = entries.contains { $0.name != nil }
    let known = Set(names)
    var byName: [String: Literal] = [:]
    for (position, entry) in entries.enumerated() {
      guard (entry.name != nil) == isNamed else {
        throw parser.error("this value has no name, others have", at: entry.range, hint: "name all values or none")
      }
      guard let name = entry.name ?? (position < names.count ? names[position] : nil) else {
        throw parser.error("too many values", at: entry.range, hint: expectation(of: names))
      }
      guard known.contains(name) else {
        let nearest = Spelling.nearest(to: name, among: names)
        let hint = nearest.map { "did you mean \(FormulaError.quoted($0))?" } ?? expectation(of: names)
        throw parser.error("unknown name \(FormulaError.quoted(name))", at: entry.range, hint: hint)
      }
      guard byName.updateValue(entry.value, forKey: name) == nil else {
        throw parser.error("\(FormulaError.quoted(name)) has a value already", at: entry.range)
      }
    }
    var values: [Literal] = []
    for name in names {
      guard let value = byName[name] else {
        let end = parser.bytes.count
        let message = "missing value for \(FormulaError.quoted(name))"
        throw parser.error(message, at: end..<end, hint: expectation(of: names))
      }
      values.append(value)
    }
    return values
  }

  private static func expectation(of names: [String]) -> String {
    let shown = names.prefix(8).map { FormulaError.quoted($0) }.joined(separator: ", ")
    switch names.count {
    case 0: return "no value is expected"
    case 1: return "one value is expected, for \(shown)"
    case ...8: return "\(names.count) values are expected, for \(shown)"
    default: return "\(names.count) values are expected, for \(shown), ..."
    }
  }
}
