import Synchronization

/// A value behind a lock.
///
/// It is Swift's `Mutex`; beside that the thread sanitizer is told who had the value before, which on Linux it cannot see.
package struct Lock<Value: ~Copyable>: ~Copyable {
  @usableFromInline let mutex: Mutex<Value>

  /// A lock around a value.
  @inlinable
  package init(_ value: consuming sending Value) { mutex = Mutex(value) }

  /// Calls the closure with the value, while no other thread has it.
  @inlinable
  package borrowing func withLock<Result: ~Copyable, Failure: Error>(
    _ body: (inout sending Value) throws(Failure) -> sending Result
  ) throws(Failure) -> sending Result {
    try mutex.withLock { (value: inout sending Value) throws(Failure) -> sending Result in
      guard let sanitizer = ThreadSanitizer.current else { return try body(&value) }
      withUnsafeMutablePointer(to: &value) { sanitizer.acquire($0) }
      defer { withUnsafeMutablePointer(to: &value) { sanitizer.release($0) } }
      return try body(&value)
    }
  }
}

extension Lock: Sendable where Value: ~Copyable {}
