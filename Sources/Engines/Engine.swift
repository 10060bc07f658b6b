@_exported import ProgramModule

/// What runs programs: in the memory of the host, or on a ``Device``.
public protocol Engine: Sendable {
  /// The identity, by which programs and caches name the engine.
  var id: EngineID { get }

  /// The device that computes, in whose memory results stay; `nil` for the host.
  var device: (any Device)? { get }

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
  /// The name of the identity, for people.
  public var name: String { id.name }

  /// The host.
  public var device: (any Device)? { nil }

  /// What ``availability`` says.
  public var isAvailable: Bool { availability.isAvailable }

  /// Without using the memory of inputs.
  public func compile(_ program: Program, overwriting isOverwritten: [Bool]) throws(TensorError) -> any Executable {
    try compile(program)
  }
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
