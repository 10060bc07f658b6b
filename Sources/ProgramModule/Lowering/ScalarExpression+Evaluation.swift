import Numerics

// What an expression means: its value for numbers of the host. Routines are evaluated by their bodies.

extension ScalarExpression {
  /// The value for operands.
  ///
  /// - Parameters:
  ///   - operands: the operands' elements.
  ///   - result: the type of the result.
  ///   - indices: where the element is in the result.
  /// - Throws: an error for a conversion to an integer of what is out of range, and for integers
  ///   that have no quotient.
  public func value(
    of operands: [ScalarValue], result: DType, at indices: [Int] = []
  ) throws(TensorError) -> ScalarValue {
    try TypedScalarExpression(self, operands: operands.map(\.dtype), result: result).value(of: operands, at: indices)
  }
}

extension TypedScalarExpression {
  /// The value for operands of the types that it was made for.
  ///
  /// - Parameter indices: where the element is in the result.
  /// - Throws: an error for a conversion to an integer of what is out of range, and for integers
  ///   that have no quotient.
  public func value(of operands: [ScalarValue], at indices: [Int] = []) throws(TensorError) -> ScalarValue {
    var values: [ScalarValue] = []
    values.reserveCapacity(nodes.count)
    for node in nodes {
      let arguments = node.operands.map { values[$0] }
      values.append(try value(node, arguments, operands, indices))
    }
    return values[values.count - 1]
  }

  private func value(
    _ node: Node, _ arguments: [ScalarValue], _ operands: [ScalarValue], _ indices: [Int]
  ) throws(TensorError) -> ScalarValue {
    switch node.operation {
    case .operand(let index): return operands[index]
    case .constant(let number): return ScalarValue(number, node.dtype)
    case .index(let axis): return .int64(Int64(indices[axis]))
    case .unary(let function): return arguments[0].applying(function)
    case .binary(let function):
      if arguments[0].dtype.isInteger && (function == .divide || function == .remainder) {
        return try arguments[0].divided(by: arguments[1], function)
      }
      return arguments[0].applying(function, arguments[1])
    case .integerPower(let exponent): return arguments[0].power(exponent)
    case .select: return arguments[0] == .bool(true) ? arguments[1] : arguments[2]
    case .convert:
      guard let converted = arguments[0].converted(to: node.dtype) else {
        throw TensorError(.value, "convert", "\(arguments[0]) is not in the range of \(node.dtype)")
      }
      return converted
    case .complex: return arguments[0].complex(with: arguments[1])
    case .routine(let routine):
      let arguments = arguments.compactMap { $0.converted(to: .float64) }
      let value = try routine.body.value(of: arguments, result: .float64)
      return value.converted(to: node.dtype) ?? value
    }
  }
}

// MARK: - Functions

extension ScalarValue {
  private func undefined<Value>(_ function: some Any) -> Value { preconditionFailure("\(dtype) has no \(function)") }

  /// A function of this value.
  func applying(_ function: ScalarExpression.UnaryFunction) -> ScalarValue {
    switch self {
    case .float64(let x): .float64(Self.real(function, x) ?? undefined(function))
    case .float32(let x): .float32(Self.real(function, x) ?? undefined(function))
    case .int64(let x): .int64(Self.integer(function, WrappingInteger(x))?.value ?? undefined(function))
    case .int32(let x): .int32(Self.integer(function, WrappingInteger(x))?.value ?? undefined(function))
    case .bool(let x): function == .not ? .bool(!x) : undefined(function)
    case .complex128(let x):
      switch function {
      case .realPart: .float64(x.rawParts.0)
      case .imaginaryPart: .float64(x.rawParts.1)
      default: .complex128(Self.complex(function, x) ?? undefined(function))
      }
    case .complex64(let x):
      switch function {
      case .realPart: .float32(x.rawParts.0)
      case .imaginaryPart: .float32(x.rawParts.1)
      default: .complex64(Self.complex(function, x) ?? undefined(function))
      }
    }
  }

  /// A function of this value and another one.
  func applying(_ function: ScalarExpression.BinaryFunction, _ other: ScalarValue) -> ScalarValue {
    switch (self, other) {
    case (.float64(let x), .float64(let y)):
      if let holds = Self.compared(function, x, y) { return .bool(holds) }
      return .float64(Self.real(function, x, y) ?? undefined(function))
    case (.float32(let x), .float32(let y)):
      if let holds = Self.compared(function, x, y) { return .bool(holds) }
      return .float32(Self.real(function, x, y) ?? undefined(function))
    case (.int64(let x), .int64(let y)):
      let (x, y) = (WrappingInteger(x), WrappingInteger(y))
      if let holds = Self.compared(function, x, y) { return .bool(holds) }
      return .int64(Self.integer(function, x, y)?.value ?? undefined(function))
    case (.int32(let x), .int32(let y)):
      let (x, y) = (WrappingInteger(x), WrappingInteger(y))
      if let holds = Self.compared(function, x, y) { return .bool(holds) }
      return .int32(Self.integer(function, x, y)?.value ?? undefined(function))
    case (.bool(let x), .bool(let y)): return .bool(Self.logic(function, x, y) ?? undefined(function))
    case (.complex128(let x), .complex128(let y)):
      if function == .equal { return .bool(Complex.isEqual(x, y)) }
      return .complex128(Self.elementary(function, x, y) ?? undefined(function))
    case (.complex64(let x), .complex64(let y)):
      if function == .equal { return .bool(Complex.isEqual(x, y)) }
      return .complex64(Self.elementary(function, x, y) ?? undefined(function))
    default: preconditionFailure("\(function) of \(dtype) and \(other.dtype)")
    }
  }

  /// The quotient of two integers, or what is left of it.
  func divided(
    by other: ScalarValue, _ function: ScalarExpression.BinaryFunction
  ) throws(TensorError) -> ScalarValue {
    func result<Integer: FixedWidthInteger>(_ x: Integer, _ y: Integer) -> Integer? {
      let (value, isInvalid) =
        function == .divide ? x.dividedReportingOverflow(by: y) : x.remainderReportingOverflow(dividingBy: y)
      return isInvalid ? nil : value
    }
    let value: ScalarValue? =
      switch (self, other) {
      case (.int64(let x), .int64(let y)): result(x, y).map { .int64($0) }
      case (.int32(let x), .int32(let y)): result(x, y).map { .int32($0) }
      default: nil
      }
    guard let value else { throw TensorError(.value, "\(function)", "\(self) has no quotient by \(other)") }
    return value
  }

  /// The power with a whole exponent.
  func power(_ exponent: Int) -> ScalarValue {
    switch self {
    case .float64(let x): .float64(.integerPower(x, exponent))
    case .float32(let x): .float32(.integerPower(x, exponent))
    case .int64(let x): .int64(WrappingInteger.repeatedProduct(WrappingInteger(x), exponent.magnitude).value)
    case .int32(let x): .int32(WrappingInteger.repeatedProduct(WrappingInteger(x), exponent.magnitude).value)
    case .complex128(let x): .complex128(.integerPower(x, exponent))
    case .complex64(let x): .complex64(.integerPower(x, exponent))
    case .bool: undefined("powers")
    }
  }

  /// The complex number with this real part.
  func complex(with imaginary: ScalarValue) -> ScalarValue {
    switch (self, imaginary) {
    case (.float64(let x), .float64(let y)): .complex128(Complex(x, y))
    case (.float32(let x), .float32(let y)): .complex64(Complex(x, y))
    default: undefined("complex numbers")
    }
  }
}

// MARK: - Functions of one kind of number

extension ScalarValue {
  private static func elementary<S: ElementarySemantics>(_ function: ScalarExpression.UnaryFunction, _ x: S) -> S? {
    switch function {
    case .negate: -x
    case .exp: S.exp(x)
    case .expMinusOne: S.expMinusOne(x)
    case .log: S.log(x)
    case .logOnePlus: S.log(onePlus: x)
    case .sqrt: S.sqrt(x)
    case .hypotOne: S.hypotOne(x)
    case .sin: S.sin(x)
    case .cos: S.cos(x)
    case .tan: S.tan(x)
    case .asin: S.asin(x)
    case .acos: S.acos(x)
    case .atan: S.atan(x)
    case .sinh: S.sinh(x)
    case .cosh: S.cosh(x)
    case .tanh: S.tanh(x)
    case .asinh: S.asinh(x)
    case .acosh: S.acosh(x)
    case .atanh: S.atanh(x)
    case .not, .erf, .erfc, .floor, .realPart, .imaginaryPart, .conjugate: nil
    }
  }

  private static func real<S: RealSemantics>(_ function: ScalarExpression.UnaryFunction, _ x: S) -> S? {
    switch function {
    case .erf: S.erf(x)
    case .erfc: S.erfc(x)
    case .floor: S.floor(x)
    case .realPart, .conjugate: x
    case .imaginaryPart: S.constant(0)
    default: elementary(function, x)
    }
  }

  private static func complex<Part: ComplexPart>(
    _ function: ScalarExpression.UnaryFunction, _ x: Complex<Part>
  ) -> Complex<Part>? {
    function == .conjugate ? x.conjugate : elementary(function, x)
  }

  private static func integer<S: BitSemantics & OrderedSemantics>(
    _ function: ScalarExpression.UnaryFunction, _ x: S
  ) -> S? {
    switch function {
    case .negate: -x
    case .not: S.not(x)
    case .realPart, .conjugate: x
    case .imaginaryPart: S.constant(0)
    default: nil
    }
  }

  private static func elementary<S: ElementarySemantics>(
    _ function: ScalarExpression.BinaryFunction, _ x: S, _ y: S
  ) -> S? {
    switch function {
    case .add: x + y
    case .subtract: x - y
    case .multiply: x * y
    case .divide: x / y
    case .power: S.power(x, y)
    default: nil
    }
  }

  private static func real<S: RealSemantics>(_ function: ScalarExpression.BinaryFunction, _ x: S, _ y: S) -> S? {
    switch function {
    case .atan2: S.atan2(y: x, x: y)
    case .hypot: S.hypot(x, y)
    case .remainder: S.remainder(x, y)
    default: elementary(function, x, y)
    }
  }

  private static func integer<S: BitSemantics & OrderedSemantics>(
    _ function: ScalarExpression.BinaryFunction, _ x: S, _ y: S
  ) -> S? {
    switch function {
    case .add: x + y
    case .subtract: x - y
    case .multiply: x * y
    case .and: S.and(x, y)
    case .or: S.or(x, y)
    case .exclusiveOr: S.exclusiveOr(x, y)
    case .shiftLeft: S.shiftLeft(x, y)
    case .shiftRight: S.shiftRight(x, y)
    case .shiftRightLogical: S.shiftRightLogical(x, y)
    default: nil
    }
  }

  private static func logic(_ function: ScalarExpression.BinaryFunction, _ x: Bool, _ y: Bool) -> Bool? {
    switch function {
    case .and: x && y
    case .or: x || y
    case .exclusiveOr: x != y
    case .equal: x == y
    default: nil
    }
  }

  private static func compared<S: OrderedSemantics>(
    _ function: ScalarExpression.BinaryFunction, _ x: S, _ y: S
  ) -> Bool? where S.Mask == Bool {
    switch function {
    case .equal: S.isEqual(x, y)
    case .less: S.isLess(x, y)
    case .lessOrEqual: S.isLessOrEqual(x, y)
    default: nil
    }
  }
}
