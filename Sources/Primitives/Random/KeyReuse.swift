import HostLibraries

/// The reaction to a second use of a key, whose numbers would be those of the first use, or related to them.
///
/// A use is a draw, a split, or a call of a compiled function that draws or splits. `Documentation/RandomNumbers.md` says
/// what counts as a second one.
public enum KeyReuse: Sendable {
  /// Nothing is noted. The default in release builds.
  case ignored
  /// Standard error gets a line with both places, once for each pair of places. The default in debug builds.
  case warning
  /// The draw is an error, as other invalid operations are.
  case error

  private static let setting = Lock<KeyReuse>(initial)

  @TaskLocal private static var own: KeyReuse?

  /// The reaction in this process.
  ///
  /// The environment variable `JACOBI_KEY_REUSE` (`ignored`, `warning` or `error`) sets it at the start.
  public static var reporting: KeyReuse {
    get { own ?? setting.withLock { $0 } }
    set { setting.withLock { $0 = newValue } }
  }

  /// Runs a closure, and the tasks that it starts, with a setting of its own.
  ///
  /// With `.ignored` one function is computed several times with the same noise, as finite differences and line searches
  /// do; with `.error` a test finds keys that are used twice.
  public static func withReporting<Result>(
    _ reporting: KeyReuse, _ body: () throws -> Result
  ) rethrows -> Result {
    try $own.withValue(reporting) { try body() }
  }

  private static var initial: KeyReuse {
    switch DynamicLibrary.environment("JACOBI_KEY_REUSE") {
    case "ignored": return .ignored
    case "warning": return .warning
    case "error": return .error
    default:
      #if DEBUG
        return .warning
      #else
        return .ignored
      #endif
    }
  }

  /// Whether uses are noted here.
  package static var isNoted: Bool { reporting != .ignored }
}

extension RandomKey {
  /// Notes that the key is used by an operation, and reports a second use.
  func noteUse(_ operation: String) throws(TensorError) {
    guard KeyReuse.isNoted else { return }
    try KeyLedger.note(words, operation)
  }
}
