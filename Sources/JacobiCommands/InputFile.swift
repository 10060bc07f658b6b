#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file that a function is read from: also a pipe with a name, or what a shell makes of `<(command)`.
enum InputFile {
  /// Why a file cannot be read.
  struct Failure: Error {
    let reason: String

    /// What the system's last error was.
    static var last: Failure { Failure(reason: String(cString: strerror(errno))) }
  }

  /// No function has more bytes, and `/dev/zero` has.
  static let largestCount = 1 << 26

  /// All bytes of a file.
  static func read(_ path: String) -> Result<[UInt8], Failure> {
    if path.utf8.contains(0) { return .failure(Failure(reason: "its name has a zero byte")) }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 { return .failure(.last) }
    defer { close(descriptor) }
    return read(descriptor)
  }

  /// All bytes up to the end of an open file.
  static func read(_ descriptor: Int32) -> Result<[UInt8], Failure> {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    let size = chunk.count
    while true {
      let count = chunk.withUnsafeMutableBytes { systemRead(descriptor, $0.baseAddress, size) }
      if count < 0 && errno == EINTR { continue }
      if count < 0 { return .failure(.last) }
      if count == 0 { return .success(bytes) }
      bytes += chunk[..<count]
      if bytes.count > largestCount {
        return .failure(Failure(reason: "it has more than \(largestCount) bytes"))
      }
    }
  }

  #if canImport(Glibc)
    private static let systemRead = Glibc.read
  #elseif canImport(Musl)
    private static let systemRead = Musl.read
  #elseif canImport(Darwin)
    private static let systemRead = Darwin.read
  #endif
}
