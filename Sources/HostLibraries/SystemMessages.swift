#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What is said on standard error about the environment of the process.
enum SystemMessages {
  /// Writes a line that begins with `warning:`.
  static func warn(_ message: String) {
    let line = Array("warning: \(message)\n".utf8)
    // Standard error, whose stream Swift takes for mutable state.
    _ = write(2, line, line.count)
  }
}
