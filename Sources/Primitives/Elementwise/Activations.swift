// Activation functions x · gate(x). Each is one function: as a product it would be `nan` at -∞, where the gate is 0, and so
// would its derivative at both infinities.

/// The gated linear unit x / (1 + exp(-x)): x where it is large, and 0 at -∞.
public struct Silu: RealUnary {
  public static let name = "silu"
  public init() {}
  public func scalar<S: RealSemantics>(_ x: S) -> S {
    let tail = S.exp(-S.magnitude(x))
    let gate = S.select(S.isLess(x, .constant(0)), tail, .constant(1)) / (.constant(1) + tail)
    return gated(x, gate)
  }
  public func derivative(x: Tensor, y: Tensor) -> LinearMap {
    // Beyond these bounds the gate is 0 or 1 exactly.
    let t = x.clipped(to: -2000...2000)
    return .scale(by: sigmoid(t) + t * LogisticSlope().bind(t))
  }
  public static var samples: [PrimitiveSample] { unarySamples(Silu(), dtypes: dtypes) }
}

/// x times the probability that a normal number is less than x, and 0 at -∞; or an approximation of that (D. Hendrycks and
/// K. Gimpel, "Gaussian Error Linear Units", 2016).
public struct Gelu: RealUnary {
  public static let name = "gelu"

  /// Whether the probability is that of tanh: (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2.
  public let isApproximate: Bool

  public init(isApproximate: Bool = false) { self.isApproximate = isApproximate }

  public func scalar<S: RealSemantics>(_ x: S) -> S {
    // The complement keeps the digits far below 0, where 1 + erf and 1 + tanh have none.
    if !isApproximate { return gated(x, .constant(0.5) * S.erfc(-x * .constant(rootHalf))) }
    let angle = .constant(2 * rootTwoOverPi) * x * (.constant(1) + .constant(cubicPart) * x * x)
    let tail = S.exp(-S.magnitude(angle))
    return gated(x, S.select(S.isLess(x, .constant(0)), tail, .constant(1)) / (.constant(1) + tail))
  }

  public func derivative(x: Tensor, y: Tensor) -> LinearMap {
    // Beyond these bounds the gate is 0 or 1 exactly.
    if isApproximate {
      let t = x.clipped(to: -100...100)
      let squared = t * t
      let angle = 2 * rootTwoOverPi * t * (1 + cubicPart * squared)
      let slope = 2 * rootTwoOverPi * (1 + 3 * cubicPart * squared)
      return .scale(by: sigmoid(angle) + t * slope * LogisticSlope().bind(angle))
    }
    let t = x.clipped(to: -200...200)
    return .scale(by: 0.5 * erfc(-t * rootHalf) + t * exp(-0.5 * t * t) * (0.5 * rootTwoOverPi))
  }

  public static var samples: [PrimitiveSample] {
    [false, true].flatMap { unarySamples(Gelu(isApproximate: $0), dtypes: dtypes) }
  }
}

/// x · gate, and 0 at -∞, where the gate is 0.
private func gated<S: RealSemantics>(_ x: S, _ gate: S) -> S {
  S.select(S.isEqual(x, .constant(-.infinity)), .constant(0), x * gate)
}

/// √(1/2).
private let rootHalf = 0.7071067811865476
/// √(2/π).
private let rootTwoOverPi = 0.7978845608028654
/// The factor of x² in the approximation.
private let cubicPart = 0.044715
