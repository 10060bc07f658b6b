#if os(Linux)
  import Foundation
  import HostLibraries
  import Testing

  /// Files that stop the process when the system's loader maps them are refused before.
  @Suite struct LibraryFileTests {
    private func withFile(_ bytes: Data, _ body: (String) throws -> Void) throws {
      let file = FileManager.default.temporaryDirectory.appendingPathComponent("jacobi-\(UUID()).so")
      try bytes.write(to: file)
      defer { try? FileManager.default.removeItem(at: file) }
      try body(file.path)
    }

    private func reason(_ path: String) -> String? {
      do throws(LibraryMissing) { _ = try DynamicLibrary(path) } catch { return error.reason }
      return nil
    }

    private static let math = LibraryFile.find("libm.so.6")

    @Test func wholeLibraries() throws {
      let path = try #require(Self.math)
      #expect(LibraryFile.problem(path) == nil)
      #expect(reason(path) == nil)
      #expect(reason("libm.so.6") == nil)
      #expect(LibraryFile.find("libnosuch.so.77") == nil)
    }

    @Test func truncatedLibraries() throws {
      let whole = try Data(contentsOf: URL(fileURLWithPath: try #require(Self.math)))
      for count in [0, 1, 63, 64, 100, 5000, whole.count / 2, whole.count - 1] {
        try withFile(whole.prefix(count)) { path in
          let problem = try #require(reason(path))
          #expect(problem.hasPrefix("it "), "\(count): \(problem)")
        }
      }
    }

    @Test func otherFiles() throws {
      #expect(reason("/no/such/file") == "no such file or directory")
      #expect(reason("/etc/passwd") == "it is no library of this system")
      #expect(reason("/tmp") != nil)
      try withFile(Data("INPUT(libm.so.6)\n".utf8)) { #expect(reason($0) == "it is no library of this system") }
      var whole = try Data(contentsOf: URL(fileURLWithPath: try #require(Self.math)))
      // Of 32 bits, or with tables that lie beyond any file.
      whole[4] = 1
      try withFile(whole) { #expect(reason($0) == "it is no library of this system") }
      whole[4] = 2
      for byte in 40..<48 { whole[byte] = 0xff }
      try withFile(whole) { #expect(reason($0)?.hasPrefix("it ends too early") == true) }
    }
  }
#endif
