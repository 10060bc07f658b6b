/// A function of the bits of two integers.
public protocol BitBinary: BinaryElementwise {
  /// The value at two integers.
  func scalar<S: BitSemantics>(_ x: S, _ y: S) -> S
}

extension BitBinary {
  /// Elementwise, and discrete.
  public var traits: PrimitiveTraits { [.elementwise, .discrete] }
  /// Integers.
  public static var dtypes: [DType] { [.int32, .int64] }
  /// None; nobody asks.
  public func derivative(of operand: Int, x: Tensor, y: Tensor, z: Tensor) -> LinearMap { .zero }

  /// The scalar expression.
  public func lowering(of operands: [TensorType]) -> Lowering {
    .elementwise(scalar(.operand(0), .operand(1)))
  }

  /// The scalar expression on each pair of elements.
  public func evaluate(_ x: HostTensor, _ y: HostTensor) throws(TensorError) -> HostTensor {
    try check(x, y)
    guard x.dtype.isInteger else { throw refused(x.dtype) }
    return try x.mapIntegers(Self.name, with: y, { scalar($0, $1).value }, { scalar($0, $1).value })
  }
}
