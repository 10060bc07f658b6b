/// The inverse sine, between -π/2 and π/2; the principal value for complex numbers.
public struct Asin: ElementaryUnary {
  public static let name = "asin"
  public init() {}
  public func scalar<S: ElementarySemantics>(_ x: S) -> S { S.asin(x) }
  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .quotient(by: RootOneMinusSquare().bind(x)) }
  public static var samples: [PrimitiveSample] { unarySamples(Asin(), .unit, dtypes: dtypes) }
}

/// The inverse cosine, between 0 and π; the principal value for complex numbers.
public struct Acos: ElementaryUnary {
  public static let name = "acos"
  public init() {}
  public func scalar<S: ElementarySemantics>(_ x: S) -> S { S.acos(x) }
  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .quotient(by: -RootOneMinusSquare().bind(x)) }
  public static var samples: [PrimitiveSample] { unarySamples(Acos(), .unit, dtypes: dtypes) }
}

/// The inverse tangent, between -π/2 and π/2; the principal value for complex numbers.
///
/// The derivative is the square of 1 / √(1 + x²): the square of x would overflow, and in the next derivative the reciprocal
/// of a square would vanish, long before the result does.
public struct Atan: ElementaryUnary {
  public static let name = "atan"
  public init() {}
  public func scalar<S: ElementarySemantics>(_ x: S) -> S { S.atan(x) }
  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .scale(by: square(1 / HypotOne().bind(x))) }
  public static var samples: [PrimitiveSample] { unarySamples(Atan(), dtypes: dtypes) }
}
