import Foundation
import Testing

/// The names in the table for people from NumPy, JAX and PyTorch exist.
@Suite struct NameTableTests {
  /// The lines of the library's sources that declare something.
  private static let declarations: [String] = {
    let folders = ["TensorModule", "ProgramModule", "Primitives", "Transforms", "Engines"]
    let files = folders.flatMap { Documents.files(in: "Sources/" + $0, withExtension: "swift") }
    return files.flatMap { path in
      (try? Documents.text(path))?.split(separator: "\n").map(String.init).filter { line in
        !line.contains("//")
          && ["func ", "var ", "let ", "case ", "struct ", "enum ", "protocol ", "extension "].contains {
            line.contains($0)
          }
      } ?? []
    }
  }()

  /// The names that declarations give.
  private static let declared: Set<String> = Set(
    declarations.flatMap { line in
      line.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
    })

  /// The operators that are declared, `func .< (`.
  private static let operators: Set<String> = Set(
    declarations.compactMap { line in
      guard let range = line.range(of: "func ") else { return nil }
      let name = line[range.upperBound...].prefix { !$0.isWhitespace && $0 != "(" }
      return name.contains { $0.isLetter } ? nil : String(name)
    })

  /// What stands between backticks in the last column of the tables.
  private static func cells() throws -> [String] {
    let rows = try Documents.text("Documentation/ComingFromNumPy.md").split(separator: "\n").filter { $0.hasPrefix("|") }
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
        if ["true", "nil", "self", "data", "mask", "Double", "Float", "Int", "Bool"].contains(String(word)) { continue }
        #expect(Self.declared.contains(String(word)), "\(word) in \(cell)")
      }
      for symbol in code.split(separator: " ") where symbol.allSatisfy({ "+-*/.<>=!•".contains($0) }) {
        #expect(Self.operators.contains(String(symbol)), "\(symbol) in \(cell)")
      }
    }
  }
}
