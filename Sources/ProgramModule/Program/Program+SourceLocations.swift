extension Program {
  /// Runs the closure so that programs which are traced in it know where in the user's source each equation comes from.
  /// Their text shows it, and errors of equations name it.
  ///
  /// It is off by default, because reading the place off the stack takes far longer than recording the equation. It needs
  /// debug information, which SwiftPM includes in both configurations.
  ///
  /// ```swift
  /// print(Program.recordingSourceLocations { program(of: f, at: x) })
  /// ```
  public static func recordingSourceLocations<Result>(_ body: () throws -> Result) rethrows -> Result {
    let state = ThreadState.current
    let before = state.keepsLocations
    state.keepsLocations = true
    defer { state.keepsLocations = before }
    return try body()
  }
}
