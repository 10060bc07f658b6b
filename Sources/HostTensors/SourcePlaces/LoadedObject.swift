#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file of machine code in this process: the executable, or a library.
struct LoadedObject: Hashable {
  /// The path of the file.
  var path: String
  /// How far its addresses have been moved.
  var shift: Int

  /// The objects that some addresses are in: one for each address, where there is one. Code that was made while the
  /// process runs is in none.
  static func containing(_ addresses: [Int]) -> [LoadedObject?] {
    var search = Search(addresses: addresses, found: [LoadedObject?](repeating: nil, count: addresses.count))
    #if os(Linux)
      guard let visitAll else { return search.found }
      withUnsafeMutablePointer(to: &search) { search in
        _ = visitAll(
          { information, _, search in
            guard let information, let search else { return 0 }
            search.assumingMemoryBound(to: Search.self).pointee.visit(information)
            return 0
          }, search)
      }
    #endif
    return search.found
  }

  private struct Search {
    let addresses: [Int]
    var found: [LoadedObject?]

    /// Looks at one object, which is described as in the C library's header `link.h`: the shift, the name, the list of
    /// segments, and how many there are.
    mutating func visit(_ information: UnsafeRawPointer) {
      let shift = information.load(as: Int.self)
      guard let segments = information.load(fromByteOffset: 16, as: UnsafeRawPointer?.self) else { return }
      for index in 0..<Int(information.load(fromByteOffset: 24, as: UInt16.self)) {
        // As in `elf.h`: the type, which is 1 for what is loaded; where it is in memory; how large it is there.
        let segment = segments + index * 56
        guard segment.load(as: UInt32.self) == 1 else { continue }
        let start = shift &+ segment.load(fromByteOffset: 16, as: Int.self)
        let end = start &+ segment.load(fromByteOffset: 40, as: Int.self)
        for place in addresses.indices where addresses[place] >= start && addresses[place] < end {
          let name =
            information.load(fromByteOffset: 8, as: UnsafePointer<CChar>?.self)
            .map { String(cString: $0) } ?? ""
          found[place] = LoadedObject(path: name.isEmpty ? "/proc/self/exe" : name, shift: shift)
        }
      }
    }
  }

  private typealias Visitor = @convention(c) (UnsafeRawPointer?, Int, UnsafeMutableRawPointer?) -> Int32

  /// `dl_iterate_phdr` of the C library, which Swift's module does not have.
  private static let visitAll: (@convention(c) @Sendable (Visitor, UnsafeMutableRawPointer?) -> Int32)? = dlsym(
    dlopen(nil, RTLD_NOW), "dl_iterate_phdr"
  ).map { unsafeBitCast($0, to: (@convention(c) @Sendable (Visitor, UnsafeMutableRawPointer?) -> Int32).self) }
}
