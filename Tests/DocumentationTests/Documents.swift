import Foundation

/// The package's documents.
enum Documents {
  /// The root of the package.
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Paths of all documents from the root.
  static let paths: [String] =
    ["README.md", "CHANGELOG.md", "CONTRIBUTING.md"] + files(in: "Documentation", withExtension: "md")

  /// Those whose Swift blocks are run.
  static let pathsWithSnippets = paths.filter { $0 == "README.md" || $0.hasPrefix("Documentation/") }

  /// The text of a file.
  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  /// Whether there is a file or folder.
  static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: root.appendingPathComponent(path).path)
  }

  /// The files under a folder, as paths from the root, in order.
  static func files(in folder: String, withExtension suffix: String) -> [String] {
    let found = FileManager.default.enumerator(atPath: root.appendingPathComponent(folder).path)
    return (found?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix("." + suffix) }.sorted().map {
      folder + "/" + $0
    }
  }

  /// The lines between two markers, without them.
  static func lines(of text: String, between marker: String) -> [String]? {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard let start = lines.firstIndex(of: "<!-- \(marker) -->"), let end = lines.firstIndex(of: "<!-- /\(marker) -->"),
      start < end
    else { return nil }
    return Array(lines[(start + 1)..<end])
  }
}
