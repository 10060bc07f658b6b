#if canImport(Glibc)
  import Foundation
  import NativeEngine
  import Testing

  /// A call of a compiled function asks for no memory but that of its results. It is counted in a program of its own, which
  /// puts itself in front of the C library's functions.
  @Suite(.enabled(if: NativeEngine().availability.isAvailable)) struct AllocationTests {
    /// The built program, which lies beside the tests.
    private static let program: URL? = {
      var folder = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
      for _ in 0..<5 {
        folder.deleteLastPathComponent()
        let program = folder.appendingPathComponent("allocation-counter")
        if FileManager.default.isExecutableFile(atPath: program.path) { return program }
      }
      return nil
    }()

    @Test(.enabled(if: AllocationTests.program != nil)) func onlyResults() throws {
      let process = Process()
      let program: URL = try #require(Self.program)
      process.executableURL = program
      let output = Pipe()
      process.standardOutput = output
      try process.run()
      let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
      // In builds with a sanitizer.
      if text == "nothing is counted\n" { return }
      var counts: [Substring: Int] = [:]
      for line in text.split(separator: "\n") {
        let fields = line.split(separator: " ")
        counts[fields[0]] = Int(fields[1])
      }
      // The counter counts.
      #expect(counts.removeValue(forKey: "array") == 1)
      #expect(counts.count == 12)
      // Functions under jit with one scalar ask for nothing; an executable for the array of results.
      for (name, count) in counts { #expect(count == (name.hasPrefix("jit.") ? 0 : 1000), "\(name)") }
    }
  }
#endif
