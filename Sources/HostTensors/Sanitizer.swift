#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What watches over the memory accesses of this process, if it was built so (`swift build --sanitize=...`).
package enum Sanitizer: String, Sendable {
  case address
  case thread

  /// The one of this process; its run time is looked for.
  package static let current: Sanitizer? = {
    let process = dlopen(nil, RTLD_NOW)
    if dlsym(process, "__asan_report_load8") != nil { return .address }
    return dlsym(process, "__tsan_read8") == nil ? nil : .thread
  }()
}
