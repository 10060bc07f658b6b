import Numerics

/// The absolute value of real numbers and integers. The derivative at 0 is a strong zero.
public struct Abs: OrderedUnary {
  public static let name = "abs"
  public init() {}
  public var traits: PrimitiveTraits { [.elementwise, .squareRule] }
  public func scalar<S: OrderedSemantics>(_ x: S) -> S { S.magnitude(x) }
  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .choice(weight: sign(x)) }
  public static var samples: [PrimitiveSample] { unarySamples(Abs(), dtypes: dtypes) }
}

/// -1, 0 or 1 with the sign of x, and `nan` for `nan`. The derivative is zero everywhere.
public struct Sign: OrderedUnary {
  public static let name = "sign"
  public init() {}
  public func scalar<S: OrderedSemantics>(_ x: S) -> S {
    S.select(S.isLess(x, .constant(0)), .constant(-1), S.select(S.isLess(.constant(0), x), .constant(1), x))
  }
  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .zero }
  public static var samples: [PrimitiveSample] { unarySamples(Sign(), dtypes: dtypes) }
}
