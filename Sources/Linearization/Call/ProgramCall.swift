/// A primitive that runs one program: its operands are the program's inputs, its results the outputs.
package protocol ProgramCall: ControlPrimitive {
  /// What is called.
  var program: Subprogram { get }

  /// The same with another program.
  func calling(_ program: Subprogram) -> Self
}

extension ProgramCall {
  public var subprograms: [Subprogram] { [program] }

  public func replacingSubprograms(_ programs: [Subprogram]) -> Self { calling(programs[0]) }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    try checkDepth()
    try program.program.check(operands)
    return program.program.outputTypes
  }

  public func lowering(of operands: [TensorType]) -> Lowering { .program(program) }

  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    try program.evaluate(operands)
  }

  /// A call of the batched program.
  public func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
    let all = program.program.outputs.map { _ in true }
    guard let batched = program.batched(isBatched, size: size, outputs: all) else { return [Tensor(.invalid)] }
    return calling(batched).bind(operands)
  }

  /// A call of another program on the same operands.
  public func rewired(_ programs: [Subprogram], _ ports: ControlPorts) -> (any ControlPrimitive)? {
    calling(programs[0])
  }
}
