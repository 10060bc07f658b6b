extension Trace {
  /// The value of a variable of a trace without values, where it follows from tensors from outside alone.
  ///
  /// - Returns: the value; `nil` where it depends on an input.
  /// - Throws: an error when an equation cannot be evaluated.
  func knownValue(of variable: Int32) throws(TensorError) -> HostTensor? {
    var isNeeded = [Bool](repeating: false, count: Int(variable) + 1)
    isNeeded[Int(variable)] = true
    var needed: [Equation] = []
    for equation in tape.equations.reversed() where equation.firstResult <= variable {
      guard equation.results.contains(where: { $0 <= Int(variable) && isNeeded[$0] }) else { continue }
      needed.append(equation)
      for operand in tape.operandTable[equation.operandRange] { isNeeded[Int(operand)] = true }
    }
    for input in 0..<tape.inputCount where input < isNeeded.count && isNeeded[input] {
      if tape.values[input].isInvalid { return nil }
    }
    for equation in needed.reversed() where tape.values[equation.results.lowerBound].isInvalid {
      var operands: [HostTensor] = []
      for operand in tape.operandTable[equation.operandRange] {
        operands.append(try tape.values[Int(operand)].hostValue())
      }
      let results = try equation.primitive.evaluate(operands)
      for (place, result) in zip(equation.results, results) { tape.values[place] = Tensor(result) }
    }
    return try tape.values[Int(variable)].hostValue()
  }
}
