import Primitives

// The derivative of a checkpointed call. The linear parts take the operands, and what the policy keeps, and compute the
// residuals from them again. They are checkpointed calls themselves, so that this holds for derivatives of higher order.

extension Checkpoint: ControlPrimitive {
  public func linearized(_ operands: [Tensor], isActive: [Bool]) -> (results: [Tensor], map: JointLinearMap) {
    let count = program.program.outputs.count
    guard let derivative = CheckpointDerivative.of(self, isActive) else { return failedLinearization(count) }
    let known = derivative.known.bind(operands)
    guard known.count == derivative.known.program.program.outputs.count else { return failedLinearization(count) }
    let given = derivative.usedOperands.map { operands[$0] } + known[count...]
    return (
      Array(known[..<count]),
      JointLinearMap(
        apply: { derivative.linear.applied(to: $0, given[...], count: count) },
        transpose: { derivative.transposed.applied(to: $0, given[...], count: operands.count) })
    )
  }
}

/// The programs of the derivative of a checkpointed call.
private struct CheckpointDerivative: Sendable {
  /// From the operands to the results, followed by what is kept.
  let known: Checkpoint
  /// Which operands the linear parts take, before what is kept.
  let usedOperands: [Int]
  /// From tangents of operands to those of results.
  let linear: LinearCall
  /// From cotangents of results to those of operands.
  let transposed: LinearCall

  /// The derivative of a call, made once; `nil` when a rule is invalid, which has been reported.
  static func of(_ call: Checkpoint, _ isActive: [Bool]) -> CheckpointDerivative? {
    let mask = zip(isActive, call.program.program.inputTypes).map { $0 && $1.dtype.isDifferentiable }
    let key = DerivedPrograms.Key(program: call.program, kind: .checkpointed(call.policy), mask: mask)
    return DerivedPrograms.shared.value(for: key) { CheckpointDerivative(of: call, mask) }
  }

  private init?(of call: Checkpoint, _ mask: [Bool]) {
    let policy = call.policy
    // What is kept may lie in calls.
    let whole = policy == .nothing ? call.program : call.program.withoutCalls()
    guard let whole, let derivative = ProgramDerivative.of(whole, mask) else { return nil }
    let program = derivative.known.program
    let results = Array(program.outputs[..<derivative.outputCount])
    let residuals = Array(program.outputs[derivative.outputCount...])
    let (kept, operands) = program.sources(of: residuals, stoppingAt: policy.keepable(in: program))
    let again = program.computing(residuals, from: operands.map { program.inputs[$0] } + kept)

    func recomputing(_ linear: LinearCall) -> LinearCall? {
      let inner = linear.call.program.program
      let name = inner.name + "_recomputed"
      let types = linear.taken.map(\.type) + again.inputTypes
      let recorded = Program.tracing(name, types, unreadable: .readInRule(of: name)) { inputs in
        let tangents = Array(inputs[..<linear.taken.count])
        let values = again.applied(to: Array(inputs[tangents.count...]))
        return inner.applied(to: tangents + linear.residuals.map { values[$0] })
      }
      guard let recorded else { return nil }
      let checkpoint = Checkpoint(Subprogram(recorded.program), policy)
      let wrapped = Program.tracing(name, types, unreadable: .readInRule(of: name)) { checkpoint.bind($0) }
      return wrapped.map {
        LinearCall(
          call: Call($0.program), taken: linear.taken, given: linear.given, residuals: Array(again.inputs.indices))
      }
    }
    guard let linear = recomputing(derivative.linear), let transposed = recomputing(derivative.transposed) else {
      return nil
    }
    known = Checkpoint(Subprogram(program.computing(results + kept, from: program.inputs)), policy)
    usedOperands = operands
    self.linear = linear
    self.transposed = transposed
  }
}

extension Program {
  /// What some variables are computed from: variables at which to stop, and inputs.
  fileprivate func sources(
    of variables: [Int32], stoppingAt isStop: [Bool]
  ) -> (stops: [Int32], inputs: [Int]) {
    var isUsed = [Bool](repeating: false, count: variableCount)
    var isGiven = isStop
    for input in inputs { isGiven[Int(input)] = true }
    for variable in variables { isUsed[Int(variable)] = true }
    for equation in equations.reversed() where equation.results.contains(where: { isUsed[$0] && !isGiven[$0] }) {
      for operand in operands(of: equation) { isUsed[Int(operand)] = true }
    }
    let isInput = Set(inputs + constants.map(\.variable))
    let stops = isStop.indices.filter { isStop[$0] && isUsed[$0] }.map { Int32(truncatingIfNeeded: $0) }
    return (stops.filter { !isInput.contains($0) }, inputs.indices.filter { isUsed[Int(inputs[$0])] })
  }
}

extension Subprogram {
  /// The same program with the equations of the programs that it calls in place of the calls.
  fileprivate func withoutCalls() -> Subprogram? {
    if !program.equations.contains(where: { $0.primitive is Call }) { return self }
    return Program.tracing(program.name, program.inputTypes, unreadable: .readInRule(of: program.name)) {
      program.inlined($0)
    }.map { Subprogram($0.program) }
  }
}

extension Program {
  /// Records the equations, and those of the programs that they call.
  fileprivate func inlined(_ arguments: [Tensor]) -> [Tensor] {
    var values = [Tensor](repeating: Tensor(.invalid), count: variableCount)
    for (variable, argument) in zip(inputs, arguments) { values[Int(variable)] = argument }
    for constant in constants { values[Int(constant.variable)] = Tensor(constant.value) }
    for equation in equations {
      let given = operands(of: equation).map { values[Int($0)] }
      let call = equation.primitive as? Call
      let results = call?.program.program.inlined(given) ?? equation.primitive.bind(given)
      for (variable, result) in zip(equation.results, results) { values[variable] = result }
    }
    return outputs.map { values[Int($0)] }
  }
}
