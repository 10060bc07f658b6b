import Engines

// In a process with a sanitizer the code that is made here is watched, too.

extension Sanitizer {
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
