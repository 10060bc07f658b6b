#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Warnings for people: lines on standard error, each kind once in a process.
package enum Warnings {
  private static let emitted = Lock<Set<String>>([])
  /// Where warnings go instead, in tests; there each is given, however often.
  private static let sink = Lock<(@Sendable (String) -> Void)?>(nil)

  /// Gives a warning of a kind.
  package static func emit(_ kind: String, _ text: @autoclosure () -> String) {
    if let sink = sink.withLock({ $0 }) { return sink(text()) }
    guard emitted.withLock({ $0.insert(kind).inserted }) else { return }
    let line = "jacobi: warning: \(text())\n"
    _ = line.withCString { write(2, $0, strlen($0)) }
  }

  /// Runs the closure with another place for warnings.
  package static func redirected<Result>(to body: @escaping @Sendable (String) -> Void, _ run: () -> Result) -> Result {
    sink.withLock { $0 = body }
    defer { sink.withLock { $0 = nil } }
    return run()
  }
}
