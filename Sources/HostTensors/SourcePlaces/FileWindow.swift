#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file that is read piece by piece, so that neither its size nor the memory that is left matter.
///
/// Only a small window of it is in memory. What lies outside of the file, or cannot be read, reads as zeros and sets
/// ``isExhausted``. A window belongs to one thread, so that exclusivity needs no check at run time.
final class FileWindow {
  private static var capacity: Int { 4096 }

  private let descriptor: Int32
  private let memory: UnsafeMutableRawPointer
  /// The part of the file that is in memory.
  @exclusivity(unchecked) private var first = 0
  @exclusivity(unchecked) private var end = 0
  /// Where the next byte is read.
  @exclusivity(unchecked) var offset = 0
  /// No byte is read from here on.
  @exclusivity(unchecked) var limit = Int.max
  /// Whether something was read that is not there.
  @exclusivity(unchecked) private(set) var isExhausted = false

  /// Opens a file; `nil` where that is impossible, or where there is no memory for the window.
  init?(_ path: String) {
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    guard let memory = malloc(Self.capacity) else {
      close(descriptor)
      return nil
    }
    self.memory = memory
  }

  deinit {
    free(memory)
    close(descriptor)
  }

  /// Goes to a part of the file.
  func seek(_ offset: Int, limit: Int = .max) {
    self.offset = offset
    self.limit = limit
    isExhausted = false
  }

  /// Whether there is more to read.
  var hasMore: Bool { offset < limit && !isExhausted }

  /// The next bytes, as a number with the lowest byte first.
  func number(_ byteCount: Int) -> Int {
    guard offset >= 0, offset <= limit - byteCount, fill(byteCount) else {
      isExhausted = true
      return 0
    }
    let start = UnsafeRawPointer(memory) + (offset - first)
    offset += byteCount
    switch byteCount {
    case 1: return Int(start.load(as: UInt8.self))
    case 2: return Int(start.loadUnaligned(as: UInt16.self))
    case 4: return Int(start.loadUnaligned(as: UInt32.self))
    case 8: return Int(truncatingIfNeeded: start.loadUnaligned(as: UInt64.self))
    default:
      var value = 0
      for index in 0..<byteCount { value |= Int((start + index).load(as: UInt8.self)) << (8 * index) }
      return value
    }
  }

  /// The next byte, with its sign.
  func signedByte() -> Int { Int(Int8(truncatingIfNeeded: number(1))) }

  /// The next number of variable length ("LEB128" in the DWARF standard).
  func variableNumber() -> Int {
    var (value, shift) = (0, 0)
    while true {
      let byte = number(1)
      if shift < 64 { value |= (byte & 0x7f) << shift }
      if byte < 0x80 || isExhausted { return value }
      shift += 7
    }
  }

  /// The next number of variable length with a sign.
  func signedVariableNumber() -> Int {
    var (value, shift) = (0, 0)
    while true {
      let byte = number(1)
      if shift < 64 { value |= (byte & 0x7f) << shift }
      shift += 7
      if byte < 0x80 || isExhausted {
        return byte & 0x40 != 0 && shift < 64 ? value | -1 << shift : value
      }
    }
  }

  /// Goes over some bytes.
  func skip(_ byteCount: Int) {
    guard byteCount >= 0, byteCount <= limit - offset else {
      isExhausted = true
      return
    }
    offset += byteCount
  }

  /// Goes behind the next byte that is 0.
  func skipText() { while number(1) != 0 && !isExhausted {} }

  /// The text that ends at the next byte that is 0, which is cut where it is too long for a name.
  func text() -> String {
    var bytes: [UInt8] = []
    while bytes.count < 4096, !isExhausted {
      let byte = number(1)
      if byte == 0 { break }
      bytes.append(UInt8(truncatingIfNeeded: byte))
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Sees to it that some bytes are in memory.
  private func fill(_ byteCount: Int) -> Bool {
    if offset >= first && offset + byteCount <= end { return true }
    var count = 0
    while count < Self.capacity {
      let got = pread(descriptor, memory + count, Self.capacity - count, off_t(offset + count))
      if got <= 0 { break }
      count += got
    }
    (first, end) = (offset, offset + count)
    return count >= byteCount
  }
}
