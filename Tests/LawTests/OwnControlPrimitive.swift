import Jacobi

/// A program that is applied some times to a state: a control primitive that the library does not know, with operands in
/// an order that none of the library's has. The program takes the other operands, then the state.
struct Iterated: ControlPrimitive {
  static let name = "iterated"

  var step: Subprogram
  var count: Int
  /// Which operand is the state; the others are the same at every step.
  var stateOperand = 0

  private var operandCount: Int { step.program.inputTypes.count }
  private var fixedOperands: [Int] { (0..<operandCount).filter { $0 != stateOperand } }

  var subprograms: [Subprogram] { [step] }
  func replacingSubprograms(_ programs: [Subprogram]) -> Iterated {
    Iterated(step: programs[0], count: count, stateOperand: stateOperand)
  }

  var ports: ControlPorts {
    ControlPorts(
      .steps(count),
      bodies: [
        ControlPorts.Body(program: 0, inputs: fixedOperands.map { .operand($0) } + [.state(0)], outputs: [.state(0)])
      ], states: [ControlPorts.State(operand: stateOperand, result: 0)])
  }

  func rewired(_ programs: [Subprogram], _ ports: ControlPorts) -> (any ControlPrimitive)? {
    guard ports.states.count == 1 else { return nil }
    let other = Iterated(step: programs[0], count: count, stateOperand: ports.states[0].operand)
    return other.ports == ports ? other : nil
  }

  func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    guard operands.count == operandCount, operands.indices.contains(stateOperand), count >= 0,
      fixedOperands.map({ operands[$0] }) + [operands[stateOperand]] == step.program.inputTypes,
      step.program.outputTypes == [operands[stateOperand]]
    else { throw TensorError(.program, Self.name, "\(operands) do not fit the program") }
    return step.program.outputTypes
  }

  func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    var state = operands[stateOperand]
    for _ in 0..<count { state = try step.program.run(fixedOperands.map { operands[$0] } + [state])[0] }
    return [state]
  }

  /// The steps one after the other.
  private func unrolled(_ operands: [Tensor]) -> [Tensor] {
    var state = operands[stateOperand]
    for _ in 0..<count { state = step.program(fixedOperands.map { operands[$0] } + [state])[0] }
    return [state]
  }

  func linearized(_ operands: [Tensor], isActive: [Bool]) -> (results: [Tensor], map: JointLinearMap) {
    linearized(by: unrolled, at: operands, isActive: isActive)
  }

  func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
    let all = zip(operands, isBatched).map { operand, isBatched in
      isBatched ? operand : operand.expandedDimensions(axis: 0).broadcast(to: [size] + operand.shape.dimensions)
    }
    return vmap { (x: [Tensor]) in unrolled(x) }(all)
  }

  static var samples: [PrimitiveSample] {
    let point = [Tensor([0.5, 1.5]), Tensor([1.0, 2.0])]
    let step = Subprogram(program(of: { (x: [Tensor]) in [sin(x[0] * x[1])] }, at: point))
    return [0, 1, 3].map {
      PrimitiveSample(
        Iterated(step: step, count: $0), [OperandSample([2]), OperandSample([2])], dtypes: [.float64])
    }
  }
}
