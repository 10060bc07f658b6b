#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What the thread sanitizer is told in a process that was built with it (`swift build --sanitize=thread`).
@usableFromInline
struct ThreadSanitizer: Sendable {
  @usableFromInline typealias Note = @convention(c) @Sendable (UnsafeMutableRawPointer) -> Void

  /// This thread sees what was done before the last release of an address.
  @usableFromInline let acquire: Note
  /// What this thread did is seen by the next that acquires the address.
  @usableFromInline let release: Note

  /// The sanitizer of this process.
  @usableFromInline static let current: ThreadSanitizer? = {
    guard let process = dlopen(nil, RTLD_NOW), let acquire = dlsym(process, "__tsan_acquire"),
      let release = dlsym(process, "__tsan_release")
    else { return nil }
    return ThreadSanitizer(
      acquire: unsafeBitCast(acquire, to: Note.self), release: unsafeBitCast(release, to: Note.self))
  }()
}
