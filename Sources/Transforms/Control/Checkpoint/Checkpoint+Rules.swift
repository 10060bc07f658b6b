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
    let split = Recomputation(program, computing: residuals, policy)
    let givenTypes = split.usedInputs.map { program.inputTypes[$0] } + split.keptTypes

    func recomputing(_ linear: LinearCall) -> LinearCall? {
      let inner = linear.absorbing.call.program.program
      let name = inner.name + "_recomputed"
      let types = linear.taken.map(\.type) + givenTypes
      let recorded = Program.tracing(name, types, unreadable: .readInRule(of: name)) { inputs in
        let tangents = Array(inputs[..<linear.taken.count])
        let given = inputs[tangents.count...]
        let values = split.again(given.prefix(split.usedInputs.count), given.dropFirst(split.usedInputs.count))
        return inner.applied(to: tangents + linear.absorbing.residuals.map { values[$0] })
      }
      guard let recorded else { return nil }
      let checkpoint = Checkpoint(Subprogram(recorded.program), policy)
      let wrapped = Program.tracing(name, types, unreadable: .readInRule(of: name)) { checkpoint.bind($0) }
      return wrapped.map {
        LinearCall(
          absorbing: .init(call: Call($0.program), residuals: Array(givenTypes.indices)), taken: linear.taken,
          given: linear.given)
      }
    }
    guard let linear = recomputing(derivative.linear), let transposed = recomputing(derivative.transposed),
      let known = split.known(results)
    else { return nil }
    self.known = Checkpoint(Subprogram(known), policy)
    usedOperands = split.usedInputs
    self.linear = linear
    self.transposed = transposed
  }
}

extension Subprogram {
  /// The same program with the equations of the programs that it calls in place of the calls, also in loops and branches.
  ///
  /// - Returns: `nil` when an operation is invalid, which has been reported.
  fileprivate func withoutCalls() -> Subprogram? {
    if !program.hasCalls { return self }
    return Program.tracing(program.name, program.inputTypes, unreadable: .readInRule(of: program.name)) {
      program.inlined($0)
    }.map { Subprogram($0.program) }
  }
}

extension Program {
  fileprivate var hasCalls: Bool {
    equations.contains { equation in
      switch equation.primitive {
      case is Call: true
      case let primitive as any ProgramCarrying where primitive is Loop || primitive is Switch:
        primitive.subprograms.contains { $0.program.hasCalls }
      default: false
      }
    }
  }

  /// Records the equations, and those of the programs that they call.
  fileprivate func inlined(_ arguments: [Tensor]) -> [Tensor] {
    var values = [Tensor](repeating: Tensor(.invalid), count: variableCount)
    for (variable, argument) in zip(inputs, arguments) { values[Int(variable)] = argument }
    for constant in constants { values[Int(constant.variable)] = Tensor(constant.value) }
    for equation in equations {
      let results = equation.primitive.inlined(operands(of: equation).map { values[Int($0)] })
      for (variable, result) in zip(equation.results, results) { values[variable] = result }
    }
    return outputs.map { values[Int($0)] }
  }
}

extension Primitive {
  /// Records the primitive, and in place of a call the equations of what it calls.
  fileprivate func inlined(_ operands: [Tensor]) -> [Tensor] {
    switch self {
    case let call as Call: return call.program.program.inlined(operands)
    case let choice as Switch:
      let branches = choice.branches.compactMap { $0.withoutCalls() }
      return branches.count < choice.branches.count ? [Tensor(.invalid)] : Switch(branches).bind(operands)
    case let loop as Loop:
      let sweeps = loop.sweeps.compactMap { sweep in sweep.step.withoutCalls().map { sweep.replacingStep($0) } }
      if sweeps.count < loop.sweeps.count { return [Tensor(.invalid)] }
      return Loop(
        length: loop.length, fixedCount: loop.fixedCount, sweeps: sweeps, checkpointing: loop.checkpointing
      ).bind(operands)
    default: return bind(operands)
    }
  }
}
