/// A question about two numbers at the same place, such as whether one is less than the other. It has no tangent.
public protocol PredicatePrimitive: BinaryElementwise {}

extension PredicatePrimitive {
  /// Elementwise, and discrete.
  public var traits: PrimitiveTraits { [.elementwise, .discrete] }
  /// Truth values.
  public func resultDType(of operand: DType) -> DType { .bool }
  /// None; nobody asks.
  public func derivative(of operand: Int, x: Tensor, y: Tensor, z: Tensor) -> LinearMap { .zero }
}

/// A question about numbers of any kind.
public protocol NumericPredicate: PredicatePrimitive {
  /// The answer for two scalars.
  func scalar<S: ScalarSemantics>(_ x: S, _ y: S) -> S.Mask
}

extension NumericPredicate {
  /// All but booleans.
  public static var dtypes: [DType] { [.float64, .float32, .int32, .int64, .complex128, .complex64] }

  /// The scalar expression.
  public func lowering(of operands: [TensorType]) -> Lowering {
    .elementwise(scalar(ScalarExpression.operand(0), ScalarExpression.operand(1)))
  }

  /// The scalar expression on each pair of elements.
  public func evaluate(_ x: HostTensor, _ y: HostTensor) throws(TensorError) -> HostTensor {
    if let z = onScalars(x, y, { scalar($0, $1) }) { return z }
    try check(x, y)
    switch x.dtype {
    case .float64, .float32: return try x.mapReals(Self.name, with: y, { scalar($0, $1) }, { scalar($0, $1) })
    case .int64, .int32: return try x.mapIntegers(Self.name, with: y, { scalar($0, $1) }, { scalar($0, $1) })
    case .complex128, .complex64: return try x.mapComplex(Self.name, with: y, { scalar($0, $1) }, { scalar($0, $1) })
    case .bool: throw refused(x.dtype)
    }
  }
}

/// A question about the order of two numbers.
public protocol OrderedPredicate: PredicatePrimitive {
  /// The answer for two scalars.
  func scalar<S: OrderedSemantics>(_ x: S, _ y: S) -> S.Mask
}

extension OrderedPredicate {
  /// Real floating point and integers.
  public static var dtypes: [DType] { [.float64, .float32, .int32, .int64] }

  /// The scalar expression.
  public func lowering(of operands: [TensorType]) -> Lowering {
    .elementwise(scalar(ScalarExpression.operand(0), ScalarExpression.operand(1)))
  }

  /// The scalar expression on each pair of elements.
  public func evaluate(_ x: HostTensor, _ y: HostTensor) throws(TensorError) -> HostTensor {
    if let z = onScalars(x, y, { scalar($0, $1) }) { return z }
    try check(x, y)
    switch x.dtype {
    case .float64, .float32: return try x.mapReals(Self.name, with: y, { scalar($0, $1) }, { scalar($0, $1) })
    case .int64, .int32: return try x.mapIntegers(Self.name, with: y, { scalar($0, $1) }, { scalar($0, $1) })
    case .bool, .complex64, .complex128: throw refused(x.dtype)
    }
  }
}
