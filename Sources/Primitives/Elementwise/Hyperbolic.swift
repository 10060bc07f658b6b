/// The hyperbolic sine.
public struct Sinh: ElementaryUnary {
  public static let name = "sinh"
  public init() {}
  public func scalar<S: ElementarySemantics>(_ x: S) -> S { S.sinh(x) }
  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .scale(by: cosh(x)) }
  public static var samples: [PrimitiveSample] { unarySamples(Sinh(), dtypes: dtypes) }
}

/// The hyperbolic cosine.
public struct Cosh: ElementaryUnary {
  public static let name = "cosh"
  public init() {}
  public func scalar<S: ElementarySemantics>(_ x: S) -> S { S.cosh(x) }
  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .scale(by: sinh(x)) }
  public static var samples: [PrimitiveSample] { unarySamples(Cosh(), dtypes: dtypes) }
}

/// The hyperbolic tangent.
///
/// The derivative of real numbers is four times the slope of the logistic function at 2x: 1 - y² loses its digits for large
/// x, and the derivatives of 1 / cosh²(x) overflow.
public struct Tanh: ElementaryUnary {
  public static let name = "tanh"
  public init() {}
  public func scalar<S: ElementarySemantics>(_ x: S) -> S { S.tanh(x) }
  public func derivative(x: Tensor, y: Tensor) -> LinearMap {
    .scale(by: x.dtype.isComplex ? 1 - y * y : 4 * LogisticSlope().bind(2 * x))
  }
  public static var samples: [PrimitiveSample] { unarySamples(Tanh(), dtypes: dtypes) }
}

/// The inverse hyperbolic sine.
public struct Asinh: ElementaryUnary {
  public static let name = "asinh"
  public init() {}
  public func scalar<S: ElementarySemantics>(_ x: S) -> S { S.asinh(x) }
  public func derivative(x: Tensor, y: Tensor) -> LinearMap {
    .quotient(by: x.dtype.isComplex ? sqrt(1 + x * x) : HypotOne().bind(x))
  }
  public static var samples: [PrimitiveSample] { unarySamples(Asinh(), dtypes: dtypes) }
}

/// The inverse hyperbolic cosine; the principal value for complex numbers.
///
/// The two square roots of the derivative must not be joined: for complex numbers with a negative real part the root of
/// the product has the other sign.
public struct Acosh: ElementaryUnary {
  public static let name = "acosh"
  public init() {}
  public func scalar<S: ElementarySemantics>(_ x: S) -> S { S.acosh(x) }
  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .quotient(by: sqrt(x - 1) * sqrt(x + 1)) }
  public static var samples: [PrimitiveSample] { unarySamples(Acosh(), .aboveOne, dtypes: dtypes) }
}

/// The inverse hyperbolic tangent; the principal value for complex numbers.
public struct Atanh: ElementaryUnary {
  public static let name = "atanh"
  public init() {}
  public func scalar<S: ElementarySemantics>(_ x: S) -> S { S.atanh(x) }
  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .quotient(by: OneMinusSquare().bind(x)) }
  public static var samples: [PrimitiveSample] { unarySamples(Atanh(), .unit, dtypes: dtypes) }
}
