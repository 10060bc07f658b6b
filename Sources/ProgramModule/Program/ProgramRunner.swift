/// What runs a program as a whole, such as an engine that compiles it first.
///
/// Primitives that contain programs do not know engines; whoever makes them names a runner (``Call/runner``), and whoever
/// chooses engines registers it here.
package protocol ProgramRunner: Sendable {
  /// Whether outputs stay on a device.
  var isOnDevice: Bool { get }

  /// The outputs for inputs that have the program's input types.
  ///
  /// - Throws: an error when the program cannot be run, or when an equation fails.
  func run(_ program: Subprogram, _ inputs: [HostTensor]) throws(TensorError) -> [HostTensor]

  /// The outputs, where they are computed, for inputs in any place that have the program's input types.
  ///
  /// - Throws: an error when the program cannot be run, or when an equation fails.
  func run(_ program: Subprogram, placed inputs: [PlacedTensor]) throws(TensorError) -> [PlacedTensor]
}

/// The runners of this process, by the identity of their engine.
package enum ProgramRunners {
  private static let runners = Lock<[EngineID: any ProgramRunner]>([:])

  /// Makes a runner known; one of the same identity is replaced.
  package static func register(_ runner: some ProgramRunner, for engine: EngineID) {
    runners.withLock { $0[engine] = runner }
  }

  /// The runner of an engine.
  package static func runner(for engine: EngineID) -> (any ProgramRunner)? { runners.withLock { $0[engine] } }
}

extension Subprogram {
  /// The outputs for inputs in host memory, computed by a runner; equation by equation where there is none of that
  /// identity, such as for a program that was read from text.
  ///
  /// - Throws: an error when the inputs do not have the program's input types, or when an equation fails.
  package func evaluate(_ inputs: [HostTensor], runner: EngineID?) throws(TensorError) -> [HostTensor] {
    guard let runner, let runner = ProgramRunners.runner(for: runner) else { return try evaluate(inputs) }
    try program.check(inputs.map(\.type))
    return try runner.run(self, inputs)
  }

  /// The outputs for inputs in any place, where a runner computes them on a device; `nil` where there is no such runner.
  ///
  /// - Throws: an error when the inputs do not have the program's input types, or when an equation fails.
  package func evaluate(
    placed inputs: [PlacedTensor], runner: EngineID?
  ) throws(TensorError) -> [PlacedTensor]? {
    guard let runner, let runner = ProgramRunners.runner(for: runner), runner.isOnDevice else { return nil }
    try program.check(inputs.map(\.type))
    return try runner.run(self, placed: inputs)
  }
}
