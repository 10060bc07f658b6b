import Foundation
import Testing

/// The README shows what the tool prints.
@Suite struct CommandLineTests {
  /// The built tool, which lies beside the tests.
  private static func tool() throws -> URL {
    var folder = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    for _ in 0..<6 {
      folder.deleteLastPathComponent()
      let tool = folder.appendingPathComponent("jacobi")
      if FileManager.default.isExecutableFile(atPath: tool.path) { return tool }
    }
    struct NotBuilt: Error {}
    Issue.record("the tool is not built: swift build --product jacobi")
    throw NotBuilt()
  }

  /// What Scripts/demo.sh prints with the tool.
  private static func demo() throws -> String {
    let output = FileManager.default.temporaryDirectory.appendingPathComponent("jacobi-demo-\(UUID())")
    try Data().write(to: output)
    defer { try? FileManager.default.removeItem(at: output) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = [Documents.root.appendingPathComponent("Scripts/demo.sh").path, try tool().path]
    process.standardOutput = try FileHandle(forWritingTo: output)
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return try String(contentsOf: output, encoding: .utf8)
  }

  @Test func theReadmeShowsTheDemo() throws {
    let lines = try #require(Documents.lines(of: try Documents.text("README.md"), between: "demo"))
    let shown = lines.dropFirst().dropLast().joined(separator: "\n") + "\n"
    #expect(lines.first == "```console" && lines.last == "```")
    let demo = try Self.demo()
    let hasValue = demo.contains("11.652071455223084")
    #expect(hasValue)
    let isCurrent = PrintedText.matches(demo, shown)
    #expect(isCurrent, "run Scripts/update-readme.sh")
  }
}
