import ControlPrimitives

/// A tangent or cotangent with its name.
struct RuleSeed {
  var name: String
  var value: Tensor
}

/// What a derivative rule computed: how, and the number.
struct RuleResult {
  var text: ExpressionText
  var value: Tensor
}

/// Runs the derivative of one equation on named variables, so that what it computes can be printed.
///
/// The equation alone makes a tape whose values are variables of a trace of their own; that tape is linearized and run
/// like any other, forward or transposed. What the trace has recorded then is the rule, with its numbers.
struct RuleTrace {
  private let tape: Tape
  private let texts: [ExpressionText]
  private let nodeOfVariable: [Int]
  private let equation: Equation
  private let operands: [Int]
  /// The positions of the operands with respect to which there is a derivative.
  let active: [Int]

  init(_ explanation: Explanation, _ equation: Equation) {
    tape = explanation.tape
    texts = explanation.texts
    nodeOfVariable = explanation.nodeOfVariable
    self.equation = equation
    let operands = equation.operandRange.map { Int(explanation.tape.operandTable[$0]) }
    self.operands = operands
    let hasDerivative = equation.results.contains { explanation.linear.isActive(Int32(truncatingIfNeeded: $0)) }
    active =
      hasDerivative
      ? operands.indices.filter { explanation.linear.isActive(Int32(truncatingIfNeeded: operands[$0])) } : []
  }

  /// Runs a direction of the derivative.
  ///
  /// - Parameters:
  ///   - seeds: the named tangents or cotangents; `nil` is zero.
  ///   - direction: from the linearized equation, the seeds, and the variables of the results on the equation's own
  ///     tape, in which the active operands are the inputs.
  func run(
    seeds: [RuleSeed?], _ direction: (LinearTape, [Tensor?], [Int32]) -> [Tensor?]
  ) -> [RuleResult?] {
    let state = ThreadState.current
    let trace = Trace.begin(state, .valued)
    var names: [String] = []
    func named(_ name: String, _ value: Tensor) -> Tensor {
      names.append(name)
      return trace.input(value)
    }
    let isActive = active.reduce(into: [Bool](repeating: false, count: operands.count)) { $0[$1] = true }
    let inactive = operands.indices.filter { !isActive[$0] }
    let own = Tape()
    own.operandTable = [Int32](repeating: 0, count: operands.count)
    for position in active + inactive {
      let variable = operands[position]
      let value = tape.values[variable]
      own.operandTable[position] = Int32(truncatingIfNeeded: own.values.count)
      own.values.append(nodeOfVariable[variable] >= 0 ? named(texts[variable].text, value) : value)
    }
    let results = equation.results.indices.map {
      Int32(truncatingIfNeeded: operands.count + $0 - Int(equation.firstResult))
    }
    for result in equation.results { own.values.append(named(texts[result].text, tape.values[result])) }
    own.inputCount = active.count
    own.equations = [
      Equation(
        equation.primitive, firstOperand: 0, operandCount: operands.count, firstResult: operands.count,
        resultCount: equation.results.count)
    ]
    let given = seeds.map { seed in seed.map { named($0.name, $0.value) } }
    let moved = direction(LinearTape(linearizing: own), given, results)
    trace.end(state)
    // Results are texts and values; nobody refers to the recording any more.
    defer { state.recycle(trace.tape) }
    return printed(moved, trace, names)
  }

  private func printed(_ moved: [Tensor?], _ trace: Trace, _ names: [String]) -> [RuleResult?] {
    let recorded = trace.tape
    var texts = [ExpressionText](repeating: ExpressionText(""), count: recorded.values.count)
    for (variable, name) in names.enumerated() { texts[variable] = ExpressionText(name) }
    for variable in recorded.captured {
      texts[Int(variable)] = ExpressionText(constant: recorded.values[Int(variable)])
    }
    var isConstant = [Bool](repeating: false, count: recorded.values.count)
    for variable in recorded.captured { isConstant[Int(variable)] = true }
    for equation in recorded.equations {
      let operands = equation.operandRange.map { Int(recorded.operandTable[$0]) }
      for (position, result) in equation.results.enumerated() {
        if operands.allSatisfy({ isConstant[$0] }) {
          isConstant[result] = true
          texts[result] = ExpressionText(
            constant: recorded.values[result], of: equation.primitive, operands.map { texts[$0] })
        } else {
          let text = ExpressionText(
            equation.primitive, operands.map { texts[$0] }, operands.map { recorded.values[$0].type },
            equation.results.map { recorded.values[$0].type })
          texts[result] =
            equation.resultCount == 1 ? text : ExpressionText("\(text.parenthesized(.postfix)).\(position)")
        }
      }
    }
    return moved.map { tensor in
      guard let tensor, !tensor.isInvalid else { return nil }
      guard let variable = trace.ownVariable(of: tensor) else {
        return RuleResult(text: ExpressionText(constant: tensor), value: tensor.settled)
      }
      return RuleResult(text: texts[Int(variable)], value: recorded.values[Int(variable)])
    }
  }
}
