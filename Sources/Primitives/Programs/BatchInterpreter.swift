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
  ///   - places: where the equations come from, as far as that is known.
  ///   - values: the values of all variables, as far as they are known; the inputs' are replaced.
  ///   - inputs: the variables of the inputs.
  ///   - arguments: the inputs' values, in the same order.
  ///   - argumentsAreBatched: which of them have the batch axis in front.
  package init<Variable: BinaryInteger>(
    running equations: [Equation], _ operandTable: [Int32], places: [SourcePlace?], size: Int, values: [Tensor],
    inputs: some Sequence<Variable>, arguments: [Tensor], argumentsAreBatched: [Bool]
  ) {
    var values = values
    var isBatched = [Bool](repeating: false, count: values.count)
    for (input, (argument, isArgumentBatched)) in zip(inputs, zip(arguments, argumentsAreBatched)) {
      values[Int(input)] = argument
      isBatched[Int(input)] = isArgumentBatched
    }
    equations.replay(operandTable, places, &values) { _, equation, operands in
      let operandsAreBatched = operandTable[equation.operandRange].map { isBatched[Int($0)] }
      let isAnyBatched = operandsAreBatched.contains(true)
      for result in equation.results { isBatched[result] = isAnyBatched }
      if operands.contains(where: \.isInvalid) { return equation.results.map { _ in Tensor(.invalid) } }
      if !isAnyBatched { return equation.primitive.bind(operands) }
      return equation.primitive.batched(operands, isBatched: operandsAreBatched, size: size)
    }
    self.size = size
    self.values = values
    self.isBatched = isBatched
  }

  /// A variable's value; with the batch axis in front when it depends on the batch.
  package func value(_ variable: Int32) -> Tensor { values[Int(variable)] }

  /// A variable's value with the batch axis in front; one that does not depend on the batch is repeated.
  package func batchedValue(_ variable: Int32) -> Tensor {
    let value = value(variable)
    return isBatched[Int(variable)] || value.isInvalid ? value : value.repeatedAlongNewAxis(size)
  }
}
