#if os(Linux)
  import Foundation
  import Testing

  @testable import HostTensors

  /// Files that are no executables, or damaged ones.
  @Suite struct ObjectFileTests {
    private func withFile<Result>(_ bytes: [UInt8], _ body: (String) throws -> Result) throws -> Result {
      let file = FileManager.default.temporaryDirectory.appendingPathComponent("jacobi-\(UUID())")
      try Data(bytes).write(to: file)
      defer { try? FileManager.default.removeItem(at: file) }
      return try body(file.path)
    }

    @Test func noObjectFiles() throws {
      #expect(ObjectFile("/no/such/file") == nil)
      #expect(ObjectFile("/etc") == nil)
      #expect(ObjectFile("/etc/passwd") == nil)
      try withFile([]) { #expect(ObjectFile($0) == nil) }
    }

    /// Code that was made while the process runs is in no file.
    @Test func addressesOfNobody() {
      #expect(LoadedObject.containing([16, -1]).allSatisfy { $0 == nil })
      #expect(LoadedObject.containing([CapturedStack.capture()?.addresses[0] ?? 0])[0] != nil)
    }

    /// An object file whose debug information is these bytes.
    private func file(_ sections: [(name: String, bytes: [UInt8])]) -> [UInt8] {
      var file = [UInt8](repeating: 0, count: 64)
      func put(_ value: Int, _ count: Int, at offset: Int) {
        for index in 0..<count { file[offset + index] = UInt8(truncatingIfNeeded: value >> (8 * index)) }
      }
      var names: [UInt8] = [0]
      var table: [(name: Int, start: Int, count: Int)] = [(0, 0, 0)]
      for (name, bytes) in sections {
        table.append((names.count, file.count, bytes.count))
        names += Array(name.utf8) + [0]
        file += bytes
      }
      table.append((0, file.count, names.count))
      file += names
      let start = file.count
      file += [UInt8](repeating: 0, count: table.count * 64)
      for (index, entry) in table.enumerated() {
        put(entry.name, 4, at: start + index * 64)
        put(1, 4, at: start + index * 64 + 4)
        put(entry.start, 8, at: start + index * 64 + 24)
        put(entry.count, 8, at: start + index * 64 + 32)
      }
      put(0x464c_457f, 4, at: 0)
      put(2, 1, at: 4)
      put(1, 1, at: 5)
      put(start, 8, at: 0x28)
      put(64, 2, at: 0x3a)
      put(table.count, 2, at: 0x3c)
      put(table.count - 1, 2, at: 0x3e)
      return file
    }

    /// A unit of version 4 with one function, from 0x1000 to 0x1100, in which line 7 begins at 0x1000 and line 9 at 0x1010.
    private static let information: [UInt8] =
      [0x20, 0, 0, 0, 4, 0, 0, 0, 0, 0, 8, 1] + Array("a.swift".utf8) + [0, 0, 0, 0, 0]
      + [0x00, 0x10, 0, 0, 0, 0, 0, 0] + [0x00, 0x01, 0, 0]
    private static let abbreviations: [UInt8] = [1, 0x11, 0, 0x03, 0x08, 0x10, 0x17, 0x11, 0x01, 0x12, 0x06, 0, 0, 0]
    private static let lines: [UInt8] = {
      let lists: [UInt8] = Array("/source".utf8) + [0, 0] + Array("a.swift".utf8) + [0, 1, 0, 0, 0]
      let header: [UInt8] = [1, 1, 1, 0xfb, 14, 13] + [0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1] + lists
      let program: [UInt8] =
        [0, 9, 2, 0x00, 0x10, 0, 0, 0, 0, 0, 0] + [3, 6, 1, 2, 0x10, 3, 2, 1, 2, 0xf0, 0x01, 0, 1, 1]
      let content = [4, 0, UInt8(header.count), 0, 0, 0] + header + program
      return [UInt8(content.count), 0, 0, 0] + content
    }()

    private func place(_ object: ObjectFile, _ address: Int) -> String? {
      let index = UnitIndex(of: object)
      guard let start = index.unit(containing: address), let unit = object.unit(at: start),
        let table = LineTable(of: unit, in: object), let line = table.line(of: address)
      else { return nil }
      _ = object.inlinedCalls(at: address, in: unit)
      return "\(table.path(line.file)):\(line.line)"
    }

    private static let whole = [
      (".debug_info", information), (".debug_abbrev", abbreviations), (".debug_line", lines),
    ]

    @Test func linesOfAddresses() throws {
      try withFile(file(Self.whole)) { path in
        let object = try #require(ObjectFile(path))
        #expect(place(object, 0x1000) == "/source/a.swift:7")
        #expect(place(object, 0x100f) == "/source/a.swift:7")
        #expect(place(object, 0x1010) == "/source/a.swift:9")
        #expect(place(object, 0x10ff) == "/source/a.swift:9")
        #expect(place(object, 0x1100) == nil)
        #expect(place(object, 0xfff) == nil)
      }
    }

    /// A stripped executable has no debug information, and no places.
    @Test func withoutDebugInformation() throws {
      try withFile(file([])) { #expect(ObjectFile($0) == nil) }
    }

    /// Whatever is in the sections: no crash, and an end.
    @Test func damagedFiles() throws {
      let seed = UInt64.random(in: 0...UInt64.max)
      print("damaged object files: seed \(seed)")
      var state = seed
      func random(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % bound
      }
      let whole = file(Self.whole)
      for _ in 0..<2000 {
        var bytes = whole
        for _ in 0...random(6) { bytes[random(bytes.count)] = [0, 1, 0x7f, 0x80, 0xff, UInt8(random(256))][random(6)] }
        if random(4) == 0 { bytes.removeLast(random(bytes.count)) }
        try withFile(bytes) { path in
          guard let object = ObjectFile(path) else { return }
          for address in [0x1000, 0x1010] { _ = place(object, address) }
        }
      }
    }
  }
#endif
