/// Runs equations on a whole batch at once: each variable that depends on a batched input has the batch axis in front.
package struct BatchInterpreter {
  /// The size of the batch axis.
  private let size: Int
  private var values: [Tensor]
  private var isBatched: [Bool]

  /// Runs equations.
  ///
  /// - Parameters:
  ///   - operandTable: the variables of the equations' operands.
  ///   - values: the values of all variables, as far as they are known; the inputs' are replaced.
  ///   - inputs: the variables of the inputs.
  ///   - arguments: the inputs' values, in the same order.
  ///   - argumentsAreBatched: which of them have the batch axis in front.
  package init<Variable: BinaryInteger>(
    running equations: [Equation], _ operandTable: [Int32], size: Int, values: [Tensor],
    inputs: some Sequence<Variable>, arguments: [Tensor], argumentsAreBatched: [Bool]
  ) {
    self.size = size
    self.values = values
    isBatched = [Bool](repeating: false, count: values.count)
    for (input, (argument, isBatched)) in zip(inputs, zip(arguments, argumentsAreBatched)) {
      self.values[Int(input)] = argument
      self.isBatched[Int(input)] = isBatched
    }
    for equation in equations { run(equation, operandTable) }
  }

  private mutating func run(_ equation: Equation, _ operandTable: [Int32]) {
    let variables = operandTable[equation.operandRange].map(Int.init)
    let operands = variables.map { values[$0] }
    let operandsAreBatched = variables.map { isBatched[$0] }
    let isAnyBatched = operandsAreBatched.contains(true)
    let results: [Tensor]
    if operands.contains(where: \.isInvalid) {
      results = equation.results.map { _ in Tensor(.invalid) }
    } else if isAnyBatched {
      results = equation.primitive.batched(operands, isBatched: operandsAreBatched, size: size)
    } else {
      results = equation.primitive.bind(operands)
    }
    for (variable, result) in zip(equation.results, results) {
      values[variable] = result
      isBatched[variable] = isAnyBatched
    }
  }

  /// A variable's value; with the batch axis in front when it depends on the batch.
  package func value(_ variable: Int32) -> Tensor { values[Int(variable)] }

  /// A variable's value with the batch axis in front; one that does not depend on the batch is repeated.
  package func batchedValue(_ variable: Int32) -> Tensor {
    let value = value(variable)
    return isBatched[Int(variable)] || value.isInvalid ? value : value.repeatedAlongNewAxis(size)
  }
}
