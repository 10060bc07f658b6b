import Linearization

// A call with rules for examples that may not have chosen it: the predicate is one more tensor from outside, for the function
// and for each of its rules. A rule for batches is a Swift function of the arguments, which gets those of all examples.

extension CustomCall {
  public func bind(_ operands: [Tensor], predicatedBy predicate: Tensor) -> [Tensor] {
    if !canFail(on: operands.map(\.type)) { return bind(operands) }
    guard let function = function.takingPredicate(at: argumentCount), let rules = predicatedRules() else {
      return [Tensor(.invalid)]
    }
    let call = CustomCall(
      function, argumentCount: argumentCount, ruledCount: ruledCount, rules: rules, batching: batching)
    return call.bind(operands[..<argumentCount] + [predicate] + operands[argumentCount...])
  }

  /// The rules with the predicate among the tensors from outside; `nil` when one is invalid, which has been reported.
  private func predicatedRules() -> RulePrograms? {
    var predicated = RulePrograms()
    if let tangent = rules.tangent {
      predicated.tangent = tangent.takingPredicate(at: argumentCount)
      if predicated.tangent == nil { return nil }
    }
    if let forward = rules.forward, let backward = rules.backward {
      // The backward rule gets it from the forward rule, behind what that keeps.
      predicated.forward = forward.takingPredicate(at: argumentCount, isKept: true)
      predicated.backward = backward.takingPredicate(at: backward.program.inputs.count)
      if predicated.forward == nil || predicated.backward == nil { return nil }
    }
    if let transpose = rules.transpose {
      predicated.transpose = transpose.takingPredicate(at: differentiableResults.count)
      if predicated.transpose == nil { return nil }
    }
    return predicated
  }
}

extension Subprogram {
  /// This program with a predicate as a further input at a place among the others.
  ///
  /// - Parameter isKept: whether the predicate is also a further output, behind the others.
  fileprivate func takingPredicate(at place: Int, isKept: Bool = false) -> Subprogram? {
    guard var program = takingPredicate()?.program else { return nil }
    let predicate = program.inputs.removeFirst()
    program.inputs.insert(predicate, at: place)
    if isKept { program.outputs.append(predicate) }
    return Subprogram(program.renumbered(inputs: program.inputs, constants: program.constants))
  }
}
