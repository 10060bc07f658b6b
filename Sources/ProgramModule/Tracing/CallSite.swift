#if os(Linux) && canImport(Runtime)
  import Runtime

  #if canImport(Glibc)
    import Glibc
  #elseif canImport(Musl)
    import Musl
  #endif
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

  #if os(Linux) && canImport(Runtime)
    /// Reading debug information takes up to a tenth of a second for each frame, so each is read once.
    private static let known = Lock<[Backtrace.Address: Place]>([:])
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
        for frame in backtrace.frames {
          if case .foreign(let place) = CallSite.place(of: frame, in: backtrace) { return place }
        }
        return nil
      }
    }

    /// Whose code a frame runs.
    private enum Place {
      /// Jacobi's, or what has no source.
      case own
      /// Somebody else's, at a line.
      case foreign(String)
    }

    private static func place(of frame: Backtrace.Frame, in backtrace: Backtrace) -> Place {
      switch frame {
      case .omittedFrames, .truncated: return .own
      default: break
      }
      let address = frame.originalProgramCounter
      if let place = known.withLock({ $0[address] }) { return place }
      let place = read(frame, in: backtrace)
      known.withLock { known in
        if known.count >= 1 << 16 { known.removeAll() }
        known[address] = place
      }
      return place
    }

    private static func read(_ frame: Backtrace.Frame, in backtrace: Backtrace) -> Place {
      let stack = Backtrace(only: frame, architecture: backtrace.architecture) ?? backtrace
      func symbols(_ options: Backtrace.SymbolicationOptions) -> [SymbolicatedBacktrace.Symbol] {
        (stack.symbolicated(with: images, options: options)?.frames ?? [])
          .filter { $0.captured.originalProgramCounter == frame.originalProgramCounter }.compactMap(\.symbol)
      }
      // Names are found much faster than lines.
      if let symbol = symbols([]).first, isOwn(symbol) { return .own }
      // A frame is several where functions are inlined, the innermost first.
      for symbol in symbols(.default) {
        guard let place = symbol.sourceLocation, place.line > 0, !place.path.isEmpty else { continue }
        if place.path.hasPrefix(ownSources) || place.path.hasSuffix("<compiler-generated>") { continue }
        return .foreign("\(place.path.split(separator: "/").last ?? ""):\(place.line)")
      }
      return .own
    }

    /// Whether a function can be nothing but Jacobi's, by its name. Others may be, too: in those that are specialized for
    /// somebody there may be somebody's code, and those that somebody adds to Jacobi's types have names of both.
    private static func isOwn(_ symbol: SymbolicatedBacktrace.Symbol) -> Bool {
      guard ownModules.contains(where: { symbol.rawName.hasPrefix("$s\($0.utf8.count)\($0)") }) else { return false }
      guard let name = demangled(symbol.rawName), !name.contains("specialization") else { return false }
      return name.split(separator: "(").allSatisfy { part in
        let extended = "extension in "
        guard part.hasPrefix(extended) else { return true }
        return ownModules.contains(String(part.dropFirst(extended.count).prefix { $0 != ")" }))
      }
    }

    /// A name with all that it says; a symbol's own is abridged.
    private static func demangled(_ name: String) -> String? {
      let text = demangler?(name, name.utf8.count, nil, nil, 0)
      defer { free(text) }
      return text.map { String(cString: $0) }
    }

    private typealias Demangler =
      @convention(c) @Sendable (
        UnsafePointer<CChar>, Int, UnsafeMutablePointer<CChar>?, UnsafeMutablePointer<Int>?, UInt32
      ) -> UnsafeMutablePointer<CChar>?

    /// `swift_demangle` of Swift's run time, where it exports that.
    private static let demangler =
      dlsym(dlopen(nil, RTLD_NOW), "swift_demangle").map { unsafeBitCast($0, to: Demangler.self) }

    /// The modules whose functions are often on the stack where there is an error.
    private static let ownModules: Set = [
      "TensorModule", "ProgramModule", "Primitives", "Passes", "Engines", "NativeEngine", "Transforms", "JacobiTesting",
    ]
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
