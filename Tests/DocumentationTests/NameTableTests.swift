import Foundation
import Testing

/// The names in the table for people from NumPy, JAX and PyTorch exist.
@Suite struct NameTableTests {
  /// What the library's sources declare: names, and operators.
  private static let declared: Set<String> = {
    let folders = [
      "HostTensors", "ProgramModule", "Primitives", "LinearAlgebra", "Linearization", "ControlPrimitives", "Transforms",
      "Spectral", "SpecialFunctions", "Engines",
    ]
    let files = folders.flatMap { Documents.files(in: "Sources/" + $0, withExtension: "swift") }
    var names: Set<String> = []
    for line in files.flatMap({ (try? Documents.text($0))?.split(separator: "\n") ?? [] }) {
      let words = line.split { $0 == " " || $0 == "(" || $0 == ":" || $0 == "<" && !line.contains("func .<") }
      // What is indented further is local to a function.
      if words.first?.hasPrefix("//") == true || line.hasPrefix("    ") { continue }
      for (keyword, name) in zip(words, words.dropFirst()) {
        switch keyword {
        case "func", "var", "let", "struct", "enum", "protocol": names.insert(name.filter { $0 != "`" })
        case "case": names.formUnion(words.dropFirst().map { $0.filter { $0 != "," } })
        default: continue
        }
      }
    }
    return names
  }()

  /// What stands between backticks in the last column of the tables.
  private static func cells() throws -> [String] {
    let rows = try Documents.text("Documentation/ComingFromNumPy.md").split(separator: "\n").filter {
      $0.hasPrefix("|")
    }
    return rows.flatMap { row -> [String] in
      guard let cell = row.split(separator: "|", omittingEmptySubsequences: false).dropLast().last else { return [] }
      return cell.split(separator: "`", omittingEmptySubsequences: false).enumerated()
        .filter { $0.offset % 2 == 1 }.map { String($0.element) }
    }
  }

  @Test func everyNameIsDeclared() throws {
    let cells = try Self.cells()
    #expect(cells.count > 100)
    for cell in cells {
      // Without what stands in quotes, and without labels of arguments.
      let code = cell.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
        .filter { $0.offset % 2 == 0 }.map { String($0.element) }.joined()
      let words = code.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == ":") }
      for word in words where !word.hasSuffix(":") && word.count > 1 && word.first?.isLetter == true {
        if ["true", "nil", "self", "data", "mask", "xs", "Double", "Float", "Int", "Bool"].contains(String(word)) {
          continue
        }
        let isDeclared = Self.declared.contains(String(word))
        #expect(isDeclared, "\(word) in \(cell)")
      }
      for symbol in code.split(separator: " ")
      where symbol != "..." && symbol.allSatisfy({ "+-*/.<>=!~&^•".contains($0) }) {
        let isDeclared = Self.declared.contains(String(symbol))
        #expect(isDeclared, "\(symbol) in \(cell)")
      }
    }
  }
}
