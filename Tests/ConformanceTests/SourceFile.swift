import Foundation

/// One line of a Swift source that declares something.
struct Declaration: CustomStringConvertible {
  var place: String
  var text: String
  /// `func`, `var`, `struct`, and so on.
  var keyword: String
  var name: String
  /// The names after the colon, of types, protocols and extensions.
  var conformances: [String]
  /// The types that it stands in, outermost first.
  var context: [String]
  var isDocumented: Bool
  /// Whether it is `public` or `open`.
  var isPublic: Bool
  var description: String { "\(place): \(text)" }
}

/// A Swift source read line by line. It relies on what the formatter guarantees: two spaces of indentation for each
/// level, one declaration a line.
struct SourceFile {
  let declarations: [Declaration]

  /// All sources below a folder of the package.
  static func all(in folder: String) throws -> [SourceFile] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let directory = root.appending(path: folder)
    let files = FileManager.default.enumerator(at: directory, includingPropertiesForKeys: nil)?.allObjects ?? []
    return try files.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }.sorted { $0.path < $1.path }
      .map { SourceFile(try String(contentsOf: $0, encoding: .utf8), name: $0.lastPathComponent) }
  }

  init(_ text: String, name: String) {
    var found: [Declaration] = []
    var scopes: [(indentation: Int, name: String)] = []
    var isDocumented = false
    var isInString = false
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let code = line.drop { $0 == " " }
      let indentation = line.count - code.count
      let quotes = line.components(separatedBy: "\"\"\"").count - 1
      defer { if quotes % 2 == 1 { isInString.toggle() } }
      if isInString { continue }
      if code.hasPrefix("///") {
        isDocumented = true
        continue
      }
      // An attribute on a line of its own belongs to the declaration that follows.
      if code.hasPrefix("@"), !code.contains(" ") || code.hasSuffix(")") { continue }
      while let last = scopes.last, indentation <= last.indentation, !code.isEmpty { scopes.removeLast() }
      if var declaration = Self.declaration(code) {
        declaration.place = "\(name):\(number + 1)"
        declaration.context = scopes.map(\.name)
        declaration.isDocumented = isDocumented
        found.append(declaration)
        if Self.types.contains(declaration.keyword) { scopes.append((indentation, declaration.name)) }
      }
      isDocumented = false
    }
    declarations = found
  }

  private static let types: Set<String> = ["struct", "class", "enum", "protocol", "extension", "actor"]
  private static let keywords = types.union(["func", "var", "let", "init", "subscript", "typealias", "case", "macro"])
  private static let modifiers: Set<String> = [
    "public", "open", "package", "internal", "private", "fileprivate", "static", "final", "mutating", "nonmutating",
    "prefix", "infix", "postfix", "indirect", "convenience", "required", "override", "lazy", "weak", "unowned", "class",
    "consuming", "borrowing",
  ]

  /// What a line of code declares.
  private static func declaration(_ code: Substring) -> Declaration? {
    var words = code.split(separator: " ")[...]
    var isPublic = false
    while let word = words.first {
      let bare = word.prefix { $0 != "(" && $0 != "<" && $0 != "?" && $0 != "!" && $0 != "[" }
      let isFollowedByKeyword =
        words.dropFirst().first.map { keywords.contains(String($0.prefix { $0.isLetter })) } ?? false
      if word.hasPrefix("@") || (modifiers.contains(String(bare)) && !(bare == "class" && !isFollowedByKeyword)) {
        if bare == "public" || bare == "open" { isPublic = true }
        words.removeFirst()
        continue
      }
      guard keywords.contains(String(bare)) else { return nil }
      let rest = words.dropFirst().joined(separator: " ")
      let name =
        bare == "init" || bare == "subscript" ? String(bare) : String(rest.prefix { !" :(<{=".contains($0) })
      return Declaration(
        place: "", text: String(code), keyword: String(bare),
        name: name.isEmpty ? String(rest.prefix { $0 != " " && $0 != "(" }) : name,
        conformances: conformances(rest), context: [], isDocumented: false, isPublic: isPublic)
    }
    return nil
  }

  private static func conformances(_ rest: String) -> [String] {
    guard let colon = rest.firstIndex(of: ":") else { return [] }
    let list = rest[rest.index(after: colon)...].prefix { $0 != "{" }
    return list.components(separatedBy: " where ")[0].split(separator: ",")
      .map { $0.trimmingCharacters(in: .whitespaces) }
  }
}
