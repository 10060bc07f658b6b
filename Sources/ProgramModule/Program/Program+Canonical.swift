extension Program {
  /// The same program with variables numbered in the order in which its text defines them: inputs, constants in the
  /// order of their first use, results of equations.
  public var canonical: Program {
    var firstUse = [Int](repeating: Int.max, count: variableCount)
    for (position, operand) in usesInOrder.enumerated() {
      firstUse[Int(operand)] = min(firstUse[Int(operand)], position)
    }
    let constants = self.constants.sorted {
      (firstUse[Int($0.variable)], $0.variable) < (firstUse[Int($1.variable)], $1.variable)
    }
    return renumbered(inputs: inputs, constants: constants)
  }

  /// Whether both programs are the same but for the numbering of their variables, their names and places.
  public func isEquivalent(to other: Program) -> Bool { canonical == other.canonical }

  /// The operands of the equations, then the outputs.
  private var usesInOrder: [Int32] { equations.flatMap { operands(of: $0) } + outputs }

  /// The same program with its variables numbered in order: inputs, constants, results. The inputs may come in another
  /// order than before; the constants may not be fewer.
  package func renumbered(inputs: [Int32], constants: [Constant]) -> Program {
    var program = Program(name: name)
    var number = [Int32](repeating: -1, count: variableCount)
    func define(_ variable: Int) {
      number[variable] = Int32(truncatingIfNeeded: program.types.count)
      program.types.append(types[variable])
    }
    for input in inputs { define(Int(input)) }
    for constant in constants { define(Int(constant.variable)) }
    program.equations.reserveCapacity(equations.count)
    program.operandTable.reserveCapacity(operandTable.count)
    for equation in equations {
      let operands = operands(of: equation)
      let firstOperand = program.operandTable.count
      program.operandTable.append(contentsOf: operands.map { number[Int($0)] })
      let firstResult = program.types.count
      for result in equation.results { define(result) }
      program.equations.append(
        Equation(
          equation.primitive, firstOperand: firstOperand, operandCount: operands.count, firstResult: firstResult,
          resultCount: equation.results.count))
    }
    program.inputs = inputs.map { number[Int($0)] }
    program.constants = constants.map { Constant(variable: number[Int($0.variable)], value: $0.value) }
    program.outputs = outputs.map { number[Int($0)] }
    program.places = places
    return program
  }
}
