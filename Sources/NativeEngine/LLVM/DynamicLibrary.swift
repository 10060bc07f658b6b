#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A library that was found at run time; it stays loaded as long as the process runs.
///
/// `@unchecked Sendable`, as the compiler cannot judge pointers: the handle never changes and is never closed, and `dlsym`
/// is safe from any thread (POSIX).
struct DynamicLibrary: @unchecked Sendable {
  private let handle: UnsafeMutableRawPointer
  /// The file's name, as it was asked for.
  let name: String

  /// The first of some libraries that can be loaded.
  init?(firstOf names: [String]) {
    for name in names {
      if let handle = dlopen(name, RTLD_NOW | RTLD_LOCAL) {
        self.handle = handle
        self.name = name
        return
      }
    }
    return nil
  }

  /// The address of a symbol.
  func address(of symbol: String) -> UnsafeMutableRawPointer? { dlsym(handle, symbol) }

  /// The value of an environment variable.
  static func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
