// Functions that derivatives are made of. Each is one function, and not an expression of others, so that it keeps its
// digits where an expression overflows or cancels, and so does its own derivative.

/// 1 - x² of real numbers, as (1 - x)(1 + x), which keeps its digits near ±1. The derivative of that product would lose
/// them near 0.
public struct OneMinusSquare: RealUnary {
  public static let name = "oneMinusSquare"
  public init() {}
  public func scalar<S: RealSemantics>(_ x: S) -> S { (.constant(1) - x) * (.constant(1) + x) }
  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .scale(by: -2 * x) }
  public static var samples: [PrimitiveSample] { unarySamples(OneMinusSquare(), dtypes: dtypes) }
}

/// √(1 - x) · √(1 + x): the root of 1 - x² without overflow of the square.
///
/// The two roots must not be joined: for complex numbers the product of the principal roots is what the derivatives of
/// the inverse sine and cosine have on both sides of their cuts.
public struct RootOneMinusSquare: ElementaryUnary {
  public static let name = "rootOneMinusSquare"
  public init() {}
  public func scalar<S: ElementarySemantics>(_ x: S) -> S { S.sqrt(.constant(1) - x) * S.sqrt(.constant(1) + x) }
  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .scale(by: -x / y) }
  public static var samples: [PrimitiveSample] { unarySamples(RootOneMinusSquare(), .unit, dtypes: dtypes) }
}

/// √(x - 1) · √(x + 1): the root of x² - 1 without overflow of the square.
///
/// The two roots must not be joined: for complex numbers with a negative real part the root of the product has the
/// other sign.
public struct RootSquareMinusOne: ElementaryUnary {
  public static let name = "rootSquareMinusOne"
  public init() {}
  public func scalar<S: ElementarySemantics>(_ x: S) -> S { S.sqrt(x - .constant(1)) * S.sqrt(x + .constant(1)) }
  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .scale(by: x / y) }
  public static var samples: [PrimitiveSample] { unarySamples(RootSquareMinusOne(), .aboveOne, dtypes: dtypes) }
}

/// √(1 + x²) without overflow of the square.
public struct HypotOne: ElementaryUnary {
  public static let name = "hypotOne"
  public init() {}
  public func scalar<S: ElementarySemantics>(_ x: S) -> S { S.hypotOne(x) }
  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .scale(by: x / y) }
  public static var samples: [PrimitiveSample] { unarySamples(HypotOne(), dtypes: dtypes) }
}

/// The secant 1 / cos(x).
public struct Sec: ElementaryUnary {
  public static let name = "sec"
  public init() {}
  public func scalar<S: ElementarySemantics>(_ x: S) -> S { .constant(1) / S.cos(x) }
  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .scale(by: y * tan(x)) }
  public static var samples: [PrimitiveSample] { unarySamples(Sec(), .unit, dtypes: dtypes) }
}

/// The hyperbolic secant 1 / cosh(x).
public struct Sech: ElementaryUnary {
  public static let name = "sech"
  public init() {}
  public func scalar<S: ElementarySemantics>(_ x: S) -> S { .constant(1) / S.cosh(x) }
  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .scale(by: -y * tanh(x)) }
  public static var samples: [PrimitiveSample] { unarySamples(Sech(), dtypes: dtypes) }
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
