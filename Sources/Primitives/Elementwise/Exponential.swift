/// e to the power of x.
public struct Exp: ElementaryUnary {
  public static let name = "exp"
  public init() {}
  public func scalar<S: ElementarySemantics>(_ x: S) -> S { S.exp(x) }
  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .scale(by: y) }
  public static var samples: [PrimitiveSample] { unarySamples(Exp(), dtypes: dtypes) }
}

/// The natural logarithm.
public struct Log: ElementaryUnary {
  public static let name = "log"
  public init() {}
  public func scalar<S: ElementarySemantics>(_ x: S) -> S { S.log(x) }
  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .quotient(by: x) }
  public static var samples: [PrimitiveSample] { unarySamples(Log(), .positive, dtypes: dtypes) }
}
