#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The file of a library, looked at before it is loaded: the system's loader maps what a file says that it has, and a file
/// that ends before stops the process.
package enum LibraryFile {
  /// Why a file is no library that can be loaded; `nil` where nothing speaks against it.
  ///
  /// On macOS the system's loader checks by itself, and its own libraries have no files.
  package static func problem(_ path: String) -> String? {
    #if os(Linux)
      guard let file = fopen(path, "rbe") else { return String(cString: strerror(errno)).lowercased() }
      defer { fclose(file) }
      guard fseek(file, 0, SEEK_END) == 0 else { return "it is no file" }
      let size = ftell(file)
      guard let header = bytes(file, at: 0, count: 64), header.number(0, 4) == 0x464c_457f else {
        return size == 0 ? "it is empty" : "it is no library of this system"
      }
      // The rest is as in `elf.h`, for 64 bits and the lowest byte first.
      guard header[4] == 2, header[5] == 1, header.number(16, 2) == 3 else { return "it is no library of this system" }
      var end = 64
      let (segments, segmentSize, segmentCount) = (header.number(32, 8), header.number(54, 2), header.number(56, 2))
      let (sections, sectionSize, sectionCount) = (header.number(40, 8), header.number(58, 2), header.number(60, 2))
      guard segmentSize >= 56, segmentCount > 0 else { return "it is no library of this system" }
      end = max(end, segments &+ segmentSize * segmentCount, sections &+ sectionSize * sectionCount)
      guard let table = bytes(file, at: segments, count: segmentSize * segmentCount) else {
        return "it ends too early, after \(size) bytes"
      }
      for index in 0..<segmentCount {
        end = max(end, table.number(index * segmentSize + 8, 8) &+ table.number(index * segmentSize + 32, 8))
      }
      return end > size ? "it ends too early, after \(size) of \(end) bytes" : nil
    #else
      return nil
    #endif
  }

  /// The file that the system's loader is expected to find for a name. A path is returned unchanged.
  package static func find(_ name: String) -> String? {
    if name.utf8.contains(UInt8(ascii: "/")) { return name }
    #if os(Linux)
      let folders = (DynamicLibrary.environment("LD_LIBRARY_PATH") ?? "").split(separator: ":").map(String.init)
      if let path = folders.lazy.map({ "\($0)/\(name)" }).first(where: exists) { return path }
      if let path = cached(name), exists(path) { return path }
      return ["/lib64", "/usr/lib64", "/lib", "/usr/lib"].lazy.map { "\($0)/\(name)" }.first(where: exists)
    #else
      return nil
    #endif
  }

  #if os(Linux)
    private static func exists(_ path: String) -> Bool { access(path, R_OK) == 0 }

    /// The path of a library in the loader's list of all that are installed (`ldconfig`), whose format is that of glibc's
    /// `dl-cache.h`.
    private static func cached(_ name: String) -> String? {
      cache.withUnsafeBufferPointer { cache in
        let (magic, headerSize, entrySize) = (Array("glibc-ld.so.cache1.1".utf8), 48, 24)
        guard cache.count >= headerSize, cache.prefix(magic.count).elementsEqual(magic) else { return nil }
        func number(_ offset: Int) -> Int {
          Int(UnsafeRawBufferPointer(cache).loadUnaligned(fromByteOffset: offset, as: UInt32.self))
        }
        func text(_ offset: Int) -> Slice<UnsafeBufferPointer<UInt8>>? {
          guard offset < cache.count, let end = cache[offset...].firstIndex(of: 0) else { return nil }
          return cache[offset..<end]
        }
        let count = min(number(20), (cache.count - headerSize) / entrySize)
        for index in 0..<count {
          let entry = headerSize + index * entrySize
          guard let key = text(number(entry + 4)), key.elementsEqual(name.utf8) else { continue }
          return text(number(entry + 8)).map { String(decoding: $0, as: UTF8.self) }
        }
        return nil
      }
    }

    private static let cache: [UInt8] = {
      guard let file = fopen("/etc/ld.so.cache", "rbe") else { return [] }
      defer { fclose(file) }
      guard fseek(file, 0, SEEK_END) == 0 else { return [] }
      return bytes(file, at: 0, count: min(ftell(file), 1 << 24)) ?? []
    }()

    private static func bytes(_ file: UnsafeMutablePointer<FILE>, at offset: Int, count: Int) -> [UInt8]? {
      guard offset >= 0, count > 0, fseek(file, offset, SEEK_SET) == 0 else { return nil }
      var bytes = [UInt8](repeating: 0, count: count)
      return fread(&bytes, 1, count, file) == count ? bytes : nil
    }
  #endif
}

extension [UInt8] {
  /// The number of some bytes, the lowest first; one that no file's size can be where they are too many for an `Int`.
  fileprivate func number(_ offset: Int, _ count: Int) -> Int {
    var value = UInt64(0)
    for index in (0..<count).reversed() { value = value << 8 | UInt64(self[offset + index]) }
    return Int(Swift.min(value, 1 << 60))
  }
}
