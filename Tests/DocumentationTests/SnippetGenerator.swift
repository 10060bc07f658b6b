/// Turns the Swift blocks of a Markdown document into a file of tests.
///
/// - Declarations at the left margin (`func`, `struct`, ...) are visible in the whole document.
/// - Everything else runs from top to bottom, in one test for each `## ` section.
/// - The value of `expression  // text` must print as the text; so must `print(expression)` with the text behind it, or
///   in comments on the lines below it. Numbers may differ in the last digits; behind `≈` they may differ by a tenth.
/// - A block that begins with ```` ```swift no-run ```` is left out.
///
/// `Scripts/extract-snippets.sh` compiles this file into a small tool; the tests use it to see that nothing is stale.
struct SnippetGenerator {
  /// The document's path from the root of the package.
  let path: String
  private var fileScope: [String] = []
  private var sections: [Section] = []
  /// Lines with a comment behind code that is no expression, so that what the comment says is not checked.
  private(set) var uncheckedLines: [String] = []

  private struct Section {
    var title: String
    var lines: [String] = []
    var checkCount = 0
  }

  /// The tests of a document; `nil` when it has no block to run.
  static func tests(of text: String, path: String) -> String? {
    var generator = SnippetGenerator(path: path)
    generator.read(text)
    return generator.sections.contains { !$0.lines.isEmpty } ? generator.file : nil
  }

  /// The lines whose comment looks like an expected text but is not checked.
  static func uncheckedLines(of text: String, path: String) -> [String] {
    var generator = SnippetGenerator(path: path)
    generator.read(text)
    return generator.uncheckedLines
  }

  /// The Swift blocks that are not run.
  static func blocksNotRun(of text: String) -> [String] {
    var blocks: [String] = []
    var isInside = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if isInside {
        if line == "```" { isInside = false } else { blocks[blocks.count - 1] += line + "\n" }
      } else if line == "```swift no-run" {
        isInside = true
        blocks.append("")
      }
    }
    return blocks
  }

  /// The name of the file with the tests of a document.
  static func fileName(of path: String) -> String { identifier(path) + "Snippets.swift" }

  private init(path: String) { self.path = path }

  private static func identifier(_ path: String) -> String {
    let name = path.hasSuffix(".md") ? String(path.dropLast(3)) : path
    return name.split { !$0.isLetter && !$0.isNumber }.joined(separator: "_")
  }
}

// MARK: - Reading

extension SnippetGenerator {
  private mutating func read(_ text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    sections = [Section(title: path)]
    var index = 0
    while index < lines.count {
      let line = lines[index]
      index += 1
      if line.hasPrefix("## ") { sections.append(Section(title: String(line.dropFirst(3)))) }
      guard line.hasPrefix("```") else { continue }
      let start = index
      while index < lines.count, lines[index] != "```" { index += 1 }
      if line == "```swift" { add(Array(lines[start..<min(index, lines.count)]), firstLine: start + 1) }
      index += 1
    }
  }

  /// Adds one block. Each line keeps its number, so that errors point into the document.
  private mutating func add(_ block: [String], firstLine: Int) {
    var statements = block
    var declarations = [String](repeating: "", count: block.count)
    var index = 0
    while index < block.count {
      let start = index
      index += 1
      if block[start].hasPrefix("import ") { statements[start] = "" }
      guard Self.isDeclaration(block[start]) else { continue }
      if !block[start].hasSuffix("}") {
        while index < block.count, block[index] != "}" { index += 1 }
        index = min(index + 1, block.count)
      }
      for line in start..<index {
        declarations[line] = block[line]
        statements[line] = ""
      }
      if !block[start].hasPrefix("extension") { declarations[start] = "private " + block[start] }
    }
    if declarations.contains(where: { !$0.isEmpty }) { fileScope += placed(declarations, firstLine) }
    let section = sections.count - 1
    for end in statements.indices { checkStatement(endingAt: end, &statements, section) }
    let checked = statements.indices.map { checkedLine($0, statements, section) }
    if checked.contains(where: { !$0.isEmpty }) { sections[section].lines += placed(checked, firstLine) }
  }

  private func placed(_ lines: [String], _ firstLine: Int) -> [String] {
    ["#sourceLocation(file: \"\(path)\", line: \(firstLine))"] + lines + ["#sourceLocation()"]
  }

  private static func isDeclaration(_ line: String) -> Bool {
    ["func ", "struct ", "enum ", "protocol ", "extension ", "final class "].contains { line.hasPrefix($0) }
  }

  /// A line with its expected text turned into a check.
  private mutating func checkedLine(_ index: Int, _ lines: [String], _ section: Int) -> String {
    let line = lines[index]
    let indent = String(line.prefix { $0 == " " })
    let body = line.dropFirst(indent.count)
    let (code, comment) = Self.splitComment(body)
    let isPrint = code.hasPrefix("print(") && code.hasSuffix(")")
    let expression = isPrint ? String(code.dropFirst(6).dropLast()) : code
    var expected = comment
    if isPrint && comment == nil {
      let below = lines[(index + 1)...].prefix { $0.hasPrefix(indent + "//") }
      let texts = below.map { line in
        let text = line.dropFirst(indent.count + 2)
        return String(text.hasPrefix(" ") ? text.dropFirst() : text)
      }
      if !texts.isEmpty { expected = texts.joined(separator: "\n") }
    }
    guard let expected, isPrint || (indent.isEmpty && Self.isExpression(code)) else {
      if comment != nil { uncheckedLines.append(line) }
      return line
    }
    let number = sections[section].checkCount
    sections[section].checkCount += 1
    return "\(indent)checks.expect(\(number), \(expression), \(Self.literal(expected)))"
  }

  /// Turns an expression of several lines, whose last line is `}(x)  // text`, into a check.
  private mutating func checkStatement(endingAt end: Int, _ lines: inout [String], _ section: Int) {
    guard lines[end].hasPrefix("}") else { return }
    let (code, comment) = Self.splitComment(lines[end][...])
    guard let comment, let start = lines[..<end].lastIndex(where: { !$0.isEmpty && !" }".contains($0.prefix(1)) }),
      Self.isExpression(lines[start] + " _")
    else { return }
    lines[start] = "checks.expect(\(sections[section].checkCount), " + lines[start]
    lines[end] = "\(code), \(Self.literal(comment)))"
    sections[section].checkCount += 1
  }

  /// A string as source, of one line.
  private static func literal(_ text: String) -> String {
    "#\"" + text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\\#n") + "\"#"
  }

  /// The code and the comment of a line; the comment stands two spaces behind the code.
  private static func splitComment(_ line: Substring) -> (code: String, comment: String?) {
    let characters = Array(line)
    var index = 0
    while index + 4 < characters.count {
      if characters[index..<(index + 5)].elementsEqual("  // ") && index > 0 {
        return (String(characters[..<index]), String(characters[(index + 5)...]))
      }
      index += 1
    }
    return (String(line), nil)
  }

  private static func isExpression(_ code: String) -> Bool {
    if code.hasSuffix("{") || code.hasPrefix("}") || code.hasPrefix("//") || code.hasPrefix(")") { return false }
    let statements = ["let ", "var ", "for ", "while ", "if ", "guard ", "return ", "do ", "switch ", "_ "]
    return !code.isEmpty && !statements.contains { code.hasPrefix($0) } && !code.contains(" = ")
      && !code.contains("+= ")
  }
}

// MARK: - Writing

extension SnippetGenerator {
  private var file: String {
    var lines = [
      "// swift-format-ignore-file",
      "// Made from \(path) by Scripts/extract-snippets.sh; change the document, not this file.",
      "import Jacobi",
      "import JacobiTesting",
      "import Testing",
      "",
    ]
    lines += fileScope
    lines += ["", "@Suite(\"\(path)\") struct \(Self.identifier(path))Snippets {"]
    var number = 0
    for section in sections where !section.lines.isEmpty {
      number += 1
      lines += ["  @Test(\"\(section.title)\") func section\(number)() throws {"]
      lines += ["    let checks = SnippetChecks(count: \(section.checkCount))"]
      lines += section.lines
      lines += ["    checks.finish()", "  }"]
    }
    return (lines + ["}"]).joined(separator: "\n") + "\n"
  }
}
