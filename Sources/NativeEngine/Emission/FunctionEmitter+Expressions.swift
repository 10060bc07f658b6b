import Engines

// Scalar expressions as instructions.

extension FunctionEmitter {
  /// The value of an expression.
  ///
  /// - Parameters:
  ///   - operands: the operands, each for one place or for as many as the others.
  ///   - result: the type of the result, which constants adopt where nothing else says theirs.
  ///   - index: the index along an axis of the result.
  func emit(
    _ expression: ScalarExpression, _ operands: [ScalarCode], result: DType,
    index: (Int) -> ScalarCode = { _ in preconditionFailure("a number has no axes") }
  ) -> ScalarCode {
    let typed = TypedScalarExpression(expression, operands: operands.map(\.dtype), result: result)
    var values: [ScalarCode] = []
    values.reserveCapacity(typed.steps.count)
    for step in typed.steps { values.append(emit(step, step.operands.map { values[$0] }, operands, index)) }
    return values[values.count - 1]
  }

  private func emit(
    _ step: TypedScalarExpression.Step, _ given: [ScalarCode], _ operands: [ScalarCode],
    _ index: (Int) -> ScalarCode
  ) -> ScalarCode {
    switch step.operation {
    case .operand(let index): operands[index]
    case .constant(let number): constant(number, step.dtype)
    case .index(let axis): index(axis)
    case .unary(let function): unary(function, given[0])
    case .binary(let function): binary(function, given[0], given[1])
    case .integerPower(let exponent): power(given[0], exponent)
    case .select: select(given[0], given[1], given[2])
    case .convert: convert(given[0], step.dtype)
    case .complex: complex(given[0], given[1])
    case .routine(let routine): call(routine, given, step.dtype)
    }
  }
}
