#if !os(Windows)
  import Foundation
  import Testing

  /// The tool as a process whose streams are closed, full, pipes, or read by nobody.
  @Suite(.enabled(if: BinaryTests.tool != nil)) struct StreamTests {
    /// Runs a line of the shell in which `$T` is the tool.
    private func shell(_ line: String) throws -> (status: Int32, output: String, errors: String) {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/bin/bash")
      process.arguments = ["-c", line]
      process.environment = ProcessInfo.processInfo.environment.merging(
        ["T": try #require(BinaryTests.tool).path], uniquingKeysWith: { _, new in new })
      let (output, errors) = (Pipe(), Pipe())
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = output
      process.standardError = errors
      try process.run()
      // All of it is shorter than a pipe.
      let texts = [output, errors].map {
        String(decoding: $0.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      }
      process.waitUntilExit()
      #expect(process.terminationReason == .exit, "\(line)")
      return (process.terminationStatus, texts[0], texts[1])
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"))) func fullOutput() throws {
      let result = try shell("\"$T\" eval x^2 --at x=3 > /dev/full")
      #expect(result.status == 74)
      #expect(result.errors == "error: standard output cannot be written: No space left on device\n")
    }

    @Test func closedStreams() throws {
      let output = try shell("\"$T\" eval x^2 --at x=3 >&-")
      #expect(output.status == 74)
      #expect(output.errors == "error: standard output cannot be written: Bad file descriptor\n")
      let input = try shell("\"$T\" eval --file - --at x=3 <&-")
      #expect(input.status == 65)
      #expect(input.errors.hasPrefix("error: standard input cannot be read\n"))
      let unused = try shell("\"$T\" eval x^2 --at x=3 <&- 2>&-")
      #expect(unused.status == 0)
      #expect(unused.output == "value = 9\n")
      #expect(try shell("\"$T\" eval 'x^' --at x=3 2>&-").status == 65)
      #expect(try shell("\"$T\" eval x --at x=3 >&- 2>&- <&-").status == 74)
    }

    /// As `yes | head -1`: quietly, by the signal.
    @Test func nobodyReads() throws {
      let result = try shell("\"$T\" help | true; echo ${PIPESTATUS[0]}")
      #expect(result.errors == "")
      #expect(result.output == "141\n" || result.output == "0\n")
      // Where the signal is ignored, there is the error instead.
      let ignored = try shell("trap '' PIPE; { sleep 0.3; \"$T\" help; echo $? >&2; } | true")
      #expect(ignored.errors == "141\n")
    }

    @Test func pipes() throws {
      let substituted = try shell("\"$T\" eval --file <(echo x^2) --at x=3")
      #expect(substituted.output == "value = 9\n")
      #expect(substituted.status == 0)
      let named = try shell(
        "D=$(mktemp -d); mkfifo $D/f; (echo x^3 > $D/f &); \"$T\" eval --file $D/f --at x=3; S=$?; rm -r $D; exit $S")
      #expect(named.output == "value = 27\n")
      #expect(named.status == 0)
      #expect(try shell("echo x^4 | \"$T\" eval --file /dev/stdin --at x=3").output == "value = 81\n")
      #expect(try shell("echo x^4 | \"$T\" eval --file - --at x=3").output == "value = 81\n")
    }

    @Test func filesThatCannotBeRead() throws {
      let folder = try shell("\"$T\" eval --file / --at x=3")
      #expect(folder.status == 65)
      #expect(folder.errors == "error: the file '/' cannot be read: Is a directory\n")
      let endless = try shell("\"$T\" eval --file /dev/zero --at x=3")
      #expect(endless.status == 65)
      #expect(endless.errors.hasPrefix("error: the file '/dev/zero' cannot be read: it has more than "))
    }

    /// A library that cannot be used is said to be, once, and by `--version` too.
    @Test func librariesThatCannotBeUsed() throws {
      let product = "eval 'sum(matmul(A, A))' --at 'A=[[1,2],[3,4]]'"
      let used = try shell("JACOBI_BLAS=/no/such \"$T\" \(product)")
      #expect(used.output == "value = 54\n")
      let version = try shell("JACOBI_BLAS=/no/such \"$T\" --version")
      let reason = "as JACOBI_BLAS names /no/such, which cannot be loaded: no such file or directory"
      #expect(version.errors == "warning: products of matrices are computed without a library, \(reason)\n")
      #expect(version.output.contains("matrix products without a library, \(reason)"))
      #expect(try shell("JACOBI_BLAS=none \"$T\" --version").errors == "")
    }

    /// Versions of LLVM that are too old are unavailable, and not found out by a compilation that fails.
    @Test func versionsOfLLVM() throws {
      let old = try shell("JACOBI_LLVM=libLLVM-14.so.1 \"$T\" grad 'sin(x)' --at x=1 --engine native")
      #expect(old.status == 64)
      #expect(!old.errors.contains("mistake in Jacobi"))
      #expect(old.errors.contains("which is too old") || old.errors.contains("which cannot be loaded"))
      #expect(old.errors.contains("apt-get install libllvm19"))
      let other = try shell("JACOBI_LLVM=libm.so.6 \"$T\" --version")
      #expect(other.output.contains("native engine: not available: libm.so.6 is no library of LLVM"))
    }
  }
#endif
