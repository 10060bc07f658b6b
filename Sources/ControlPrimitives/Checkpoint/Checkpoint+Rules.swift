import Linearization

// The derivative of a checkpointed call. The linear parts take the operands, and what the policy keeps, and compute the
// residuals from them again. They are checkpointed calls themselves, so that this holds for derivatives of higher order.

extension Checkpoint {
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
    return DerivedPrograms.shared.value(of: call.program, LinearizedCheckpoint(inputs: mask, policy: call.policy)) {
      CheckpointDerivative(of: call, mask)
    }
  }

  private init?(of call: Checkpoint, _ mask: [Bool]) {
    let policy = call.policy
    guard let derivative = ProgramDerivative.of(call.program, mask) else { return nil }
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
          produced: linear.produced)
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

private struct LinearizedCheckpoint: Hashable {
  var inputs: [Bool]
  var policy: CheckpointPolicy
}
