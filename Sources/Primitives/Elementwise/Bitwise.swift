// Integers as bits, in two's complement.

/// The bits that both have.
public struct BitwiseAnd: BitBinary {
  public static let name = "bitwiseAnd"
  public init() {}
  public var traits: PrimitiveTraits { [.elementwise, .discrete, .commutative] }
  public func scalar<S: BitSemantics>(_ x: S, _ y: S) -> S { S.and(x, y) }
  public static var samples: [PrimitiveSample] { binarySamples(BitwiseAnd(), dtypes: dtypes) }
}

/// The bits that at least one has.
public struct BitwiseOr: BitBinary {
  public static let name = "bitwiseOr"
  public init() {}
  public var traits: PrimitiveTraits { [.elementwise, .discrete, .commutative] }
  public func scalar<S: BitSemantics>(_ x: S, _ y: S) -> S { S.or(x, y) }
  public static var samples: [PrimitiveSample] { binarySamples(BitwiseOr(), dtypes: dtypes) }
}

/// The bits that exactly one has.
public struct BitwiseXor: BitBinary {
  public static let name = "bitwiseXor"
  public init() {}
  public var traits: PrimitiveTraits { [.elementwise, .discrete, .commutative] }
  public func scalar<S: BitSemantics>(_ x: S, _ y: S) -> S { S.exclusiveOr(x, y) }
  public static var samples: [PrimitiveSample] { binarySamples(BitwiseXor(), dtypes: dtypes) }
}

/// The bits that it does not have.
public struct BitwiseNot: UnaryElementwise {
  public static let name = "bitwiseNot"
  public static var dtypes: [DType] { [.int32, .int64] }
  public init() {}
  public var traits: PrimitiveTraits { [.elementwise, .discrete] }
  public func lowering(of operands: [TensorType]) -> Lowering { .elementwise(.not(.operand(0))) }

  public func evaluate(_ x: HostTensor) throws(TensorError) -> HostTensor {
    guard x.dtype.isInteger else { throw refused(x.dtype) }
    return try x.mapIntegers(
      Self.name, { WrappingInteger.not($0).value }, { WrappingInteger.not($0).value })
  }

  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .zero }
  public static var samples: [PrimitiveSample] { unarySamples(BitwiseNot(), dtypes: dtypes) }
}

/// The bits moved to the left, with zeros from the right; 0 where all are moved out, or the number of bits is negative.
public struct ShiftLeft: BitBinary {
  public static let name = "shiftLeft"
  public init() {}
  public func scalar<S: BitSemantics>(_ x: S, _ y: S) -> S { S.shiftLeft(x, y) }
  public static var samples: [PrimitiveSample] { binarySamples(ShiftLeft(), dtypes: dtypes) }
}

/// The bits moved to the right, with copies of the sign from the left, of which the result consists where all are moved out,
/// or the number of bits is negative.
public struct ShiftRight: BitBinary {
  public static let name = "shiftRight"
  public init() {}
  public func scalar<S: BitSemantics>(_ x: S, _ y: S) -> S { S.shiftRight(x, y) }
  public static var samples: [PrimitiveSample] { binarySamples(ShiftRight(), dtypes: dtypes) }
}

/// The bits moved to the right, with zeros from the left; 0 where all are moved out, or the number of bits is negative.
public struct ShiftRightLogical: BitBinary {
  public static let name = "shiftRightLogical"
  public init() {}
  public func scalar<S: BitSemantics>(_ x: S, _ y: S) -> S { S.shiftRightLogical(x, y) }
  public static var samples: [PrimitiveSample] {
    binarySamples(ShiftRightLogical(), dtypes: dtypes)
  }
}
