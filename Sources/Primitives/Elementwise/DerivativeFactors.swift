// Functions that derivatives are made of. Each is one function, and not an expression of others, so that it keeps its
// digits where an expression overflows or cancels, and so does its own derivative.

/// 1 - x², as (1 - x)(1 + x), which keeps its digits near ±1. The derivative of that product would lose them near 0.
public struct OneMinusSquare: ElementaryUnary {
  public static let name = "oneMinusSquare"
  public init() {}
  public func scalar<S: ElementarySemantics>(_ x: S) -> S { (.constant(1) - x) * (.constant(1) + x) }
  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .scale(by: -2 * x) }
  public static var samples: [PrimitiveSample] { unarySamples(OneMinusSquare(), dtypes: dtypes) }
}

/// √(1 + x²) without overflow of the square.
public struct HypotOne: RealUnary {
  public static let name = "hypotOne"
  public init() {}
  public func scalar<S: RealSemantics>(_ x: S) -> S { S.hypot(.constant(1), x) }
  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .scale(by: x / y) }
  public static var samples: [PrimitiveSample] { unarySamples(HypotOne(), dtypes: dtypes) }
}

/// The slope of the logistic function, 1 / (2 cosh(x/2))², without overflow.
///
/// Its derivative is -slope(x) · tanh(x/2), in which nothing cancels at 0.
public struct LogisticSlope: RealUnary {
  public static let name = "logisticSlope"
  public init() {}
  public func scalar<S: RealSemantics>(_ x: S) -> S {
    let tail = S.exp(-S.magnitude(x))
    let sum = S.constant(1) + tail
    return tail / (sum * sum)
  }
  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .scale(by: -y * tanh(0.5 * x)) }
  public static var samples: [PrimitiveSample] { unarySamples(LogisticSlope(), dtypes: dtypes) }
}
