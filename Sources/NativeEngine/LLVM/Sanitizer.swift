/// What watches over the memory accesses of this process, if it was built so (`swift build --sanitize=...`): the code that
/// is made here is then watched, too.
enum Sanitizer: String {
  case address
  case thread

  /// The one of this process; its run time is looked for.
  static let current: Sanitizer? = {
    if DynamicLibrary.process.address(of: "__asan_report_load8") != nil { return .address }
    return DynamicLibrary.process.address(of: "__tsan_read8") == nil ? nil : .thread
  }()

  /// The attribute of functions that are to be watched.
  var attribute: String { "sanitize_\(rawValue)" }

  /// LLVM's passes that put the checks in, after all others.
  var passes: String {
    switch self {
    case .address: "asan"
    case .thread: "function(tsan)"
    }
  }
}
