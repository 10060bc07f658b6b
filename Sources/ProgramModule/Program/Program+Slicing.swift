extension Program {
  /// The part of this program that computes some variables from others, and no equation that it does not need.
  ///
  /// - Parameters:
  ///   - outputs: what is computed.
  ///   - inputs: what is given. Together with the constants they must suffice.
  package func computing(_ outputs: [Int32], from inputs: [Int32]) -> Program {
    var isGiven = [Bool](repeating: false, count: variableCount)
    for input in inputs { isGiven[Int(input)] = true }
    var isUsed = [Bool](repeating: false, count: variableCount)
    for output in outputs { isUsed[Int(output)] = true }
    var kept: [Int] = []
    for (index, equation) in equations.enumerated().reversed()
    where equation.results.contains(where: { isUsed[$0] && !isGiven[$0] }) {
      kept.append(index)
      for operand in operands(of: equation) { isUsed[Int(operand)] = true }
    }
    var part = self
    part.equations = kept.reversed().map { equations[$0] }
    part.places = places.isEmpty ? [] : kept.reversed().map { place(of: $0) }
    part.constants = constants.filter { isUsed[Int($0.variable)] && !isGiven[Int($0.variable)] }
    part.inputs = inputs
    part.outputs = outputs
    return part.renumbered(inputs: part.inputs, constants: part.constants)
  }

  /// Which variables depend on the first inputs and on constants alone, through equations that may run even where the
  /// program would not have run.
  package func fixedVariables(fixedInputs count: Int) -> [Bool] {
    var isFixed = [Bool](repeating: true, count: variableCount)
    for input in inputs[count...] { isFixed[Int(input)] = false }
    for equation in equations {
      let stays = operands(of: equation).allSatisfy { isFixed[Int($0)] } && isSafeToHoist(equation)
      for result in equation.results { isFixed[result] = stays }
    }
    return isFixed
  }

  /// This program with what depends on its first inputs and on constants alone moved out of it, so that a loop computes
  /// that once and not in every step.
  ///
  /// - Parameter count: the number of inputs, from the first, that are the same in every step.
  /// - Returns: the program of what was moved out, from these inputs; the program of a step, whose first inputs are those
  ///   of the former that it still uses and then the results of what was moved out; and which inputs those are.
  package func hoisting(fixedInputs count: Int) -> (outside: Program, step: Program, used: [Int]) {
    let fixed = Array(inputs[..<count])
    let isFixed = fixedVariables(fixedInputs: count)
    var isResult = [Bool](repeating: false, count: variableCount)
    for equation in equations { for result in equation.results { isResult[result] = true } }
    var crossing: [Int32] = []
    var isSeen = [Bool](repeating: false, count: variableCount)
    func use(_ variable: Int32) {
      if isSeen[Int(variable)] { return }
      isSeen[Int(variable)] = true
      if isFixed[Int(variable)] && isResult[Int(variable)] { crossing.append(variable) }
    }
    for equation in equations where equation.results.contains(where: { !isFixed[$0] }) {
      for operand in operands(of: equation) { use(operand) }
    }
    for output in outputs { use(output) }
    let used = fixed.indices.filter { isSeen[Int(fixed[$0])] }
    let outside = computing(crossing, from: fixed)
    let step = computing(outputs, from: used.map { fixed[$0] } + crossing + inputs[count...])
    return (outside, step, used)
  }
}

extension Program {
  /// Whether an equation may run where it would perhaps not have run: it has no programs in it, which may take long, and
  /// cannot fail.
  package func isSafeToHoist(_ equation: Equation) -> Bool {
    !equation.primitive.traits.contains(.control) && !canFail(equation)
  }
}
