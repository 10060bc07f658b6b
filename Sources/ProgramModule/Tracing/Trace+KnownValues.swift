extension Trace {
  /// A variable of a trace without values as a tensor from outside, where it follows from such tensors alone: a number, or
  /// a variable of a trace under `jit`, in which the equations are recorded once more.
  ///
  /// - Returns: `nil` where the variable depends on an input without a value.
  /// - Throws: an error when an equation cannot be evaluated.
  func outsideValue(of variable: Int32, _ mode: ReadMode) throws(TensorError) -> Tensor? {
    let (needed, leaves) = tape.steps(to: variable) { !tape.values[Int($0)].isInvalid }
    var known: [Int32: Tensor] = [:]
    for leaf in leaves {
      let value = tape.values[Int(leaf)]
      if value.isInvalid { return nil }
      known[leaf] = try value.outermost(mode)
    }
    for index in needed {
      let equation = tape.equations[index]
      let operands = tape.operandTable[equation.operandRange].compactMap { known[$0] }
      let results = try equation.primitive.evaluated(operands) ?? replayed(equation.primitive, operands)
      if results.contains(where: \.isInvalid) { throw .failedOperation }
      for (place, result) in zip(equation.results, results) {
        tape.values[place] = result
        known[Int32(truncatingIfNeeded: place)] = result
      }
    }
    return known[variable]
  }

  /// Records an operation where its operands belong, also inside of a body that is being recorded.
  private func replayed(_ primitive: any Primitive, _ operands: [Tensor]) -> [Tensor] {
    let state = ThreadState.current
    let staging = state.staging
    state.staging = nil
    defer { state.staging = staging }
    return primitive.bind(operands)
  }
}

extension Tensor {
  /// The same tensor as far out as there are values: a number, or a variable of a trace under `jit`.
  fileprivate func outermost(_ mode: ReadMode) throws(TensorError) -> Tensor {
    var tensor = self
    while let variable = tensor.tracedVariable {
      guard let trace = ThreadState.currentTrace(of: variable) else { throw .escaped("reading") }
      let value = trace.tape.values[Int(variable.variable)]
      if !value.isInvalid {
        tensor = value
      } else if trace.guards != nil {
        if mode == .free { throw .notComputed }
        return tensor
      } else {
        guard let outside = try trace.outsideValue(of: variable.variable, mode) else {
          throw trace.unreadable ?? .failedOperation
        }
        tensor = outside
      }
    }
    if tensor.isInvalid { throw .failedOperation }
    return tensor.settled
  }
}
