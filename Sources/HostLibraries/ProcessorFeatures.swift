#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The instruction sets of the host's processor, as the operating system lists them.
///
/// LLVM knows them, too, but the layers that use BLAS have no LLVM.
package enum ProcessorFeatures {
  /// The names in `/proc/cpuinfo`, such as `avx2`; empty on other systems than Linux.
  package static let current: Set<String> = {
    #if os(Linux)
      guard let file = fopen("/proc/cpuinfo", "r") else { return [] }
      defer { fclose(file) }
      // All processors of a machine list the same features, so the first list is enough.
      var line = [CChar](repeating: 0, count: 1 << 14)
      while fgets(&line, Int32(line.count), file) != nil {
        let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        if let features = list(in: text) { return features }
      }
    #endif
    return []
  }()

  /// Returns the features in a line of `/proc/cpuinfo`, if it is the line that lists them.
  package static func list(in line: String) -> Set<String>? {
    let parts = line.split(separator: ":", maxSplits: 1)
    guard parts.count == 2, let key = parts[0].split(whereSeparator: \.isWhitespace).first else { return nil }
    // x86-64 calls the line "flags", arm64 "Features".
    guard key == "flags" || key == "Features" else { return nil }
    return Set(parts[1].split(whereSeparator: \.isWhitespace).map(String.init))
  }
}
