/// Makes a program out of another, equation by equation: kept, replaced by what has been computed before, or by numbers.
struct Rewriter {
  let source: Program
  private var result: Program
  /// The variable of the result for each variable of the source; -1 before it has one.
  private var number: [Int32]

  /// Begins with the source's inputs and the constants that satisfy the condition.
  init(_ source: Program, keepingConstants isKept: (Program.Constant) -> Bool = { _ in true }) {
    self.source = source
    result = Program(name: source.name)
    number = [Int32](repeating: -1, count: source.variableCount)
    for input in source.inputs {
      define(Int(input))
      result.inputs.append(number[Int(input)])
    }
    for constant in source.constants where isKept(constant) { define(constant.variable, as: constant.value) }
  }

  /// The variables of the result that stand for an equation's operands.
  func operands(of equation: Equation) -> [Int32] { source.operands(of: equation).map { number[Int($0)] } }

  /// Takes over an equation of the source, perhaps with another primitive that computes the same.
  mutating func keep(_ index: Int, as primitive: (any Primitive)? = nil) {
    let equation = source.equations[index]
    let operands = operands(of: equation)
    let firstOperand = result.operandTable.count
    result.operandTable.append(contentsOf: operands)
    let firstResult = result.types.count
    for variable in equation.results { define(variable) }
    result.equations.append(
      Equation(
        primitive ?? equation.primitive, firstOperand: firstOperand, operandCount: operands.count,
        firstResult: firstResult,
        resultCount: equation.results.count))
    if let place = source.place(of: index) { result.setPlace(place, of: result.equations.count - 1) }
  }

  /// Adds an equation that the source does not have.
  ///
  /// - Parameters:
  ///   - operands: variables of the result.
  ///   - results: the variables of the source that its results stand for.
  mutating func add(_ primitive: any Primitive, _ operands: [Int32], for results: [Int32], place: SourcePlace?) {
    let first = append(primitive, operands, types: results.map { source.types[Int($0)] }, place: place)
    for (variable, own) in zip(results, first...) { define(variable, like: own) }
  }

  /// Adds an equation that the source does not have, with results of some types.
  ///
  /// - Parameter operands: variables of the result.
  /// - Returns: the first of the variables of its results; the others follow.
  mutating func append(
    _ primitive: any Primitive, _ operands: [Int32], types: [TensorType], place: SourcePlace?
  ) -> Int32 {
    let first = result.append(primitive, operands, types: types)
    if let place { result.setPlace(place, of: result.equations.count - 1) }
    return first
  }

  /// Adds the constants and equations of another program.
  ///
  /// - Parameter inputs: variables of the result that take the place of its inputs.
  /// - Returns: the variables of its outputs.
  mutating func append(_ other: Program, _ inputs: [Int32]) -> [Int32] { result.append(other, inputs) }

  /// Gives a variable of the source a value.
  mutating func define(_ variable: Int32, as value: HostTensor) {
    define(Int(variable))
    result.constants.append(Program.Constant(variable: number[Int(variable)], value: value))
  }

  /// Lets a variable of the source be one that the result has.
  mutating func define(_ variable: Int32, like known: Int32) { number[Int(variable)] = known }

  /// The variable of the result for one of the source.
  func variable(for variable: Int32) -> Int32 { number[Int(variable)] }

  /// The result, with its variables in canonical order.
  func finished() -> Program {
    var program = result
    program.outputs = source.outputs.map { number[Int($0)] }
    return program.canonical
  }

  private mutating func define(_ variable: Int) {
    number[variable] = Int32(truncatingIfNeeded: result.types.count)
    result.types.append(source.types[variable])
  }
}
