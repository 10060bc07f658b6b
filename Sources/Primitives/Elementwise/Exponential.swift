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

/// exp(x) - 1, accurate near 0.
public struct ExpMinusOne: ElementaryUnary {
  public static let name = "expMinusOne"
  public init() {}
  public func scalar<S: ElementarySemantics>(_ x: S) -> S { S.expMinusOne(x) }
  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .scale(by: exp(x)) }
  public static var samples: [PrimitiveSample] { unarySamples(ExpMinusOne(), dtypes: dtypes) }
}

/// log(1 + x), accurate near 0.
public struct LogOnePlus: ElementaryUnary {
  public static let name = "logOnePlus"
  public init() {}
  public func scalar<S: ElementarySemantics>(_ x: S) -> S { S.log(onePlus: x) }
  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .quotient(by: 1 + x) }
  public static var samples: [PrimitiveSample] { unarySamples(LogOnePlus(), .unit, dtypes: dtypes) }
}
