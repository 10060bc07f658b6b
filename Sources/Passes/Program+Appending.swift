extension Program {
  /// A new input.
  mutating func addInput(_ type: TensorType) -> Int32 {
    let variable = Int32(truncatingIfNeeded: types.count)
    types.append(type)
    inputs.append(variable)
    return variable
  }

  /// Adds the constants and equations of another program.
  ///
  /// - Parameter inputs: the variables that take the place of its inputs.
  /// - Returns: the variables of its outputs.
  mutating func append(_ other: Program, _ inputs: [Int32]) -> [Int32] {
    var number = [Int32](repeating: -1, count: other.variableCount)
    for (input, variable) in zip(other.inputs, inputs) { number[Int(input)] = variable }
    for constant in other.constants {
      number[Int(constant.variable)] = Int32(truncatingIfNeeded: types.count)
      constants.append(Constant(variable: Int32(truncatingIfNeeded: types.count), value: constant.value))
      types.append(constant.value.type)
    }
    for (index, equation) in other.equations.enumerated() {
      let firstResult = types.count
      for (offset, result) in equation.results.enumerated() {
        number[result] = Int32(truncatingIfNeeded: firstResult + offset)
        types.append(other.types[result])
      }
      equations.append(
        Equation(
          equation.primitive, firstOperand: operandTable.count, operandCount: Int(equation.operandCount),
          firstResult: firstResult, resultCount: equation.results.count))
      operandTable.append(contentsOf: other.operands(of: equation).map { number[Int($0)] })
      if let location = other.location(of: index) { setLocation(location, of: equations.count - 1) }
    }
    return other.outputs.map { number[Int($0)] }
  }
}
