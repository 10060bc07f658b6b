extension Program {
  /// The outputs for arguments in host memory.
  ///
  /// To run a program many times, compile it once: `try engine.compile(program)`.
  ///
  /// - Parameters:
  ///   - arguments: one per input, with the input's type.
  ///   - engine: what runs the program.
  /// - Throws: an error when the arguments do not fit, or when an equation fails.
  public func run(
    _ arguments: [HostTensor], on engine: some Engine = ReferenceEngine()
  ) throws(TensorError) -> [HostTensor] {
    try engine.compile(self).run(arguments)
  }

  /// The outputs for tensors. On traced tensors the equations are recorded, so that a program can be differentiated
  /// like any function.
  ///
  /// - Parameter arguments: one per input, with the input's type.
  /// - Returns: the outputs; invalid tensors when the arguments do not fit, which has been reported.
  public func callAsFunction(_ arguments: [Tensor]) -> [Tensor] {
    if arguments.contains(where: \.isInvalid) { return poisonedOutputs() }
    do throws(TensorError) {
      let settled = arguments.map(\.settled)
      try check(settled.map(\.type))
      return applied(to: settled)
    } catch {
      report(error)
      return outputTypes.map { _ in Tensor(.invalid) }
    }
  }

  /// The outputs for tensors.
  public func callAsFunction(_ arguments: Tensor...) -> [Tensor] { callAsFunction(arguments) }

  private func poisonedOutputs() -> [Tensor] {
    let first = poisoned("program \(name)")
    return outputTypes.map { _ in first }
  }
}
