/// A function of two truth values.
public protocol LogicBinary: PredicatePrimitive {
  /// The value at two truth values.
  func scalar<S: LogicSemantics>(_ x: S, _ y: S) -> S
}

extension LogicBinary {
  /// Booleans.
  public static var dtypes: [DType] { [.bool] }

  /// The scalar expression.
  public func lowering(of operands: [TensorType]) -> Lowering { .elementwise(scalar(.operand(0), .operand(1))) }

  /// The scalar expression on each pair of elements.
  public func evaluate(_ x: HostTensor, _ y: HostTensor) throws(TensorError) -> HostTensor {
    try check(x, y)
    guard x.dtype == .bool else { throw refused(x.dtype) }
    return try mapElements(Self.name, x, y) { (x: Bool, y: Bool) in scalar(x, y) }
  }

  /// Samples with truth values.
  public static func logicSamples(_ primitive: Self) -> [PrimitiveSample] {
    binarySamples(primitive, .flags, dtypes: dtypes)
  }
}

/// A function of one truth value.
public protocol LogicUnary: UnaryElementwise {
  /// The value at one truth value.
  func scalar<S: LogicSemantics>(_ x: S) -> S
}

extension LogicUnary {
  /// Elementwise, and discrete.
  public var traits: PrimitiveTraits { [.elementwise, .discrete] }
  /// Booleans.
  public static var dtypes: [DType] { [.bool] }
  /// None; nobody asks.
  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .zero }

  /// The scalar expression.
  public func lowering(of operands: [TensorType]) -> Lowering { .elementwise(scalar(.operand(0))) }

  /// The scalar expression on each element.
  public func evaluate(_ x: HostTensor) throws(TensorError) -> HostTensor {
    guard x.dtype == .bool else { throw refused(x.dtype) }
    return try mapElements(Self.name, x) { (x: Bool) in scalar(x) }
  }
}
