/// What a command reads besides its arguments, and what it writes.
final class Session {
  /// All of standard input; `nil` when it cannot be read.
  let standardInput: () -> [UInt8]?
  private(set) var output = ""
  private(set) var errors = ""

  init(standardInput: @escaping () -> [UInt8]?) { self.standardInput = standardInput }

  /// Writes to standard output.
  func print(_ text: String) { output += text }

  /// Writes one line to standard output.
  func print(_ json: JSON) { output += json.text + "\n" }

  /// Writes the value of a function and what else was computed: as one JSON object with a field more, or as text.
  ///
  /// - Returns: the exit status.
  func answer(
    _ problem: Problem, _ options: FunctionOptions, _ field: @autoclosure () -> (key: String, value: JSON)? = nil,
    text: @autoclosure () -> String
  ) -> Int32 {
    if options.json {
      print(.object(problem.fields + [field()].compactMap { $0 }))
    } else {
      print(problem.valueText + text())
    }
    return ExitStatus.success
  }

  /// Writes a line to standard error.
  func warn(_ text: String?) {
    if let text { errors += text + "\n" }
  }
}

/// Why a command cannot be carried out, and the exit status that says so.
enum CommandFailure: Error {
  /// Exit status 64.
  case usage(String, hint: String? = nil)
  /// Exit status 65.
  case input(String, hint: String? = nil)
}

/// The exit statuses, after `sysexits.h`.
enum ExitStatus {
  static let success: Int32 = 0
  static let checkFailed: Int32 = 1
  static let wrongUsage: Int32 = 64
  static let badInput: Int32 = 65
  static let outputFailed: Int32 = 74
}
