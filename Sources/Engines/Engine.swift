@_exported import ProgramModule

/// What runs programs.
public protocol Engine: Sendable {
  /// A name for people, such as `reference`.
  var name: String { get }

  /// Whether this engine can run programs here, and what is missing when it cannot.
  var availability: EngineAvailability { get }

  /// Whether this engine can run programs here, without the details, which may take time to find out.
  var isAvailable: Bool { get }

  /// Makes a program ready to run.
  ///
  /// - Throws: an error when the engine is not available, or when it cannot run the program.
  func compile(_ program: Program) throws(TensorError) -> any Executable

  /// Makes a program ready to run, also by ``Executable/run(overwriting:)``.
  ///
  /// - Parameter isOverwritten: the inputs whose memory may be used for outputs then.
  /// - Throws: an error when the engine is not available, or when it cannot run the program.
  func compile(_ program: Program, overwriting isOverwritten: [Bool]) throws(TensorError) -> any Executable

  /// What this engine does when it runs a program, for people; equation by equation where an engine does not say more.
  ///
  /// - Throws: an error when the engine is not available, or when it cannot run the program.
  func plan(of program: Program) throws(TensorError) -> ExecutionPlan
}

extension Engine {
  /// What ``availability`` says.
  public var isAvailable: Bool { availability.isAvailable }

  /// Without using the memory of inputs.
  public func compile(_ program: Program, overwriting isOverwritten: [Bool]) throws(TensorError) -> any Executable {
    try compile(program)
  }
}

/// A program that is ready to run, any number of times, from any thread.
public protocol Executable: Sendable {
  /// The program's outputs.
  ///
  /// - Parameter arguments: one per input, with the input's type.
  /// - Throws: an error when the arguments do not fit, or when an equation fails.
  func run(_ arguments: [HostTensor]) throws(TensorError) -> [HostTensor]

  /// The program's outputs, which may take over the memory of arguments that nobody else refers to. Those arguments are
  /// empty afterwards; when this throws, all are as they were.
  ///
  /// - Parameter arguments: one per input, with the input's type.
  /// - Throws: an error when the arguments do not fit, or when an equation fails.
  func run(overwriting arguments: inout [HostTensor]) throws(TensorError) -> [HostTensor]

  /// The first output for the only argument; the same as the other form, where that saves its arrays.
  ///
  /// - Throws: an error when the argument does not fit, or when an equation fails.
  func run(_ argument: HostTensor) throws(TensorError) -> HostTensor
}

extension Executable {
  /// In new memory.
  public func run(overwriting arguments: inout [HostTensor]) throws(TensorError) -> [HostTensor] { try run(arguments) }

  /// Through the general form.
  public func run(_ argument: HostTensor) throws(TensorError) -> HostTensor { try run([argument])[0] }
}

/// Whether an engine can run programs on this machine. An absent engine explains itself.
public enum EngineAvailability: Hashable, Sendable {
  /// It can; with details for people, such as a version.
  case available(String)
  /// It cannot; what is missing, and what to do about it.
  case unavailable(reason: String, remedy: String?)

  /// Whether the engine can run programs.
  public var isAvailable: Bool {
    if case .available = self { return true }
    return false
  }
}

extension EngineAvailability: CustomStringConvertible {
  /// Such as `available (host, no dependencies)`, or `not available: no library was found; install ...`.
  public var description: String {
    switch self {
    case .available(let details): details.isEmpty ? "available" : "available (\(details))"
    case .unavailable(let reason, let remedy): "not available: \(reason)" + (remedy.map { "; \($0)" } ?? "")
    }
  }
}
