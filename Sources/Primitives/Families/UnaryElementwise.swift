/// An elementwise primitive with one operand.
public protocol UnaryElementwise: ElementwisePrimitive {
  /// The derivative at operand `x` with result `y`.
  func derivative(x: Tensor, y: Tensor) -> LinearMap
}

extension UnaryElementwise {
  /// One.
  public static var arity: Int { 1 }

  /// The derivative that the author wrote.
  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap {
    derivative(x: point.operand(0), y: point.result())
  }

  /// The scalar expression on each element.
  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] { [try evaluate(operands[0])] }
}

/// A function of real and complex numbers, such as `exp`.
public protocol ElementaryUnary: UnaryElementwise {
  /// The value at one scalar.
  func scalar<S: ElementarySemantics>(_ x: S) -> S
}

extension ElementaryUnary {
  /// Real and complex floating point.
  public static var dtypes: [DType] { [.float64, .float32, .complex128, .complex64] }

  /// The scalar expression.
  public func lowering(of operands: [TensorType]) -> Lowering { .elementwise(scalar(.operand(0))) }

  /// The scalar expression on each element.
  public func evaluate(_ x: HostTensor) throws(TensorError) -> HostTensor {
    if let y = onScalar(x, { scalar($0) }) { return y }
    switch x.dtype {
    case .float64, .float32: return try x.mapReals(Self.name, { scalar($0) }, { scalar($0) })
    case .complex128, .complex64: return try x.mapComplex(Self.name, { scalar($0) }, { scalar($0) })
    case .int32, .int64, .bool: throw refused(x.dtype)
    }
  }
}

/// A function of real numbers alone, such as `erf`.
public protocol RealUnary: UnaryElementwise {
  /// The value at one scalar.
  func scalar<S: RealSemantics>(_ x: S) -> S
}

extension RealUnary {
  /// Real floating point.
  public static var dtypes: [DType] { [.float64, .float32] }

  /// The scalar expression.
  public func lowering(of operands: [TensorType]) -> Lowering { .elementwise(scalar(.operand(0))) }

  /// The scalar expression on each element.
  public func evaluate(_ x: HostTensor) throws(TensorError) -> HostTensor {
    if let y = onScalar(x, { scalar($0) }) { return y }
    switch x.dtype {
    case .float64, .float32: return try x.mapReals(Self.name, { scalar($0) }, { scalar($0) })
    default: throw refused(x.dtype)
    }
  }
}

/// A function of ordered numbers, real or integer, such as `abs`.
public protocol OrderedUnary: UnaryElementwise {
  /// The value at one scalar.
  func scalar<S: OrderedSemantics>(_ x: S) -> S
}

extension OrderedUnary {
  /// Real floating point and integers.
  public static var dtypes: [DType] { [.float64, .float32, .int32, .int64] }

  /// The scalar expression.
  public func lowering(of operands: [TensorType]) -> Lowering { .elementwise(scalar(.operand(0))) }

  /// The scalar expression on each element.
  public func evaluate(_ x: HostTensor) throws(TensorError) -> HostTensor {
    if let y = onScalar(x, { scalar($0) }) { return y }
    switch x.dtype {
    case .float64, .float32: return try x.mapReals(Self.name, { scalar($0) }, { scalar($0) })
    case .int64, .int32: return try x.mapIntegers(Self.name, { scalar($0).value }, { scalar($0).value })
    case .bool, .complex64, .complex128: throw refused(x.dtype)
    }
  }
}

/// A function of all numbers, such as the negative.
public protocol NumericUnary: UnaryElementwise {
  /// The value at one scalar.
  func scalar<S: ScalarSemantics>(_ x: S) -> S
}

extension NumericUnary {
  /// All but booleans.
  public static var dtypes: [DType] { [.float64, .float32, .int32, .int64, .complex128, .complex64] }

  /// The scalar expression.
  public func lowering(of operands: [TensorType]) -> Lowering { .elementwise(scalar(.operand(0))) }

  /// The scalar expression on each element.
  public func evaluate(_ x: HostTensor) throws(TensorError) -> HostTensor {
    if let y = onScalar(x, { scalar($0) }) { return y }
    switch x.dtype {
    case .float64, .float32: return try x.mapReals(Self.name, { scalar($0) }, { scalar($0) })
    case .int64, .int32: return try x.mapIntegers(Self.name, { scalar($0).value }, { scalar($0).value })
    case .complex128, .complex64: return try x.mapComplex(Self.name, { scalar($0) }, { scalar($0) })
    case .bool: throw refused(x.dtype)
    }
  }
}
