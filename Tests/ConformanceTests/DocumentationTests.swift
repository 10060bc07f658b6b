import Testing

/// Every public symbol says what it is.
@Suite struct DocumentationTests {
  /// What these protocols of the standard library require has their documentation.
  private static let standard: [String: Set<String>] = [
    "CustomStringConvertible": ["description"], "Error": ["description"], "Hashable": ["hash", "=="],
    "Equatable": ["=="], "Encodable": ["encode"], "Decodable": ["init"], "Codable": ["encode", "init"],
    "ParsableCommand": ["configuration", "run", "validate"], "CaseIterable": ["allCases"],
    "RandomNumberGenerator": ["next"],
  ]

  @Test func everyPublicSymbolIsDocumented() throws {
    let index = try SourceIndex()
    var checked = 0
    for symbol in index.declarations where symbol.isPublic && symbol.keyword != "extension" {
      checked += 1
      if symbol.isDocumented || Self.isWitness(symbol, index) { continue }
      Issue.record("\(symbol) is public and has no documentation comment")
    }
    #expect(checked > 200, "the sources are not read as they should be")
  }

  /// The scanner is not blind: it sees what is missing, and what is there.
  @Test func missingCommentsAreSeen() {
    let source = SourceFile(
      """
      /// A thing.
      public struct Thing: Hashable {
        public var size: Int
        /// Its name.
        @inlinable
        public static func name(_ x: Int) -> Int { x }
        public mutating func grow() {}
        public init() {}
        var hidden = 1
      }
      """, name: "Thing.swift")
    let missing = source.declarations.filter { $0.isPublic && !$0.isDocumented }
    #expect(missing.map(\.name) == ["size", "grow", "init"])
    #expect(missing.map(\.place) == ["Thing.swift:3", "Thing.swift:7", "Thing.swift:8"])
    #expect(missing.allSatisfy { $0.context == ["Thing"] })
  }

  /// Whether a member is what a protocol of its type requires; then the comment stands there. The parameters of a
  /// primitive are documented where they are stored, and so not again at its initializer.
  private static func isWitness(_ symbol: Declaration, _ index: SourceIndex) -> Bool {
    guard let type = symbol.context.last else { return false }
    let protocols = index.protocols(of: type).union([type])
    if protocols.contains("Primitive") && symbol.keyword == "init" { return true }
    return protocols.contains { name in
      index.requirements(of: name).contains(symbol.name) || standard[name]?.contains(symbol.name) == true
    }
  }
}
