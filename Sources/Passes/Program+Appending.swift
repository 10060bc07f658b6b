extension Program {
  /// A new input.
  mutating func addInput(_ type: TensorType) -> Int32 {
    let variable = Int32(truncatingIfNeeded: types.count)
    types.append(type)
    inputs.append(variable)
    return variable
  }

  /// A new constant.
  mutating func addConstant(_ value: HostTensor) -> Int32 {
    let variable = Int32(truncatingIfNeeded: types.count)
    types.append(value.type)
    constants.append(Constant(variable: variable, value: value))
    return variable
  }

  /// Adds an equation.
  ///
  /// - Returns: the first of the variables of its results; the others follow.
  mutating func append(_ primitive: any Primitive, _ operands: [Int32], types resultTypes: [TensorType]) -> Int32 {
    let first = types.count
    equations.append(
      Equation(
        primitive, firstOperand: operandTable.count, operandCount: operands.count, firstResult: first,
        resultCount: resultTypes.count))
    operandTable.append(contentsOf: operands)
    types.append(contentsOf: resultTypes)
    return Int32(truncatingIfNeeded: first)
  }

  /// Adds the constants and equations of another program.
  ///
  /// - Parameter inputs: the variables that take the place of its inputs.
  /// - Returns: the variables of its outputs.
  mutating func append(_ other: Program, _ inputs: [Int32]) -> [Int32] {
    var number = [Int32](repeating: -1, count: other.variableCount)
    for (input, variable) in zip(other.inputs, inputs) { number[Int(input)] = variable }
    for constant in other.constants { number[Int(constant.variable)] = addConstant(constant.value) }
    for (index, equation) in other.equations.enumerated() {
      let first = append(
        equation.primitive, other.operands(of: equation).map { number[Int($0)] },
        types: equation.results.map { other.types[$0] })
      for (result, own) in zip(equation.results, first...) { number[result] = own }
      if let place = other.place(of: index) { setPlace(place, of: equations.count - 1) }
    }
    return other.outputs.map { number[Int($0)] }
  }
}
