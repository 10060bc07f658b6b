extension Program {
  /// The values of all variables, where a closure computes those of each equation.
  ///
  /// This is the one way to go through a program: to record it once more, to run it on a batch, with its derivative, or
  /// with other operations in some places.
  ///
  /// - Parameters:
  ///   - arguments: the inputs' values.
  ///   - step: from the number of an equation, the equation, and its operands' values to those of its results.
  package func replayed(
    _ arguments: [Tensor], _ step: (_ index: Int, _ equation: Equation, _ operands: [Tensor]) -> [Tensor]
  ) -> [Tensor] {
    var values = [Tensor](repeating: Tensor(.invalid), count: variableCount)
    for constant in constants { values[Int(constant.variable)] = Tensor(constant.value) }
    for (variable, argument) in zip(inputs, arguments) { values[Int(variable)] = argument }
    equations.replay(operandTable, places, &values, step)
    return values
  }
}

extension [Equation] {
  /// Computes the values of the equations' results by a closure, one equation after the other. Where it gives fewer values
  /// than there are results the others stay what they are.
  ///
  /// - Parameter places: where the equations come from, as far as that is known; errors in them name it.
  package func replay(
    _ operandTable: [Int32], _ places: [SourcePlace?], _ values: inout [Tensor],
    _ step: (_ index: Int, _ equation: Equation, _ operands: [Tensor]) -> [Tensor]
  ) {
    let state = places.isEmpty ? nil : ThreadState.current
    let before = state?.replayedPlace
    defer { state?.replayedPlace = before }
    for (index, equation) in enumerated() {
      if let state {
        // What contains programs has places of its own, or calls the user.
        let isOneOperation = index < places.count && !equation.primitive.traits.contains(.control)
        state.replayedPlace = (isOneOperation ? places[index] : nil) ?? before
      }
      let results = step(index, equation, operandTable[equation.operandRange].map { values[Int($0)] })
      for (variable, result) in zip(equation.results, results) { values[variable] = result }
    }
  }
}
