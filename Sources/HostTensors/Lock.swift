import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A value behind a lock.
///
/// It is Swift's `Mutex`. In a process with the thread sanitizer, which on Linux does not see what a `Mutex` does, there is
/// a lock of the C library around it.
@usableFromInline
package struct Lock<Value: ~Copyable>: ~Copyable {
  @usableFromInline let mutex: Mutex<Value>
  @usableFromInline let visible: VisibleLock?

  /// A lock around a value.
  @inlinable
  package init(_ value: consuming sending Value) {
    mutex = Mutex(value)
    visible = VisibleLock.isNeeded ? VisibleLock() : nil
  }

  /// Calls the closure with the value, while no other thread has it.
  @inlinable
  @inline(__always)
  package borrowing func withLock<Result: ~Copyable, Failure: Error>(
    _ body: (inout sending Value) throws(Failure) -> sending Result
  ) throws(Failure) -> sending Result {
    visible?.lock()
    defer { visible?.unlock() }
    return try mutex.withLock(body)
  }
}

extension Lock: Sendable where Value: ~Copyable {}

/// A lock that the thread sanitizer knows.
///
/// `@unchecked Sendable`: the pointer does not change, and the C library's functions are safe from any thread.
@usableFromInline
final class VisibleLock: @unchecked Sendable {
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>

  /// Whether somebody looks.
  @usableFromInline static let isNeeded = Sanitizer.current == .thread

  @usableFromInline
  init() {
    mutex = .allocate(capacity: 1)
    pthread_mutex_init(mutex, nil)
  }

  deinit {
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
  }

  @usableFromInline func lock() { pthread_mutex_lock(mutex) }

  @usableFromInline func unlock() { pthread_mutex_unlock(mutex) }
}
