/// What runs a program as a whole, such as an engine that compiles it first.
///
/// Primitives that contain programs do not know engines; whoever makes them names a runner (``Call/runner``), and whoever
/// chooses engines registers it here.
package protocol ProgramRunner: Sendable {
  /// The outputs for inputs that have the program's input types.
  ///
  /// - Throws: an error when the program cannot be run, or when an equation fails.
  func run(_ program: Subprogram, _ inputs: [HostTensor]) throws(TensorError) -> [HostTensor]
}

/// The runners of this process, by name.
package enum ProgramRunners {
  private static let runners = Lock<[String: any ProgramRunner]>([:])

  /// Makes a runner known; one of the same name is replaced.
  package static func register(_ runner: some ProgramRunner, named name: String) {
    runners.withLock { $0[name] = runner }
  }

  /// The runner of a name.
  package static func runner(named name: String) -> (any ProgramRunner)? { runners.withLock { $0[name] } }
}

extension Subprogram {
  /// The outputs for inputs in host memory, computed by a runner; equation by equation where there is none of that name,
  /// such as for a program that was read from text.
  ///
  /// - Throws: an error when the inputs do not have the program's input types, or when an equation fails.
  package func evaluate(_ inputs: [HostTensor], runner: String?) throws(TensorError) -> [HostTensor] {
    guard let name = runner, let runner = ProgramRunners.runner(named: name) else { return try evaluate(inputs) }
    try program.check(inputs.map(\.type))
    return try runner.run(self, inputs)
  }
}
