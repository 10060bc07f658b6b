/// An elementwise primitive with two operands.
public protocol BinaryElementwise: ElementwisePrimitive {
  /// The partial derivative with respect to operand 0 or 1 at operands `x`, `y` with result `z`.
  func derivative(of operand: Int, x: Tensor, y: Tensor, z: Tensor) -> LinearMap
}

extension BinaryElementwise {
  /// Two.
  public static var arity: Int { 2 }

  /// The partial derivative that the author wrote.
  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap {
    derivative(of: operand, x: point.operand(0), y: point.operand(1), z: point.result())
  }

  /// The scalar expression on each pair of elements.
  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    [try evaluate(operands[0], operands[1])]
  }

  func check(_ x: HostTensor, _ y: HostTensor) throws(TensorError) {
    guard x.dtype == y.dtype, x.shape == y.shape else {
      _ = try resultTypes(of: [x.type, y.type])
      return
    }
  }
}

/// A function of two numbers of any kind, such as the product.
public protocol NumericBinary: BinaryElementwise {
  /// The value at two scalars.
  func scalar<S: ScalarSemantics>(_ x: S, _ y: S) -> S
}

extension NumericBinary {
  /// All but booleans.
  public static var dtypes: [DType] { [.float64, .float32, .int32, .int64, .complex128, .complex64] }

  /// The scalar expression.
  public func lowering(of operands: [TensorType]) -> Lowering { .elementwise(scalar(.operand(0), .operand(1))) }

  /// The scalar expression on each pair of elements.
  public func evaluate(_ x: HostTensor, _ y: HostTensor) throws(TensorError) -> HostTensor {
    if let z = onScalars(x, y, { scalar($0, $1) }) { return z }
    try check(x, y)
    switch x.dtype {
    case .float64, .float32: return try x.mapReals(Self.name, with: y, { scalar($0, $1) }, { scalar($0, $1) })
    case .int64, .int32:
      return try x.mapIntegers(Self.name, with: y, { scalar($0, $1).value }, { scalar($0, $1).value })
    case .complex128, .complex64: return try x.mapComplex(Self.name, with: y, { scalar($0, $1) }, { scalar($0, $1) })
    case .bool: throw refused(x.dtype)
    }
  }
}

/// A function of two real or complex numbers, such as the quotient.
public protocol ElementaryBinary: BinaryElementwise {
  /// The value at two scalars.
  func scalar<S: ElementarySemantics>(_ x: S, _ y: S) -> S
}

extension ElementaryBinary {
  /// Real and complex floating point.
  public static var dtypes: [DType] { [.float64, .float32, .complex128, .complex64] }

  /// The scalar expression.
  public func lowering(of operands: [TensorType]) -> Lowering { .elementwise(scalar(.operand(0), .operand(1))) }

  /// The scalar expression on each pair of elements.
  public func evaluate(_ x: HostTensor, _ y: HostTensor) throws(TensorError) -> HostTensor {
    if let z = onScalars(x, y, { scalar($0, $1) }) { return z }
    try check(x, y)
    switch x.dtype {
    case .float64, .float32: return try x.mapReals(Self.name, with: y, { scalar($0, $1) }, { scalar($0, $1) })
    case .complex128, .complex64: return try x.mapComplex(Self.name, with: y, { scalar($0, $1) }, { scalar($0, $1) })
    case .int32, .int64, .bool: throw refused(x.dtype)
    }
  }
}

/// A function of two ordered numbers, such as the larger one.
public protocol OrderedBinary: BinaryElementwise {
  /// The value at two scalars.
  func scalar<S: OrderedSemantics>(_ x: S, _ y: S) -> S
}

extension OrderedBinary {
  /// Real floating point and integers.
  public static var dtypes: [DType] { [.float64, .float32, .int32, .int64] }

  /// The scalar expression.
  public func lowering(of operands: [TensorType]) -> Lowering { .elementwise(scalar(.operand(0), .operand(1))) }

  /// The scalar expression on each pair of elements.
  public func evaluate(_ x: HostTensor, _ y: HostTensor) throws(TensorError) -> HostTensor {
    if let z = onScalars(x, y, { scalar($0, $1) }) { return z }
    try check(x, y)
    switch x.dtype {
    case .float64, .float32: return try x.mapReals(Self.name, with: y, { scalar($0, $1) }, { scalar($0, $1) })
    case .int64, .int32:
      return try x.mapIntegers(Self.name, with: y, { scalar($0, $1).value }, { scalar($0, $1).value })
    case .bool, .complex64, .complex128: throw refused(x.dtype)
    }
  }
}

/// A function of two real numbers, such as the angle of a point.
public protocol RealBinary: BinaryElementwise {
  /// The value at two scalars.
  func scalar<S: RealSemantics>(_ x: S, _ y: S) -> S
}

extension RealBinary {
  /// Real floating point.
  public static var dtypes: [DType] { [.float64, .float32] }

  /// The scalar expression.
  public func lowering(of operands: [TensorType]) -> Lowering { .elementwise(scalar(.operand(0), .operand(1))) }

  /// The scalar expression on each pair of elements.
  public func evaluate(_ x: HostTensor, _ y: HostTensor) throws(TensorError) -> HostTensor {
    if let z = onScalars(x, y, { scalar($0, $1) }) { return z }
    try check(x, y)
    switch x.dtype {
    case .float64, .float32: return try x.mapReals(Self.name, with: y, { scalar($0, $1) }, { scalar($0, $1) })
    default: throw refused(x.dtype)
    }
  }
}
