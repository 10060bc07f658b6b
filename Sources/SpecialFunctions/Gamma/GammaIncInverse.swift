import Primitives

/// Returns the x where P(a, x), the regularized lower incomplete gamma function, is p, for each pair of elements.
///
/// ```swift
/// gammaIncInverse(2, 0.5)  // 1.6783469900166608
/// ```
///
/// It is the quantile of a gamma-distributed number of shape a: 0 at p = 0, ∞ at p = 1, and `nan` for other p outside (0, 1) and
/// for negative a. Real only; a and p broadcast. The derivatives are implicit ones, of every order. NumPy:
/// `scipy.special.gammaincinv`.
public func gammaIncInverse(_ a: Tensor, _ p: Tensor) -> Tensor { broadcasting(GammaIncInverse(), a, p) }

/// Returns the x where Q(a, x), the regularized upper incomplete gamma function, is q, for each pair of elements.
///
/// ```swift
/// gammaIncUpperInverse(2, 1e-20)  // 49.98319798709075
/// ```
///
/// See ``gammaIncInverse(_:_:)``. NumPy: `scipy.special.gammainccinv`.
public func gammaIncUpperInverse(_ a: Tensor, _ q: Tensor) -> Tensor {
  broadcasting(GammaIncInverse(isUpper: true), a, q)
}

/// The inverse by x of the regularized incomplete gamma functions. From P(a, x) = p follows dx = (dp - ∂P/∂a da) / density.
public struct GammaIncInverse: SpecialFunction {
  public static let name = "gammaIncInverse"
  public static var arity: Int { 2 }
  /// Whether the upper function is inverted, else the lower one.
  public let isUpper: Bool

  public init(isUpper: Bool = false) { self.isUpper = isUpper }

  // Elementwise it is, but second derivatives of elementwise primitives agree in all modes to a relative accuracy that those of
  // an implicit function, which are differences, do not have.
  public var traits: PrimitiveTraits { [] }

  public var kernel: SpecialKernel { .two { [isUpper] a, p in inverseGamma(a, p, isUpper: isUpper) } }

  // Where a derivative is infinite, at the ends, others' tangents of zero stay zero: hence `choice`.
  public func derivative(of operand: Int, _ operands: [Tensor], value: Tensor) -> LinearMap {
    let (a, p) = (operands[0], operands[1])
    let isEnd = (value .== 0) .| (value .== infinite(1))
    // The quotients are of ordinary size where the density is too small, or too large, to be a number. Of both tails that one is
    // taken on whose side the terms have one sign.
    let logarithm = log(value) - digamma(a)
    let isBelow = logarithm .< 0
    func tail(_ power: Int, _ isUpper: Bool) -> Tensor {
      GammaTail(powerOfPlace: power, isUpper: isUpper).bind(a, value)
    }
    if operand == 1 {
      let (lower, upper) = isUpper ? (1 - p, p) : (p, 1 - p)
      let slope = value * `where`(isBelow, tail(0, false) / lower, tail(0, true) / upper)
      let all = `where`(isEnd, 1 / GammaDensity().bind(a, value), slope)
      return .choice(weight: defined(isUpper ? -all : all, value))
    }
    let below = tail(1, false) - tail(0, false) * logarithm
    let above = tail(1, true) + tail(0, true) * logarithm
    return .choice(weight: defined(`where`(isEnd, 0 * a, value * `where`(isBelow, below, above)), value))
  }

  public static var samples: [PrimitiveSample] {
    [false, true].flatMap { specialSamples(GammaIncInverse(isUpper: $0), .positive, .probability) }
  }
}
