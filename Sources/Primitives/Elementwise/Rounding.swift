// Rounding to integers, as numbers of the same type. The derivative is zero everywhere.

/// The largest integer that is at most x.
public struct Floor: RealUnary {
  public static let name = "floor"
  public init() {}
  public func scalar<S: RealSemantics>(_ x: S) -> S { S.floor(x) }
  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .zero }
  public static var samples: [PrimitiveSample] { unarySamples(Floor(), dtypes: dtypes) }
}

/// The smallest integer that is at least x.
public struct Ceil: RealUnary {
  public static let name = "ceil"
  public init() {}
  public func scalar<S: RealSemantics>(_ x: S) -> S { -S.floor(-x) }
  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .zero }
  public static var samples: [PrimitiveSample] { unarySamples(Ceil(), dtypes: dtypes) }
}

/// The nearest integer; halves are rounded away from zero, as Swift's `rounded()` does.
public struct Round: RealUnary {
  public static let name = "round"
  public init() {}
  public func scalar<S: RealSemantics>(_ x: S) -> S {
    // x - floor(x) is exact, where x + 1/2 is not.
    let size = S.magnitude(x)
    let below = S.floor(size)
    let isUpper = S.isLessOrEqual(.constant(0.5), size - below)
    let rounded = S.select(isUpper, below + .constant(1), below)
    return S.select(S.isLess(x, .constant(0)), -rounded, rounded)
  }
  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .zero }
  public static var samples: [PrimitiveSample] { unarySamples(Round(), dtypes: dtypes) }
}

/// The integer next to x toward zero.
public struct Trunc: RealUnary {
  public static let name = "trunc"
  public init() {}
  public func scalar<S: RealSemantics>(_ x: S) -> S {
    S.select(S.isLess(x, .constant(0)), -S.floor(-x), S.floor(x))
  }
  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .zero }
  public static var samples: [PrimitiveSample] { unarySamples(Trunc(), dtypes: dtypes) }
}
