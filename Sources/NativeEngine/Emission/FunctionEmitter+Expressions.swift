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
    values.reserveCapacity(typed.nodes.count)
    for node in typed.nodes { values.append(emit(node, node.operands.map { values[$0] }, operands, index)) }
    return values[values.count - 1]
  }

  private func emit(
    _ node: TypedScalarExpression.Node, _ arguments: [ScalarCode], _ operands: [ScalarCode],
    _ index: (Int) -> ScalarCode
  ) -> ScalarCode {
    switch node.operation {
    case .operand(let index): operands[index]
    case .constant(let number): constant(number, node.dtype)
    case .index(let axis): index(axis)
    case .unary(let function): unary(function, arguments[0])
    case .binary(let function): binary(function, arguments[0], arguments[1])
    case .integerPower(let exponent): power(arguments[0], exponent)
    case .select: select(arguments[0], arguments[1], arguments[2])
    case .convert: convert(arguments[0], node.dtype)
    case .complex: complex(arguments[0], arguments[1])
    case .routine(let routine): call(routine, arguments, node.dtype)
    }
  }
}
