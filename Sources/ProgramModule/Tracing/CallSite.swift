#if canImport(Runtime)
  import Runtime
#endif

/// Finds the line of the user's source that called into Jacobi, for error messages.
///
/// Operators cannot take `#line`, so the place is read off the stack, only when there is an error. It needs debug
/// information, which SwiftPM includes in both configurations; without it messages have no place.
package enum CallSite {
  /// The folder of Jacobi's own sources, as the compiler saw it.
  private static let ownSources: String = {
    var path = #filePath[...]
    for _ in 0..<3 { path = path[..<(path.lastIndex(of: "/") ?? path.startIndex)] }
    return String(path) + "/"
  }()

  /// `File.swift:12` of the innermost caller outside Jacobi's own sources, where it can be had.
  package static func ofCaller() -> String? {
    #if canImport(Runtime)
      guard let backtrace = try? Backtrace.capture(limit: 96), let symbols = backtrace.symbolicated() else {
        return nil
      }
      for frame in symbols.frames {
        guard let place = frame.symbol?.sourceLocation, place.line > 0, !place.path.isEmpty else { continue }
        let isOwn = place.path.hasPrefix(ownSources) || place.path.hasPrefix("/<compiler-generated>")
        if isOwn || place.path.hasSuffix("<compiler-generated>") { continue }
        return "\(place.path.split(separator: "/").last ?? ""):\(place.line)"
      }
    #endif
    return nil
  }
}
