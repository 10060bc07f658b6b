import Primitives

/// Returns the x where I_x(a, b), the regularized incomplete beta function, is p, for all elements.
///
/// ```swift
/// betaIncInverse(2, 3, 0.5)  // 0.38572756813238945
/// ```
///
/// It is the quantile of a beta-distributed number. It is `nan` for p outside [0, 1] and negative parameters. Real only; a, b and p
/// broadcast. The derivatives are implicit ones, of every order. NumPy: `scipy.special.betaincinv`.
public func betaIncInverse(_ a: Tensor, _ b: Tensor, _ p: Tensor) -> Tensor {
  broadcasting(BetaIncInverse(), a, b, p)
}

/// The inverse by x of the regularized incomplete beta function. From I_x(a, b) = p follows dx = (dp - ∂I/∂a da - ∂I/∂b db) / density.
public struct BetaIncInverse: SpecialFunction {
  public static let name = "betaIncInverse"
  public static var arity: Int { 3 }
  public init() {}
  // As of ``GammaIncInverse``.
  public var traits: PrimitiveTraits { [] }
  public var kernel: SpecialKernel { .three(inverseBeta) }

  public func derivative(of operand: Int, _ operands: [Tensor], value: Tensor) -> LinearMap {
    let (a, b, p) = (operands[0], operands[1], operands[2])
    let isEnd = (value .== 0) .| (value .== 1)
    let weight = value * (1 - value)
    let logarithmA = log(value) + PolygammaDifference(order: 0).bind(a, b)
    let logarithmB = log(onePlus: -value) + PolygammaDifference(order: 0).bind(b, a)
    // The quotients are of ordinary size where the density is too small, or too large, to be a number. Of both tails that one is
    // taken on whose side the terms have one sign.
    func tail(_ i: Int, _ j: Int, isUpper: Bool = false) -> Tensor {
      BetaTail(i, j, isUpper: isUpper).bind([a, b, value])[0]
    }
    switch operand {
    case 0:
      let below = tail(1, 0) - tail(0, 0) * logarithmA
      let above = tail(0, 1, isUpper: true) + tail(0, 0, isUpper: true) * logarithmA
      let slope = weight * `where`(logarithmA .< 0, below, above)
      return .choice(weight: defined(`where`(isEnd, 0 * a, slope), value))
    case 1:
      let below = tail(0, 1) + tail(0, 0) * logarithmB
      let above = tail(1, 0, isUpper: true) - tail(0, 0, isUpper: true) * logarithmB
      let slope = -(weight * `where`(logarithmB .> 0, below, above))
      return .choice(weight: defined(`where`(isEnd, 0 * a, slope), value))
    default:
      let inside = `where`(logarithmA .< 0, tail(0, 0) / p, tail(0, 0, isUpper: true) / (1 - p))
      let atEnd = 1 / BetaDensity().bind([a, b, value])[0]
      return .choice(weight: defined(`where`(isEnd, atEnd, weight * inside), value))
    }
  }

  public static var samples: [PrimitiveSample] {
    specialSamples(BetaIncInverse(), .positive, .positive, .probability)
  }
}
