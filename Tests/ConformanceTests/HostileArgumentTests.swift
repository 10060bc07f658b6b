import Foundation
import Testing

/// Every public operation with hostile arguments under every transform: nothing stops the process, and nothing that is
/// given back makes no sense. The attack is a program of its own, so that a stop is a finding like others.
@Suite struct HostileArgumentTests {
  /// The built program, which lies beside the tests.
  private static let program: URL? = {
    var folder = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    for _ in 0..<5 {
      folder.deleteLastPathComponent()
      let program = folder.appendingPathComponent("hostile-arguments")
      if FileManager.default.isExecutableFile(atPath: program.path) { return program }
    }
    return nil
  }()

  /// A small part; all of it with `JACOBI_ATTACK=full`.
  @Test(.enabled(if: HostileArgumentTests.program != nil))
  func attack() throws {
    let process = Process()
    let program: URL = try #require(Self.program)
    let amount = ProcessInfo.processInfo.environment["JACOBI_ATTACK"]
    process.executableURL = program
    process.arguments = amount.map { [$0] } ?? []
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(text)")
    #expect(text.contains(" 0 findings"))
    print("hostile arguments: \(text.split(separator: "\n").last ?? "nothing")")
  }
}
