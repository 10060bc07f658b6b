#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What the operating system says about memory, in bytes.
package enum SystemMemory {
  /// The memory of the machine.
  static var physicalBytes: Int {
    let (pages, pageSize) = (Int(sysconf(Int32(_SC_PHYS_PAGES))), Int(sysconf(Int32(_SC_PAGESIZE))))
    return pages > 0 && pageSize > 0 ? pages * pageSize : 1 << 34
  }

  /// Memory aligned to a cache line, or nothing when the system does not give it.
  package static func allocate(byteCount: Int) -> UnsafeMutableRawPointer? {
    var pointer: UnsafeMutableRawPointer?
    return posix_memalign(&pointer, 64, byteCount) == 0 ? pointer : nil
  }

  /// Gives memory back that ``allocate(byteCount:)`` gave.
  package static func deallocate(_ pointer: UnsafeMutableRawPointer) { free(pointer) }

  /// Whether two pieces of memory hold the same bytes.
  static func isEqual(_ a: UnsafeRawPointer, _ b: UnsafeRawPointer, byteCount: Int) -> Bool {
    a == b || memcmp(a, b, byteCount) == 0
  }

  #if os(Linux)
    /// The limit of the container or service that the process runs in, where there is one.
    static var containerBytes: Int? { controlGroups.compactMap(\.limit).min() }

    /// What can be had now without anything being killed: free memory, that of caches, and swap.
    static var availableBytes: Int? {
      guard let text = contents(of: "/proc/meminfo"), let kilobytes = number(after: "MemAvailable:", in: text) else {
        return nil
      }
      let free = (kilobytes + (number(after: "SwapFree:", in: text) ?? 0)) * 1024
      return limitedGroups.compactMap(\.available).reduce(free, min)
    }

    /// The control groups that have a limit.
    private static let limitedGroups = controlGroups.filter { $0.limit != nil }

    /// The control groups of this process that count memory, from its own outwards; inside a container its own is
    /// the root
    /// that can be seen.
    private static var controlGroups: [ControlGroup] {
      var groups: [ControlGroup] = []
      for line in (contents(of: "/proc/self/cgroup") ?? "").split(separator: "\n") {
        let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        guard fields.count == 3 else { continue }
        let isUnified = fields[0] == "0" && fields[1].isEmpty
        guard isUnified || fields[1].split(separator: ",").contains("memory") else { continue }
        let root = isUnified ? "/sys/fs/cgroup" : "/sys/fs/cgroup/memory"
        var path = fields[2]
        while let slash = path.lastIndex(of: "/") {
          groups.append(ControlGroup(folder: root + path, isUnified: isUnified))
          path = path[..<slash]
        }
        groups.append(ControlGroup(folder: root, isUnified: isUnified))
      }
      return groups
    }
  #else
    /// Nothing: such limits are not known here.
    static var containerBytes: Int? { nil }
    /// Nothing: what is free says little where memory is compressed and swapped as needed.
    static var availableBytes: Int? { nil }
  #endif
}

#if os(Linux)
  /// A group of processes whose memory Linux counts together, as for a container.
  private struct ControlGroup {
    let folder: String
    /// Whether this is the second version of control groups.
    let isUnified: Bool

    var limit: Int? {
      let text = contents(of: folder + (isUnified ? "/memory.max" : "/memory.limit_in_bytes"))
      // Without a limit: "max", and in the first version a number near the largest one.
      guard let bytes = text.flatMap({ number(in: $0[...]) }), bytes < 1 << 60 else { return nil }
      return bytes
    }

    /// What is left of the limit; caches of files count as free.
    var available: Int? {
      guard let limit,
        let used = contents(of: folder + (isUnified ? "/memory.current" : "/memory.usage_in_bytes")).flatMap({
          number(in: $0[...])
        })
      else { return nil }
      let caches = contents(of: folder + "/memory.stat").flatMap { number(after: "inactive_file ", in: $0) } ?? 0
      return max(0, limit - used + caches)
    }
  }

  /// The text of a file that the kernel writes, up to 64 KiB.
  private func contents(of path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes[..<count], as: UTF8.self)
  }

  /// The number that a text begins with, after spaces.
  private func number(in text: Substring) -> Int? {
    Int(text.drop { $0 == " " }.prefix { $0.isASCII && $0.isNumber })
  }

  /// The number behind a name that begins a line.
  private func number(after name: String, in text: String) -> Int? {
    for line in text.split(separator: "\n") where line.hasPrefix(name) { return number(in: line.dropFirst(name.count)) }
    return nil
  }
#endif
