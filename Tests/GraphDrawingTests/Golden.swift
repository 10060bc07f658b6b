import Foundation
import Testing

/// Texts that were looked at and found right, kept as files in `Tests/Golden/GraphDrawing`.
///
/// To rewrite them after a change that was meant, run the tests with `JACOBI_WRITE_GOLDEN=1` in the environment, and look
/// at the difference before committing it.
enum Golden {
  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Golden/GraphDrawing")

  static func expect(_ text: String, matches name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let file = folder.appendingPathComponent(name)
    if ProcessInfo.processInfo.environment["JACOBI_WRITE_GOLDEN"] == "1" {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    let golden = try String(contentsOf: file, encoding: .utf8)
    let lines = (text.split(separator: "\n"), golden.split(separator: "\n"))
    for (number, (line, expected)) in zip(lines.0, lines.1).enumerated() where line != expected {
      #expect(line == expected, "\(name), line \(number + 1)", sourceLocation: sourceLocation)
      return
    }
    #expect(text == golden, "\(name) differs in length", sourceLocation: sourceLocation)
  }
}
