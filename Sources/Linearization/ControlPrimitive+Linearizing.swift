extension ControlPrimitive {
  /// The results and the derivative of a function that computes the same in other operations: a rule for a primitive that
  /// has nothing better.
  ///
  /// The function is recorded on the operands, and its derivative is that of the recording, in both modes, with strong
  /// zeros, and to every order.
  ///
  /// - Parameters:
  ///   - function: from the operands to the results.
  ///   - operands: the operands.
  ///   - isActive: which of them have a tangent.
  public func linearized(
    by function: ([Tensor]) -> [Tensor], at operands: [Tensor], isActive: [Bool]
  ) -> (results: [Tensor], map: JointLinearMap) {
    let active = operands.indices.filter { isActive[$0] && operands[$0].dtype.isDifferentiable }
    let state = ThreadState.current
    let trace = Trace.begin(state, .linearized)
    var inputs = operands
    for operand in active { inputs[operand] = trace.input(operands[operand]) }
    let recorded = function(inputs)
    let outputs = recorded.map { trace.ownVariable(of: $0) }
    let results = zip(recorded, outputs).map { tensor, variable in variable.map { trace.tape.values[Int($0)] } ?? tensor
    }
    trace.end(state)
    if results.contains(where: \.isInvalid) { return failedLinearization(results.count) }
    let linear = LinearTape(linearizing: trace.tape)
    let map = JointLinearMap(
      apply: { tangents, isMasked in
        let masks = active.map { _ in isMasked }
        let known = outputs.compactMap { $0 }
        let (found, foundMasks) = linear.appliedWithMasks(
          to: active.map { tangents[$0] }, isMasked: masks, outputs: known)
        if foundMasks.contains(true) { isMasked = true }
        var next = found.makeIterator()
        return outputs.map { $0 == nil ? nil : next.next() ?? nil }
      },
      transpose: { cotangents, isMasked in
        let seeds = zip(outputs, cotangents).compactMap { variable, ct in
          variable.flatMap { variable in ct.map { (variable, $0) } }
        }
        let (found, foundMasks) = linear.transposedWithMasks(seeds: seeds, isMasked: isMasked)
        if foundMasks.contains(true) { isMasked = true }
        var cts = [Tensor?](repeating: nil, count: operands.count)
        for (operand, ct) in zip(active, found) { cts[operand] = ct }
        return cts
      })
    return (results, map)
  }
}
