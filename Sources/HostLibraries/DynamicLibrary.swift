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
package struct DynamicLibrary: @unchecked Sendable {
  private let handle: UnsafeMutableRawPointer
  /// The name of the file, as it was asked for.
  package let name: String

  /// The first library in a list of names that can be loaded.
  package init?(firstOf names: [String]) {
    guard let library = names.lazy.compactMap({ try? DynamicLibrary($0) }).first else { return nil }
    self = library
  }

  /// A library by its name, or by the path of its file.
  ///
  /// - Throws: the reason why it cannot be loaded.
  package init(_ name: String) throws(LibraryMissing) {
    if let path = LibraryFile.find(name), let problem = LibraryFile.problem(path) { throw LibraryMissing(problem) }
    guard let handle = dlopen(name, RTLD_NOW | RTLD_LOCAL) else {
      throw LibraryMissing(dlerror().map { String(cString: $0) } ?? "the system does not say why")
    }
    self.handle = handle
    self.name = name
  }

  /// Returns the address of a symbol.
  package func address(of symbol: String) -> UnsafeMutableRawPointer? { dlsym(handle, symbol) }

  /// Returns a function of the library.
  ///
  /// - Parameters:
  ///   - symbol: the name of the function.
  ///   - type: its type, a `@convention(c)` function type, which must be that of the library's headers.
  package func function<Function>(_ symbol: String, as type: Function.Type = Function.self) -> Function? {
    address(of: symbol).map { unsafeBitCast($0, to: type) }
  }

  /// Returns the value of an environment variable.
  package static func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}

/// Why there is no such library.
package struct LibraryMissing: Error {
  /// The reason, for people.
  package let reason: String

  package init(_ reason: String) { self.reason = reason }
}
