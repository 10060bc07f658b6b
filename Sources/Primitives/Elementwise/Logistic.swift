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

/// log(exp(x) + exp(y)), without overflow: ``LogSumExp`` of two numbers.
///
/// The derivatives are the weights ``Sigmoid`` of the differences. Numbers that are equal have the difference 0, also where
/// they are infinite.
public struct LogAddExp: RealBinary {
  public static let name = "logAddExp"
  public init() {}
  public var traits: PrimitiveTraits { [.elementwise, .commutative] }

  public func scalar<S: RealSemantics>(_ x: S, _ y: S) -> S {
    let distance = S.select(S.isEqual(x, y), .constant(0), S.magnitude(x - y))
    return S.maximum(x, y) + S.log(onePlus: S.exp(-distance))
  }

  public func derivative(of operand: Int, x: Tensor, y: Tensor, z: Tensor) -> LinearMap {
    let difference = operand == 0 ? x - y : y - x
    // Finite numbers are not chosen away: the difference has a derivative at a tie.
    let isInfiniteTie = (x .== y) .& .!isFinite(x)
    return .scale(by: sigmoid(`where`(isInfiniteTie, 0, difference)))
  }

  public static var samples: [PrimitiveSample] { binarySamples(LogAddExp(), dtypes: dtypes) }
}

/// The inverse of ``Sigmoid``, log(x / (1 - x)): infinite at 0 and 1, `nan` outside.
///
/// Near 1/2 it is written with the inverse hyperbolic tangent of the distance from there, elsewhere as a difference of
/// logarithms, so that it keeps its digits at its zero and at both ends.
public struct Logit: RealUnary {
  public static let name = "logit"
  public init() {}
  public func scalar<S: RealSemantics>(_ x: S) -> S {
    let isMiddle = S.isLessOrEqual(S.magnitude(x - .constant(0.5)), .constant(0.25))
    let middle = .constant(2) * S.atanh(x + x - .constant(1))
    return S.select(isMiddle, middle, S.log(x) - S.log(onePlus: -x))
  }
  // As a sum and not as 1 / (x (1 - x)), whose own derivative at 0 and 1 would be a product of 0 and infinity.
  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .scale(by: 1 / x + 1 / (1 - x)) }
  public static var samples: [PrimitiveSample] {
    [[], [2, 3], [1], [0]].map { PrimitiveSample(Logit(), [OperandSample($0, .probability)], dtypes: dtypes) }
  }
}
