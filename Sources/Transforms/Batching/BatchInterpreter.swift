import Primitives

/// Runs the equations of a tape on a whole batch at once: each variable that depends on a batched input has the batch
/// axis in front.
struct BatchInterpreter {
  /// The size of the batch axis.
  let size: Int
  private(set) var values: [Tensor]
  private(set) var isBatched: [Bool]

  /// Runs a tape whose captured variables have values.
  ///
  /// - Parameters:
  ///   - inputs: the values of the tape's inputs, in order.
  ///   - inputsAreBatched: which of them have the batch axis in front.
  init(running tape: Tape, size: Int, inputs: [Tensor], inputsAreBatched: [Bool]) {
    self.size = size
    values = tape.values
    isBatched = [Bool](repeating: false, count: tape.values.count)
    for (index, input) in inputs.enumerated() {
      values[index] = input
      isBatched[index] = inputsAreBatched[index]
    }
    for equation in tape.equations { run(equation, tape) }
  }

  private mutating func run(_ equation: Equation, _ tape: Tape) {
    let variables = tape.operandTable[equation.operandRange].map(Int.init)
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

  /// A variable's value with the batch axis in front; one that does not depend on the batch is repeated.
  func batchedValue(_ variable: Int32) -> Tensor {
    let index = Int(variable)
    if isBatched[index] || values[index].isInvalid { return values[index] }
    return values[index].repeatedAlongNewAxis(size)
  }
}
