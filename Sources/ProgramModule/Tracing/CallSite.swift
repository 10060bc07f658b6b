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

  #if canImport(Runtime)
    /// Reading debug information takes a tenth of a second, so each stack of return addresses is read once.
    private static let known = Lock<[[Backtrace.Address]: String?]>([:])
    /// Loaded once: libraries that are loaded later have no places.
    private static let images = ImageMap.capture()

    /// `File.swift:12` of the innermost caller outside Jacobi's own sources, where it can be had.
    package static func ofCaller() -> String? { Stack.capture()?.place }

    /// A stack that was captured, whose place in the source is looked up when it is asked for.
    package struct Stack: Sendable {
      private let backtrace: Backtrace

      /// The stack of the caller, where it can be had.
      package static func capture() -> Stack? {
        (try? Backtrace.capture(limit: 64, images: images)).map { Stack(backtrace: $0) }
      }

      /// `File.swift:12` of the innermost caller outside Jacobi's own sources, where it can be had.
      package var place: String? {
        let addresses = backtrace.frames.map(\.originalProgramCounter)
        if let place = known.withLock({ $0[addresses] }) { return place }
        let place = firstForeignPlace(backtrace)
        known.withLock { known in
          if known.count >= 4096 { known.removeAll() }
          known[addresses] = place
        }
        return place
      }
    }

    private static func firstForeignPlace(_ backtrace: Backtrace) -> String? {
      guard let symbols = backtrace.symbolicated(with: images) else { return nil }
      for frame in symbols.frames {
        guard let place = frame.symbol?.sourceLocation, place.line > 0, !place.path.isEmpty else { continue }
        if place.path.hasPrefix(ownSources) || place.path.hasSuffix("<compiler-generated>") { continue }
        return "\(place.path.split(separator: "/").last ?? ""):\(place.line)"
      }
      return nil
    }
  #else
    /// Places cannot be had without the Runtime module.
    package static func ofCaller() -> String? { nil }

    /// Stacks cannot be had without the Runtime module.
    package struct Stack: Sendable {
      package static func capture() -> Stack? { nil }
      package var place: String? { nil }
    }
  #endif
}
