// A call with rules for examples that may not have chosen it: the flag is one more tensor from outside, for the function
// and for each of its rules. A rule for batches is a Swift function of the arguments, which gets those of all examples.

extension CustomCall: GuardedPrimitive {
  func bind(_ operands: [Tensor], guardedBy flag: Tensor) -> [Tensor] {
    if subprograms.allSatisfy({ $0.guarded() == nil }) { return bind(operands) }
    guard let function = function.takingFlag(at: argumentCount), let rules = guardedRules() else {
      return [Tensor(.invalid)]
    }
    let call = CustomCall(
      function, argumentCount: argumentCount, ruledCount: ruledCount, rules: rules, batching: batching)
    return call.bind(operands[..<argumentCount] + [flag] + operands[argumentCount...])
  }

  /// The rules with the flag among the tensors from outside; `nil` when one is invalid, which has been reported.
  private func guardedRules() -> RulePrograms? {
    var guarded = RulePrograms()
    if let tangent = rules.tangent {
      guarded.tangent = tangent.takingFlag(at: argumentCount)
      if guarded.tangent == nil { return nil }
    }
    if let forward = rules.forward, let backward = rules.backward {
      // The backward rule gets it from the forward rule, behind what that keeps.
      guarded.forward = forward.takingFlag(at: argumentCount, isKept: true)
      guarded.backward = backward.takingFlag(at: backward.program.inputs.count)
      if guarded.forward == nil || guarded.backward == nil { return nil }
    }
    if let transpose = rules.transpose {
      guarded.transpose = transpose.takingFlag(at: differentiableResults.count)
      if guarded.transpose == nil { return nil }
    }
    return guarded
  }
}

extension Subprogram {
  /// This program with a flag as a further input at a place among the others.
  ///
  /// - Parameter isKept: whether the flag is also a further output, behind the others.
  fileprivate func takingFlag(at place: Int, isKept: Bool = false) -> Subprogram? {
    guard var program = takingFlag()?.program else { return nil }
    let flag = program.inputs.removeFirst()
    program.inputs.insert(flag, at: place)
    if isKept { program.outputs.append(flag) }
    return Subprogram(program.renumbered(inputs: program.inputs, constants: program.constants))
  }
}
