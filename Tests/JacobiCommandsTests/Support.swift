import Foundation
import JacobiCommands
import Testing

/// The talk's function and point.
let talk = "log(x1) + x1*x2 - sin(x2)"
let talkPoint = ["--at", "x1=2,x2=5"]

func jacobi(_ arguments: [String], input: String = "") -> CommandResult {
  JacobiTool.run(arguments: arguments) { Array(input.utf8) }
}

func jacobi(_ arguments: String...) -> CommandResult { jacobi(arguments) }

/// The fields of the JSON object that a command prints, each as the text that stands there: Foundation's own reader
/// does not give back the last digits of numbers on all systems.
func json(_ arguments: [String], sourceLocation: SourceLocation = #_sourceLocation) throws -> [String: String] {
  let result = jacobi(arguments + ["--json"])
  #expect(result.status == 0, "\(result.errors)", sourceLocation: sourceLocation)
  let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
  let keys = try #require(object, sourceLocation: sourceLocation).keys
  var fields: [String: String] = [:]
  // A field ends before the next one that is outermost, or before the object's end.
  for key in keys {
    guard let start = result.output.range(of: "\"\(key)\": ") else { continue }
    var depth = 0
    let rest = result.output[start.upperBound...]
    let end = rest.firstIndex { character in
      if "[{".contains(character) { depth += 1 }
      if "]}".contains(character) { depth -= 1 }
      return depth < 0 || (depth == 0 && character == ",")
    }
    fields[key] = String(rest[..<(end ?? rest.endIndex)])
  }
  return fields
}

/// Texts that were looked at and found right, kept as files in `Tests/Golden/JacobiCommands`.
///
/// To rewrite them after a change that was meant, run the tests with `JACOBI_WRITE_GOLDEN=1` in the environment, and look
/// at the difference before committing it.
enum Golden {
  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Golden/JacobiCommands")

  static func expect(_ text: String, matches name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let file = folder.appendingPathComponent(name)
    if ProcessInfo.processInfo.environment["JACOBI_WRITE_GOLDEN"] == "1" {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    let golden = try String(contentsOf: file, encoding: .utf8)
    #expect(text == golden, "\(name) differs", sourceLocation: sourceLocation)
  }
}
