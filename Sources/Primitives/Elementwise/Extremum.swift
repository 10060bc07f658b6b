// The larger and the smaller of two numbers, and what their derivatives are made of.

/// The larger of two numbers; `nan` when one of them is. Where both are equal, each has half of the derivative.
public struct Maximum: OrderedBinary {
  public static let name = "max"
  public init() {}
  // Not commutative: of 0 and -0, which are equal, it gives the one that stands in front.
  public var traits: PrimitiveTraits { .elementwise }
  public func scalar<S: OrderedSemantics>(_ x: S, _ y: S) -> S { S.maximum(x, y) }
  public func derivative(of operand: Int, x: Tensor, y: Tensor, z: Tensor) -> LinearMap {
    .choice(weight: operand == 0 ? Preference().bind(x, y) : Preference().bind(y, x))
  }
  public static var samples: [PrimitiveSample] { binarySamples(Maximum(), dtypes: dtypes) }
}

/// The smaller of two numbers; `nan` when one of them is. Where both are equal, each has half of the derivative.
public struct Minimum: OrderedBinary {
  public static let name = "min"
  public init() {}
  // Not commutative: of 0 and -0, which are equal, it gives the one that stands in front.
  public var traits: PrimitiveTraits { .elementwise }
  public func scalar<S: OrderedSemantics>(_ x: S, _ y: S) -> S { S.minimum(x, y) }
  public func derivative(of operand: Int, x: Tensor, y: Tensor, z: Tensor) -> LinearMap {
    .choice(weight: operand == 0 ? Preference().bind(y, x) : Preference().bind(x, y))
  }
  public static var samples: [PrimitiveSample] { binarySamples(Minimum(), dtypes: dtypes) }
}

/// 1 where x is larger than y, 0 where it is smaller, and 1/2 otherwise.
public struct Preference: RealBinary {
  public static let name = "preference"
  public init() {}
  public var traits: PrimitiveTraits { [.elementwise, .discrete] }
  public func scalar<S: RealSemantics>(_ x: S, _ y: S) -> S {
    S.select(S.isLess(y, x), .constant(1), S.select(S.isLess(x, y), .constant(0), .constant(0.5)))
  }
  public func derivative(of operand: Int, x: Tensor, y: Tensor, z: Tensor) -> LinearMap { .zero }
  public static var samples: [PrimitiveSample] { binarySamples(Preference(), dtypes: dtypes) }
}

/// The positive part: x where it is positive, else 0; `nan` for `nan`. The derivative at 0 is a strong zero.
public struct Relu: OrderedUnary {
  public static let name = "relu"
  public init() {}
  public func scalar<S: OrderedSemantics>(_ x: S) -> S {
    S.select(S.isLessOrEqual(x, .constant(0)), .constant(0), x)
  }
  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .choice(weight: HeavisideStep().bind(x)) }
  public static var samples: [PrimitiveSample] { unarySamples(Relu(), dtypes: dtypes) }
}

/// 0 where x is at most 0, else 1.
public struct HeavisideStep: RealUnary {
  public static let name = "step"
  public init() {}
  public var traits: PrimitiveTraits { [.elementwise, .discrete] }
  public func scalar<S: RealSemantics>(_ x: S) -> S {
    S.select(S.isLessOrEqual(x, .constant(0)), .constant(0), .constant(1))
  }
  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .zero }
  public static var samples: [PrimitiveSample] { unarySamples(HeavisideStep(), dtypes: dtypes) }
}
