/// The logistic function 1 / (1 + exp(-x)), without overflow on either side.
///
/// The derivative is a function of its own: as y (1 - y) it would lose its digits for large x, and as y(x) · y(-x) its own
/// derivative would near 0.
public struct Sigmoid: RealUnary {
  public static let name = "sigmoid"
  public init() {}
  public func scalar<S: RealSemantics>(_ x: S) -> S {
    let tail = S.exp(-S.magnitude(x))
    return S.select(S.isLess(x, .constant(0)), tail, .constant(1)) / (.constant(1) + tail)
  }
  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .scale(by: LogisticSlope().bind(x)) }
  public static var samples: [PrimitiveSample] { unarySamples(Sigmoid(), dtypes: dtypes) }
}

/// The smooth ramp log(1 + exp(x)), without overflow on either side.
public struct Softplus: RealUnary {
  public static let name = "softplus"
  public init() {}
  public func scalar<S: RealSemantics>(_ x: S) -> S {
    S.maximum(x, .constant(0)) + S.log(onePlus: S.exp(-S.magnitude(x)))
  }
  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .scale(by: sigmoid(x)) }
  public static var samples: [PrimitiveSample] { unarySamples(Softplus(), dtypes: dtypes) }
}
