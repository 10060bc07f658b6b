// Derivatives are written with (1 - x)(1 + x), which keeps its digits near ±1, where 1 - x² loses them.

/// The inverse sine, between -π/2 and π/2; the principal value for complex numbers.
public struct Asin: ElementaryUnary {
  public static let name = "asin"
  public init() {}
  public func scalar<S: ElementarySemantics>(_ x: S) -> S { S.asin(x) }
  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .quotient(by: sqrt((1 - x) * (1 + x))) }
  public static var samples: [PrimitiveSample] { unarySamples(Asin(), .unit, dtypes: dtypes) }
}

/// The inverse cosine, between 0 and π; the principal value for complex numbers.
public struct Acos: ElementaryUnary {
  public static let name = "acos"
  public init() {}
  public func scalar<S: ElementarySemantics>(_ x: S) -> S { S.acos(x) }
  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .quotient(by: -sqrt((1 - x) * (1 + x))) }
  public static var samples: [PrimitiveSample] { unarySamples(Acos(), .unit, dtypes: dtypes) }
}

/// The inverse tangent, between -π/2 and π/2; the principal value for complex numbers.
public struct Atan: ElementaryUnary {
  public static let name = "atan"
  public init() {}
  public func scalar<S: ElementarySemantics>(_ x: S) -> S { S.atan(x) }
  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .quotient(by: 1 + x * x) }
  public static var samples: [PrimitiveSample] { unarySamples(Atan(), dtypes: dtypes) }
}
