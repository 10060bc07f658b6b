import Linearization

// A batch of a call with rules: a call of the batched program, with the batched rules; what the rules do not speak of is
// summed over the batch where its operand is one for all examples.

extension CustomCall {
  public func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
    let all = function.program.outputs.map { _ in true }
    guard let function = function.batched(isBatched, size: size, outputs: all),
      let rules = batchedRules(isBatched, size)
    else { return [Tensor(.invalid)] }
    if let batching {
      return bound(batching.body, operands, isBatched, size, batch: function, rules)
    }
    return CustomCall(function, argumentCount: argumentCount, ruledCount: ruledCount, rules: rules).bind(operands)
  }

  private func batchedRules(_ isBatched: [Bool], _ size: Int) -> RulePrograms? {
    let arguments = differentiableArguments.map { isBatched[$0] }
    let cotangents = differentiableResults.map { _ in true }
    var batched = RulePrograms()
    if let tangent = rules.tangent {
      batched.tangent = tangent.batched(
        isBatched + arguments, size: size, outputs: tangent.program.outputs.map { _ in true })
      if batched.tangent == nil { return nil }
    }
    if let forward = rules.forward, let backward = rules.backward {
      batched.forward = forward.batched(isBatched, size: size, outputs: forward.program.outputs.map { _ in true })
      batched.backward = backward.batchedAdjoint(backward.program.inputs.map { _ in true }, size, outputs: arguments)
      if batched.forward == nil || batched.backward == nil { return nil }
    }
    if let transpose = rules.transpose {
      batched.transpose = transpose.batchedAdjoint(
        cotangents + isBatched[argumentCount...], size, outputs: arguments)
      if batched.transpose == nil { return nil }
    }
    return batched
  }

  /// A call whose ruled results are those of a Swift function; tensors that it captures are further operands.
  private func bound(
    _ body: BatchingRule, _ operands: [Tensor], _ isBatched: [Bool], _ size: Int, batch: Subprogram,
    _ rules: RulePrograms
  ) -> [Tensor] {
    let expected = batch.program.outputTypes
    let unreadable = TensorError(
      .tracing, Self.name, "the rule for batches reads the value of a tensor that has none while it is recorded",
      hint: "choose with cond or where instead of if")
    let recorded = Program.tracing(batch.program.name, operands.map(\.type), unreadable: unreadable) { inputs in
      let results = body(inputs, isBatched, size)
      if results.contains(where: \.isInvalid) { return [Tensor(.invalid)] }
      let types = results.map(\.type)
      guard types == Array(expected[..<ruledCount]) else {
        return [
          invalidTensor(
            TensorError(
              .shape, Self.name,
              "the rule for batches gives \(types); a batch of \(size) needs \(Array(expected[..<ruledCount]))",
              hint: "every result has the batch axis in front, also one that is the same for all examples"))
        ]
      }
      return results + batch.program.applied(to: inputs)[ruledCount...]
    }
    guard let recorded else { return [Tensor(.invalid)] }
    let captures = recorded.captures.map(\.type)
    func widened(_ program: Subprogram?, at place: Int) -> Subprogram? {
      program.map { Subprogram($0.program.inserting(captures, at: place)) }
    }
    let count = operands.count
    let wide = RulePrograms(
      tangent: widened(rules.tangent, at: count), forward: widened(rules.forward, at: count), backward: rules.backward,
      transpose: rules.transpose.map { widened($0, at: $0.program.inputs.count)! })
    return CustomCall(
      Subprogram(recorded.program), argumentCount: argumentCount, ruledCount: ruledCount, rules: wide
    ).bind(operands + recorded.captures)
  }
}

extension Subprogram {
  /// The batch of a program that gives cotangents: those of operands without a batch axis are summed.
  fileprivate func batchedAdjoint(_ isBatched: [Bool], _ size: Int, outputs: [Bool]) -> Subprogram? {
    guard let all = batched(isBatched, size: size, outputs: outputs.map { _ in true }) else { return nil }
    if !outputs.contains(false) { return all }
    let recorded = Program.tracing(program.name, all.program.inputTypes, unreadable: .readInBatch) { inputs in
      zip(all.program.applied(to: inputs), outputs).map { $1 ? $0 : $0.sum(axis: 0) }
    }
    return recorded.map { Subprogram($0.program) }
  }
}
