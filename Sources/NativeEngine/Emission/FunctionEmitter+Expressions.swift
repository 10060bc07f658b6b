import Engines

// Scalar expressions as instructions.

extension FunctionEmitter {
  /// The value of an expression.
  ///
  /// - Parameters:
  ///   - operands: the operands, each for one place or for as many as the others.
  ///   - result: the type of the result, which constants adopt where nothing else says theirs.
  func emit(_ expression: ScalarExpression, _ operands: [ScalarCode], result: DType) -> ScalarCode {
    var writer = ExpressionWriter(emitter: self, operands: operands)
    return writer.value(expression, expecting: result)
  }
}

/// One expression while it is written.
private struct ExpressionWriter {
  let emitter: FunctionEmitter
  let operands: [ScalarCode]
  var done: [ObjectIdentifier: ScalarCode] = [:]
  var dtypes: [ObjectIdentifier: DType?] = [:]

  init(emitter: FunctionEmitter, operands: [ScalarCode]) {
    self.emitter = emitter
    self.operands = operands
  }

  mutating func value(_ expression: ScalarExpression, expecting expected: DType) -> ScalarCode {
    switch expression.node {
    case .operand(let index): return operands[index]
    // Not remembered: a constant may be of several types.
    case .constant(let number): return emitter.constant(number, expected)
    default: break
    }
    if let known = done[ObjectIdentifier(expression)] { return known }
    let value = written(expression, expected)
    done[ObjectIdentifier(expression)] = value
    return value
  }

  private mutating func written(_ expression: ScalarExpression, _ expected: DType) -> ScalarCode {
    switch expression.node {
    case .operand, .constant: return value(expression, expecting: expected)
    case .unary(let function, let x):
      let dtype = dtype(of: x) ?? expected
      return emitter.unary(function, value(x, expecting: dtype))
    case .binary(let function, let x, let y):
      let dtype = dtype(of: x) ?? dtype(of: y) ?? expected
      return emitter.binary(function, value(x, expecting: dtype), value(y, expecting: dtype))
    case .integerPower(let x, let exponent):
      let dtype = dtype(of: x) ?? expected
      return emitter.power(value(x, expecting: dtype), exponent)
    case .select(let mask, let x, let y):
      let dtype = dtype(of: x) ?? dtype(of: y) ?? expected
      let flag = value(mask, expecting: .bool)
      return emitter.select(flag, value(x, expecting: dtype), value(y, expecting: dtype))
    case .convert(let x, let to):
      return emitter.convert(value(x, expecting: dtype(of: x) ?? to), to)
    case .complex(let x, let y):
      let dtype = dtype(of: x) ?? dtype(of: y) ?? expected.realPart
      return emitter.complex(value(x, expecting: dtype), value(y, expecting: dtype))
    case .routine(let routine, let arguments):
      return emitter.call(routine, arguments.map { value($0, expecting: expected) }, expected)
    }
  }

  /// The type of an expression; nothing where it has only constants.
  private mutating func dtype(of expression: ScalarExpression) -> DType? {
    switch expression.node {
    case .operand(let index): return operands[index].dtype
    case .constant: return nil
    default: break
    }
    if let known = dtypes[ObjectIdentifier(expression)] { return known }
    let dtype: DType? =
      switch expression.node {
      case .operand, .constant: nil
      case .unary(let function, let x):
        function == .realPart || function == .imaginaryPart ? self.dtype(of: x)?.realPart : self.dtype(of: x)
      case .binary(let function, let x, let y):
        switch function {
        case .equal, .less, .lessOrEqual, .and, .or, .exclusiveOr: .bool
        default: self.dtype(of: x) ?? self.dtype(of: y)
        }
      case .integerPower(let x, _): self.dtype(of: x)
      case .select(_, let x, let y): self.dtype(of: x) ?? self.dtype(of: y)
      case .convert(_, let to): to
      case .complex(let x, let y): (self.dtype(of: x) ?? self.dtype(of: y))?.complexified
      case .routine(_, let arguments): arguments.compactMap(operandDType).first
      }
    dtypes[ObjectIdentifier(expression)] = .some(dtype)
    return dtype
  }

  private func operandDType(_ expression: ScalarExpression) -> DType? {
    if case .operand(let index) = expression.node { return operands[index].dtype }
    return nil
  }
}
