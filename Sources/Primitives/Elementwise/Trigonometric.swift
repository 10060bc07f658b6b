/// The sine.
public struct Sin: ElementaryUnary {
  public static let name = "sin"
  public init() {}
  public func scalar<S: ElementarySemantics>(_ x: S) -> S { S.sin(x) }
  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .scale(by: cos(x)) }
  public static var samples: [PrimitiveSample] { unarySamples(Sin(), dtypes: dtypes) }
}

/// The cosine.
public struct Cos: ElementaryUnary {
  public static let name = "cos"
  public init() {}
  public func scalar<S: ElementarySemantics>(_ x: S) -> S { S.cos(x) }
  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .scale(by: -sin(x)) }
  public static var samples: [PrimitiveSample] { unarySamples(Cos(), dtypes: dtypes) }
}

/// The tangent.
///
/// The derivative of complex numbers is 1 / cos²(x): 1 + y² loses its digits far from the real axis.
public struct Tan: ElementaryUnary {
  public static let name = "tan"
  public init() {}
  public func scalar<S: ElementarySemantics>(_ x: S) -> S { S.tan(x) }
  public func derivative(x: Tensor, y: Tensor) -> LinearMap {
    .scale(by: x.dtype.isComplex ? square(Sec().bind(x)) : 1 + y * y)
  }
  public static var samples: [PrimitiveSample] { unarySamples(Tan(), .unit, dtypes: dtypes) }
}
