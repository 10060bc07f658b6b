/// The error function 2/√π ∫₀ˣ exp(-t²) dt.
public struct Erf: RealUnary {
  public static let name = "erf"
  public init() {}
  public func scalar<S: RealSemantics>(_ x: S) -> S { S.erf(x) }
  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .scale(by: twoOverRootPi * exp(-x * x)) }
  public static var samples: [PrimitiveSample] { unarySamples(Erf(), dtypes: dtypes) }
}

/// 1 - erf(x), accurate for large x.
public struct Erfc: RealUnary {
  public static let name = "erfc"
  public init() {}
  public func scalar<S: RealSemantics>(_ x: S) -> S { S.erfc(x) }
  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .scale(by: -twoOverRootPi * exp(-x * x)) }
  public static var samples: [PrimitiveSample] { unarySamples(Erfc(), dtypes: dtypes) }
}

/// 2 / √π.
private let twoOverRootPi = 1.1283791670955126
