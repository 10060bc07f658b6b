// The derivative of a call: calls again, of the parts of the program's derivative.
//
// A function that calls another twice has twice its residuals, and so on, while its text stays small. Where there would
// be far more residuals than equations, the linear parts take the operands instead and compute the residuals again.

extension Call {
  public func linearized(_ operands: [Tensor], isActive: [Bool]) -> (results: [Tensor], map: JointLinearMap) {
    let resultCount = program.program.outputTypes.count
    guard let derivative = CallDerivative.of(self, isActive) else { return failedLinearization(resultCount) }
    let known = derivative.known.bind(operands)
    guard known.count == derivative.known.program.program.outputTypes.count else {
      return failedLinearization(resultCount)
    }
    let residuals = derivative.recomputes ? operands[...] : known[resultCount...]
    let map = JointLinearMap(
      apply: { derivative.linear.applied(to: $0, residuals, count: resultCount, isMasked: &$1) },
      transpose: { derivative.transposed.applied(to: $0, residuals, count: operands.count, isMasked: &$1) })
    return (Array(known[..<resultCount]), map)
  }
}

/// The programs of a call's derivative.
private struct CallDerivative: Sendable {
  /// From the operands to the results, followed by the residuals unless they are computed again.
  let known: Call
  /// From tangents of operands to those of results.
  let linear: LinearCall
  /// From cotangents of results to those of operands.
  let transposed: LinearCall
  /// Whether the linear parts take the operands for residuals.
  let recomputes: Bool

  /// Up to this many residuals, and two more for each equation, are kept.
  private static var fewResiduals: Int { 32 }

  /// The derivative of a call, made once; `nil` when a rule is invalid, which has been reported.
  static func of(_ call: Call, _ isActive: [Bool]) -> CallDerivative? {
    let mask = zip(isActive, call.program.program.inputTypes).map { $0 && $1.dtype.isDifferentiable }
    return DerivedPrograms.shared.value(of: call.program, LinearizedCall(inputs: mask, runner: call.runner)) {
      CallDerivative(of: call, mask)
    }
  }

  /// All parts are run by what runs the call.
  private init?(of call: Call, _ mask: [Bool]) {
    let (program, runner) = (call.program, call.runner)
    guard let derivative = ProgramDerivative.of(program, mask) else { return nil }
    let known = derivative.known
    recomputes = derivative.residualTypes.count > Self.fewResiduals + 2 * program.program.equations.count
    if !recomputes {
      self.known = Call(known, runner: runner)
      (linear, transposed) = (derivative.linear.run(by: runner), derivative.transposed.run(by: runner))
      return
    }
    guard let linear = derivative.linear.recomputing(known, derivative.outputCount, "_again"),
      let transposed = derivative.transposed.recomputing(known, derivative.outputCount, "_again")
    else { return nil }
    (self.known, self.linear, self.transposed) = (call, linear.run(by: runner), transposed.run(by: runner))
  }
}

/// The derivative of a call with respect to the inputs for which a flag is set.
private struct LinearizedCall: Hashable {
  var inputs: [Bool]
  var runner: EngineID?
}

extension LinearCall {
  /// The same, run by an engine.
  fileprivate func run(by runner: EngineID?) -> LinearCall {
    with { Variant(call: Call($0.call.program, runner: runner), residuals: $0.residuals) } ?? self
  }

  /// The same, with the inputs of the known part in place of the residuals.
  fileprivate func recomputing(_ known: Subprogram, _ outputCount: Int, _ suffix: String) -> LinearCall? {
    let inputTypes = known.program.inputTypes
    return with { variant in
      let name = variant.call.program.program.name + suffix
      let recorded = Program.tracing(name, taken.map(\.type) + inputTypes, unreadable: .readInRule(of: name)) {
        inputs in
        let results = Call(known).bind(Array(inputs.dropFirst(taken.count)))
        guard results.count > outputCount else { return results }
        return variant.call.bind(
          Array(inputs.prefix(taken.count)) + variant.residuals.map { results[outputCount + $0] })
      }
      return recorded.map { Variant(call: Call($0.program), residuals: Array(inputTypes.indices)) }
    }
  }
}
