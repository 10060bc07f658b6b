import Numerics

/// The square root; the principal value for complex numbers. Its derivative at 0 is infinite.
public struct Sqrt: ElementaryUnary {
  public static let name = "sqrt"
  public init() {}
  public var traits: PrimitiveTraits { [.elementwise, .squareRule] }
  public func scalar<S: ElementarySemantics>(_ x: S) -> S { S.sqrt(x) }
  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .quotient(by: 2 * y) }
  public static var samples: [PrimitiveSample] { unarySamples(Sqrt(), .positive, dtypes: dtypes) }
}

/// The real cube root, negative for negative numbers. Its derivative at 0 is infinite.
public struct Cbrt: HostUnary {
  public static let name = "cbrt"
  public init() {}
  public func value(_ x: Double) -> Double { .root(x, 3) }
  public var routine: ScalarRoutine {
    ScalarRoutine(Self.name, .one { Cbrt().value($0) }, many: .library(Self.name), body: Self.body)
  }
  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .quotient(by: 3 * y * y) }
  public static var samples: [PrimitiveSample] { unarySamples(Cbrt(), dtypes: dtypes) }
}
