/// Finds out whether a scalar expression of some inputs is one of them.
///
/// Each rule holds for every value, to the bit, where every `nan` is one; what holds only for some element types says so.
struct SimplifiedExpression {
  /// What an operand of an expression is.
  enum Input {
    /// The same number everywhere.
    case number(Double, DType)
    /// A variable; perhaps known as a function of another one.
    case variable(Int32, DType, (expression: ScalarExpression, of: Int32, DType)?)
  }

  /// What an expression is known to be.
  fileprivate enum Value: Equatable {
    case number(Double)
    case variable(Int32, DType)
    /// A function that undoes itself, of a variable.
    case involution(ScalarExpression.UnaryFunction, Int32, DType)
  }

  private let inputs: [Input]

  init(_ inputs: [Input]) { self.inputs = inputs }

  /// The variable that an expression is.
  func source(of expression: ScalarExpression) -> Int32? {
    var known: [ObjectIdentifier: Value?] = [:]
    if case .variable(let variable, _) = value(expression, &known) { return variable }
    return nil
  }

  /// What an expression is. Parts that are used several times are looked at once: rounds of a hash have more paths through
  /// them than can be walked.
  private func value(_ expression: ScalarExpression, _ known: inout [ObjectIdentifier: Value?]) -> Value? {
    if let value = known[ObjectIdentifier(expression)] { return value }
    let value = found(expression, &known)
    known[ObjectIdentifier(expression)] = .some(value)
    return value
  }

  private func found(_ expression: ScalarExpression, _ parts: inout [ObjectIdentifier: Value?]) -> Value? {
    switch expression.node {
    case .operand(let index):
      switch inputs[index] {
      case .number(let number, _): return .number(number)
      case .variable(let variable, let dtype, let known):
        if let known, case .unary(let function, let inner) = known.expression.node, function.isInvolution,
          case .operand(0) = inner.node, known.2 == dtype
        {
          return .involution(function, known.of, dtype)
        }
        return .variable(variable, dtype)
      }
    case .constant(let number): return .number(number)
    case .unary(let function, let x):
      if case .involution(function, let variable, let dtype) = value(x, &parts) { return .variable(variable, dtype) }
      return nil
    case .binary(let function, let x, let y): return combined(function, value(x, &parts), value(y, &parts))
    case .integerPower(let x, 1): return value(x, &parts)
    case .select(let mask, let x, let y):
      let (x, y) = (value(x, &parts), value(y, &parts))
      if case .number(let flag) = value(mask, &parts) { return flag != 0 ? x : y }
      // Equal zeros may have different signs, and every rule asks for them.
      if case .number(let a) = x, case .number(let b) = y, a.bitPattern != b.bitPattern { return nil }
      return x != nil && x == y ? x : nil
    case .integerPower, .convert, .complex, .routine, .index: return nil
    }
  }

  private func combined(_ function: ScalarExpression.BinaryFunction, _ x: Value?, _ y: Value?) -> Value? {
    switch (function, x, y) {
    // The other part of a complex number would meet a zero, and both signs of zero exist.
    case (.multiply, let value?, .number(1)), (.multiply, .number(1), let value?), (.divide, let value?, .number(1)):
      value.isReal ? value : nil
    case (.subtract, let value?, .number(let zero)) where zero == 0 && (zero.sign == .plus || value.isInteger):
      value.isReal ? value : nil
    case (.add, let value?, .number(let zero)), (.add, .number(let zero), let value?):
      zero == 0 && (zero.sign == .minus || value.isInteger) && value.isReal ? value : nil
    case (.power, let value?, .number(1)): value.isReal ? value : nil
    // Of integers 1 is one bit.
    case (.and, let value?, .number(1)), (.and, .number(1), let value?): value.dtype == .bool ? value : nil
    case (.or, let value?, .number(0)), (.or, .number(0), let value?): value
    case (.and, let x?, let y?), (.or, let x?, let y?): x == y ? x : nil
    default: nil
    }
  }
}

extension SimplifiedExpression.Value {
  fileprivate var dtype: DType? {
    switch self {
    case .number: nil
    case .variable(_, let dtype), .involution(_, _, let dtype): dtype
    }
  }

  fileprivate var isReal: Bool { dtype.map { !$0.isComplex } ?? false }
  fileprivate var isInteger: Bool { dtype == .int32 || dtype == .int64 }
}

extension ScalarExpression.UnaryFunction {
  /// Whether applying it twice does nothing.
  fileprivate var isInvolution: Bool { self == .negate || self == .not || self == .conjugate }
}
