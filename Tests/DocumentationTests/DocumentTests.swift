import Foundation
import Testing

/// What holds for every document.
@Suite struct DocumentTests {
  @Test func theTestsOfSnippetsAreThoseOfTheDocuments() throws {
    var expected: [String: String] = [:]
    for path in Documents.pathsWithSnippets {
      guard let tests = SnippetGenerator.tests(of: try Documents.text(path), path: path) else { continue }
      expected["Tests/DocumentationTests/Generated/" + SnippetGenerator.fileName(of: path)] = tests
    }
    let found = Documents.files(in: "Tests/DocumentationTests/Generated", withExtension: "swift")
    #expect(found == expected.keys.sorted(), "run Scripts/extract-snippets.sh")
    for path in found {
      let isCurrent = try Documents.text(path) == expected[path]
      #expect(isCurrent, "\(path) is stale: run Scripts/extract-snippets.sh")
    }
  }

  @Test(arguments: Documents.pathsWithSnippets)
  func onlyManifestsAreNotRun(_ path: String) throws {
    for block in SnippetGenerator.blocksNotRun(of: try Documents.text(path)) {
      #expect(block.contains(".package("), "a block of \(path) is not run, and is no manifest")
    }
  }

  @Test(arguments: Documents.pathsWithSnippets)
  func everyCommentBehindCodeIsChecked(_ path: String) throws {
    let lines = SnippetGenerator.uncheckedLines(of: try Documents.text(path), path: path)
    #expect(lines.isEmpty, "write what explains a line above it")
  }

  @Test func theManifestInTheReadmeNamesTheProduct() throws {
    let block = try #require(SnippetGenerator.blocksNotRun(of: try Documents.text("README.md")).first)
    let manifest = try Documents.text("Package.swift")
    #expect(block.contains(".product(name: \"Jacobi\", package: \"jacobi\")"))
    #expect(manifest.contains("name: \"jacobi\"") && manifest.contains(".library(name: \"Jacobi\""))
  }

  @Test(arguments: Documents.paths)
  func noDocumentNamesAMachine(_ path: String) throws {
    for (number, line) in try Documents.text(path).split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      // Where such paths begin; none of these places is used.
      for place in ["/work/", "/root/", "/tmp/", "/home/", "/Users/", "/private/", "/opt/", "localhost"]
      where line.contains(place) {
        Issue.record("\(path):\(number + 1) has \(place)")
      }
    }
  }

  @Test(arguments: Documents.paths)
  func linksLeadSomewhere(_ path: String) throws {
    let folder = path.split(separator: "/").dropLast().joined(separator: "/")
    for link in try Documents.text(path).split(separator: "](").dropFirst() {
      let target = link.prefix { $0 != ")" }
      if target.hasPrefix("http") { continue }
      let parts = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let file = parts[0].isEmpty ? path : (folder.isEmpty ? parts[0] : folder + "/" + parts[0])
      #expect(Documents.exists(file), "\(path) links to \(target)")
      if parts.count == 2 {
        let anchors = try Documents.text(file).split(separator: "\n").filter { $0.hasPrefix("#") }.map(Self.anchor)
        #expect(anchors.contains(parts[1]), "\(path) links to \(target)")
      }
    }
  }

  @Test(arguments: Documents.paths)
  func filesThatAreNamedExist(_ path: String) throws {
    let words = try Documents.text(path).split { " `()|,;\n".contains($0) }.map {
      $0.hasSuffix(".") ? $0.dropLast() : $0
    }
    for word in words where ["Sources/", "Tests/", "Scripts/", "Documentation/"].contains(where: word.hasPrefix) {
      let file = word.split(separator: ":")[0].split(separator: "#")[0]
      if file.contains("*") { continue }
      #expect(Documents.exists(String(file)), "\(path) names \(file)")
    }
  }

  @Test func theTargetsOfTheReadmeAreThoseOfThePackage() throws {
    let manifest = try Documents.text("Package.swift")
    let readme = try Documents.text("README.md")
    let declared = manifest.split(separator: "\n").filter { !$0.contains("testTarget") && !$0.contains("path:") }
      .joined(separator: "\n").split(separator: "arget(").dropFirst()
      .compactMap { $0.split(separator: "\"").dropFirst().first.map(String.init) }
      .filter { !$0.hasSuffix("Tests") && $0 != "RandomPrograms" }
    #expect(declared.count >= 10)
    for target in declared { #expect(readme.contains("`\(target)`"), "the README does not name \(target)") }
  }

  @Test func whatTheReadmeSaysIsMissingIsMissing() throws {
    let sections = try Documents.text("README.md").components(separatedBy: "\n## ")
    let section = try #require(sections.first { $0.hasPrefix("What does not work yet") })
    let names = section.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset % 2 == 1 && $0.element.allSatisfy(\.isLetter) }.map { String($0.element) }
    #expect(names.contains("vmap"))
    let sources = try Documents.files(in: "Sources", withExtension: "swift").map(Documents.text)
    for name in names where !["where", "vmap", "cond", "whileLoop"].contains(name) {
      let isDeclared = sources.contains { $0.contains("public func \(name)(") || $0.contains("public func \(name)<") }
      #expect(!isDeclared, "the README says that there is no \(name), but there is")
    }
  }

  /// The anchor of a heading, as GitHub makes it.
  private static func anchor(_ heading: Substring) -> String {
    heading.drop { $0 == "#" || $0 == " " }.lowercased()
      .filter { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" || $0 == " " }
      .replacingOccurrences(of: " ", with: "-")
  }
}
