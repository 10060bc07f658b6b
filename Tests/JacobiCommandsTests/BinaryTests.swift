import Foundation
import Testing

/// The tool as a process of its own, with its own stack.
@Suite(.serialized) struct BinaryTests {
  /// The built tool, which lies beside the tests.
  static let tool: URL? = {
    var folder = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    for _ in 0..<5 {
      folder.deleteLastPathComponent()
      let tool = folder.appendingPathComponent("jacobi")
      if FileManager.default.isExecutableFile(atPath: tool.path) { return tool }
    }
    return nil
  }()

  /// Runs the tool with the function on standard input.
  private func run(
    _ arguments: [String], input: String, environment: [String: String] = [:]
  ) throws -> (status: Int32, output: String) {
    let process = Process()
    let tool: URL = try #require(Self.tool)
    process.executableURL = tool
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
    // Through files: nothing can block on a full pipe.
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("jacobi-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (inFile, outFile) = (folder.appendingPathComponent("in"), folder.appendingPathComponent("out"))
    try Data(input.utf8).write(to: inFile)
    try Data().write(to: outFile)
    process.standardInput = try FileHandle(forReadingFrom: inFile)
    process.standardOutput = try FileHandle(forWritingTo: outFile)
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationReason == .exit)
    return (process.terminationStatus, String(decoding: try Data(contentsOf: outFile), as: UTF8.self))
  }

  @Test(.enabled(if: BinaryTests.tool != nil))
  func exitStatuses() throws {
    let gradient = try run(["grad", talk] + talkPoint, input: "")
    #expect(gradient.status == 0)
    #expect(gradient.output == "value = 11.652071455223084\ngradient\n  x1 = 5.5\n  x2 = 1.7163378145367738\n")
    #expect(try run(["check", "abs(x) + abs(x)*(x > 0)", "--at", "x=0"], input: "").status == 1)
    #expect(try run(["grad"], input: "").status == 64)
    #expect(try run(["grad", "x +"], input: "").status == 65)
    #expect(try run([], input: "").status == 0)
  }

  /// A library that was asked for and cannot be used is named, not passed over.
  @Test(.enabled(if: BinaryTests.tool != nil)) func chosenLibraries() throws {
    func version(_ path: String) throws -> String {
      try run(["--version"], input: "", environment: ["JACOBI_BLAS": path]).output
    }
    let missing = "matrix products without a library, as JACOBI_BLAS names /no/such/library, which cannot be loaded: "
    #expect(try version("/no/such/library").contains("reference engine: available (evaluates on the host, \(missing)"))
    #expect(try version("none").contains("as JACOBI_BLAS is 'none')"))
    #if os(Linux)
      #expect(
        try version("libc.so.6").contains(
          "as JACOBI_BLAS is libc.so.6, but libc.so.6 does not have the products of CBLAS)"))
    #endif
  }

  @Test(.enabled(if: BinaryTests.tool != nil), arguments: ["grad", "trace", "hessian", "check"])
  func deep(command: String) throws {
    for (name, source) in DepthTests.formulas {
      let result = try run([command, "--file", "-", "--at", "x=0.5"], input: source)
      #expect([0, 1, 65].contains(result.status), "\(name)")
    }
  }
}
