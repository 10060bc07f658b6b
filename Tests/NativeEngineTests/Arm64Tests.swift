#if os(Linux)
  import Foundation
  import Jacobi
  import JacobiTesting
  import RandomPrograms
  import Testing

  @testable import NativeEngine

  /// Code for another processor: compiled for arm64, and run by an emulator.
  ///
  /// It needs LLVM's tools, a C compiler for arm64 and QEMU; Debian's packages are `llvm-19`, `gcc-aarch64-linux-gnu`,
  /// `libc6-dev-arm64-cross` and `qemu-user`. `JACOBI_ARM64=full` runs the whole catalogue.
  @Suite(.enabled(if: Arm64Tools.installed != nil)) struct Arm64Tests {
    @Test func agrees() throws {
      let isFull = ProcessInfo.processInfo.environment["JACOBI_ARM64"] == "full"
      let tools = try #require(Arm64Tools.installed)
      let folder = FileManager.default.temporaryDirectory.appendingPathComponent("jacobi-arm64-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      let programs = ExportedPrograms(folder)

      for seed in UInt64(0)..<(isFull ? 1000 : 100) {
        let program = try randomProgram(seed: seed)
        let options = [CodeOptions(), .unfused, .divided][Int(seed % 3)]
        try programs.add(program, try randomArguments(for: program, seed: seed), options)
      }
      let engine = ExportingEngine(programs: programs)
      for (index, type) in PrimitiveCatalog.all.enumerated() where isFull || index % 20 == 0 {
        _ = checkLaws(of: [type], laws: [EngineLaw(engine)])
      }

      let output = try Self.run(tools, programs, in: folder)
      print("code for arm64: \(output)")
      #expect(output.hasSuffix("\(programs.names.count) programs, 0 wrong"), "\(output)")
      #expect(programs.names.count > (isFull ? 4000 : 200))
    }

    /// Compiles, links and runs all; what is printed.
    private static func run(_ tools: Arm64Tools, _ programs: ExportedPrograms, in folder: URL) throws -> String {
      try programs.names.map { "PROGRAM(\($0))\n" }.joined()
        .write(to: folder.appendingPathComponent("programs.h"), atomically: false, encoding: .utf8)
      let driver = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Fixtures/arm64/driver.c")
      let passes = CompilationEffort.high.passes(tools.version)
      let target = "-mtriple=aarch64-linux-gnu"
      return try shell(
        """
        set -e
        cd '\(folder.path)'
        ls | grep '[.]ll$' | sed 's/[.]ll$//' | xargs -P 4 -I % sh -c \
          "\(tools.optimizer) \(target) '-passes=\(passes)' %.ll | \(tools.compiler) \(target) -relocation-model=pic \
          -filetype=obj -o %.o"
        \(tools.linker) -O1 -static -fno-pie -no-pie -I . '\(driver.path)' *.o -lm -o all
        \(tools.emulator) ./all
        """)
    }

    /// What a command prints, without line breaks at the ends.
    private static func shell(_ command: String) throws -> String {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      process.arguments = ["-c", command]
      let pipe = Pipe()
      process.standardOutput = pipe
      process.standardError = pipe
      try process.run()
      let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }
  }

  /// LLVM's tools, a C compiler for arm64 and an emulator.
  struct Arm64Tools {
    let version: Int
    var optimizer: String { "opt-\(version)" }
    var compiler: String { "llc-\(version)" }
    let linker = "aarch64-linux-gnu-gcc"
    let emulator = "qemu-aarch64"

    /// The tools, where all are there.
    static let installed: Arm64Tools? = {
      let paths = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
      func exists(_ name: String) -> Bool {
        paths.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(name)") }
      }
      return LLVM.versions.reversed().map { Arm64Tools(version: $0) }.first { tools in
        [tools.optimizer, tools.compiler, tools.linker, tools.emulator].allSatisfy(exists)
      }
    }()
  }
#endif
