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
/// The derivative is sech²(x), because 1 - y² loses its digits for large x. Of real numbers it is written as four times the
/// slope of the logistic function at 2x, which is one exponential.
public struct Tanh: ElementaryUnary {
  public static let name = "tanh"
  public init() {}
  public func scalar<S: ElementarySemantics>(_ x: S) -> S { S.tanh(x) }
  public func derivative(x: Tensor, y: Tensor) -> LinearMap {
    .scale(by: x.dtype.isComplex ? square(Sech().bind(x)) : 4 * LogisticSlope().bind(2 * x))
  }
  public static var samples: [PrimitiveSample] { unarySamples(Tanh(), dtypes: dtypes) }
}

/// The inverse hyperbolic sine.
public struct Asinh: ElementaryUnary {
  public static let name = "asinh"
  public init() {}
  public func scalar<S: ElementarySemantics>(_ x: S) -> S { S.asinh(x) }
  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .quotient(by: HypotOne().bind(x)) }
  public static var samples: [PrimitiveSample] { unarySamples(Asinh(), dtypes: dtypes) }
}

/// The inverse hyperbolic cosine; the principal value for complex numbers.
public struct Acosh: ElementaryUnary {
  public static let name = "acosh"
  public init() {}
  public func scalar<S: ElementarySemantics>(_ x: S) -> S { S.acosh(x) }
  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .quotient(by: RootSquareMinusOne().bind(x)) }
  public static var samples: [PrimitiveSample] { unarySamples(Acosh(), .aboveOne, dtypes: dtypes) }
}

/// The inverse hyperbolic tangent; the principal value for complex numbers.
public struct Atanh: ElementaryUnary {
  public static let name = "atanh"
  public init() {}
  public func scalar<S: ElementarySemantics>(_ x: S) -> S { S.atanh(x) }
  public func derivative(x: Tensor, y: Tensor) -> LinearMap {
    x.dtype.isComplex
      ? .scale(by: square(1 / RootOneMinusSquare().bind(x))) : .quotient(by: OneMinusSquare().bind(x))
  }
  public static var samples: [PrimitiveSample] { unarySamples(Atanh(), .unit, dtypes: dtypes) }
}
