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
    private static let known = Lock<[Backtrace.Address: Owner]>([:])
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
      package var place: String? { CallSite.firstForeignPlace(in: backtrace) }
    }

    /// Whose code a frame runs.
    private enum Owner {
      /// Jacobi's, or what has no source.
      case own
      /// Somebody else's, at a line.
      case foreign(String)
    }

    private static func firstForeignPlace(in backtrace: Backtrace) -> String? {
      var frames = backtrace.frames.filter(\.hasAddress)[...]
      func skipKnown() -> String? {
        while let frame = frames.first, let place = known.withLock({ $0[frame.originalProgramCounter] }) {
          if case .foreign(let place) = place { return place }
          frames.removeFirst()
        }
        return nil
      }
      if let place = skipKnown() { return place }
      // Names are found much faster than lines.
      remember(symbols(of: frames, in: backtrace, options: []).filter { isOwn($0.1) }.map { ($0.0, .own) })
      // Whoever asks for lines pays for what is inlined anywhere, once, and for each line. The first frames are enough most
      // of the time.
      var count = 4
      while true {
        if let place = skipKnown() { return place }
        if frames.isEmpty { return nil }
        let unknown = frames.filter { frame in known.withLock { $0[frame.originalProgramCounter] == nil } }
        let next = unknown.prefix(count)
        // A frame is several where functions are inlined, the innermost first.
        let places = symbols(of: next, in: backtrace, options: .default).map { ($0.0, place(of: $0.1)) }
        remember(places.filter { if case .foreign = $0.1 { true } else { false } } + next.map { ($0, .own) })
        count *= 2
      }
    }

    /// Keeps the first of several places of a frame.
    private static func remember(_ places: [(Backtrace.Frame, Owner)]) {
      known.withLock { known in
        if known.count >= 1 << 16 { known.removeAll() }
        for (frame, place) in places where known[frame.originalProgramCounter] == nil {
          known[frame.originalProgramCounter] = place
        }
      }
    }

    /// What is known of some frames of a stack, in their order.
    private static func symbols(
      of frames: ArraySlice<Backtrace.Frame>, in backtrace: Backtrace, options: Backtrace.SymbolicationOptions
    ) -> [(Backtrace.Frame, SymbolicatedBacktrace.Symbol)] {
      let stack = Backtrace(of: frames, architecture: backtrace.architecture) ?? backtrace
      let wanted = Set(frames.map(\.originalProgramCounter))
      return (stack.symbolicated(with: images, options: options)?.frames ?? []).compactMap { frame in
        guard frame.captured.hasAddress, wanted.contains(frame.captured.originalProgramCounter) else { return nil }
        return frame.symbol.map { (frame.captured, $0) }
      }
    }

    private static func place(of symbol: SymbolicatedBacktrace.Symbol) -> Owner {
      guard let place = symbol.sourceLocation, place.line > 0, !place.path.isEmpty else { return .own }
      if place.path.hasPrefix(ownSources) || place.path.hasSuffix("<compiler-generated>") { return .own }
      return .foreign("\(place.path.split(separator: "/").last ?? ""):\(place.line)")
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
      "HostTensors", "HostLibraries", "ProgramModule", "Primitives", "Linearization", "ControlPrimitives", "Passes",
      "Engines", "NativeEngine", "Transforms", "JacobiTesting",
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
