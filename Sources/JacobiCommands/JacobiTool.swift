import ArgumentParser
import FormulaLanguage
import Jacobi

/// What a run of the tool did.
public struct CommandResult: Sendable, Equatable {
  /// 0; 1 for a check that failed; 64 for wrong usage; 65 for bad input. The process has 74 where the output cannot be
  /// written.
  public var status: Int32
  /// What goes to standard output.
  public var output: String
  /// What goes to standard error.
  public var errors: String
}

/// The tool `jacobi`, as a function from its arguments to its output.
public enum JacobiTool {
  /// The version.
  public static let version = "0.1.0"

  /// What `--version` prints: the version, and the engines with the libraries that they use here. These are loaded to
  /// find out.
  private static var versionText: String {
    let lines = EngineRegistry.engines.map { "\($0.id) engine: \($0.availability)\n" }.joined()
    return "jacobi \(version)\n\(lines)"
  }

  /// Runs the tool. It never stops the process, whatever the arguments.
  ///
  /// - Parameters:
  ///   - arguments: the arguments, without the name of the tool.
  ///   - input: what gives the bytes of standard input, called when a function is read from there.
  public static func run(arguments: [String], input: @escaping () -> [UInt8]? = { [] }) -> CommandResult {
    let session = Session(standardInput: input)
    let status = run(arguments, session)
    return CommandResult(status: status, output: session.output, errors: session.errors)
  }

  private static func run(_ arguments: [String], _ session: Session) -> Int32 {
    if let message = unknownCommand(arguments) {
      session.warn(message)
      return ExitStatus.wrongUsage
    }
    let arguments = CommandArguments.joined(arguments)
    if arguments.count > CommandArguments.largestCount {
      session.warn("error: there are \(arguments.count) arguments; at most \(CommandArguments.largestCount) are taken")
      return ExitStatus.wrongUsage
    }
    if arguments == ["--version"] {
      session.print(versionText)
      return ExitStatus.success
    }
    do {
      var command = try JacobiCommand.parseAsRoot(CommandArguments.prepared(arguments))
      if let command = command as? any FormulaCommand {
        return try catchingTensorErrors { try command.run(in: session) }
      }
      // What remains shows help, by throwing it.
      try command.run()
      return ExitStatus.success
    } catch let error as FormulaError {
      session.warn(error.description)
      return ExitStatus.badInput
    } catch let error as TensorError {
      session.warn("error: \(error.operation): \(error.message)")
      return ExitStatus.badInput
    } catch let CommandFailure.usage(message, hint) {
      session.warn("error: \(message)" + (hint.map { "\n  \($0)" } ?? ""))
      return ExitStatus.wrongUsage
    } catch let CommandFailure.input(message, hint) {
      session.warn("error: \(message)" + (hint.map { "\n  \($0)" } ?? ""))
      return ExitStatus.badInput
    } catch {
      return answer(error, session)
    }
  }

  /// Help and the version are errors to the argument parser, and so are mistakes in the arguments.
  private static func answer(_ error: any Error, _ session: Session) -> Int32 {
    let isSuccess = JacobiCommand.exitCode(for: error) == .success
    let message = JacobiCommand.fullMessage(for: error, columns: 80)
    if isSuccess {
      session.print(message + "\n")
      return ExitStatus.success
    }
    session.warn(message.prefix(1).lowercased() + message.dropFirst())
    return ExitStatus.wrongUsage
  }

  /// The message for a first argument that should be a command and is none.
  private static func unknownCommand(_ arguments: [String]) -> String? {
    guard let first = arguments.first, !first.hasPrefix("-"), first != "help" else { return nil }
    let commands = JacobiCommand.configuration.subcommands.compactMap { $0.configuration.commandName }
    if commands.contains(first) { return nil }
    let shown = FormulaError.quoted(first)
    if let nearest = Spelling.nearest(to: first, among: commands) {
      return "error: unknown command \(shown)\n  did you mean '\(nearest)'?"
    }
    return "error: unknown command \(shown)\n  the commands are \(commands.joined(separator: ", ")); "
      + "a function comes after one, in quotes"
  }
}

/// A command that works on a function.
protocol FormulaCommand: ParsableCommand {
  /// Carries out the command.
  ///
  /// - Returns: the exit status.
  func run(in session: Session) throws -> Int32
}
