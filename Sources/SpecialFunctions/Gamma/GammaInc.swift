import Primitives

/// Returns the regularized lower incomplete gamma function P(a, x) = ∫ tᵃ⁻¹ exp(-t) dt / Γ(a) from 0 to x, for each pair of
/// elements.
///
/// ```swift
/// gammaInc(2, 3)  // 0.8008517265285442
/// grad { a in gammaInc(a, 3) }(2)  // -0.19742541957920247
/// ```
///
/// It is the distribution function of a gamma-distributed number of shape a. The shape is positive and x is not negative, else it
/// is `nan`. Real only; a and x broadcast. The derivatives by both arguments have every order. The derivative by x is the density,
/// at x = 0 infinite for a < 1. NumPy: `scipy.special.gammainc`, which is 1 for a = 0.
///
/// - Parameters:
///   - a: the shape.
///   - x: the end of the integral.
public func gammaInc(_ a: Tensor, _ x: Tensor) -> Tensor { broadcasting(GammaInc(order: 0), a, x) }

/// Returns the regularized upper incomplete gamma function Q(a, x) = 1 - P(a, x) for each pair of elements, with its digits where
/// it is small.
///
/// ```swift
/// gammaIncUpper(2, 100)  // 3.757276735781044e-42
/// ```
///
/// See ``gammaInc(_:_:)``. NumPy: `scipy.special.gammaincc`.
public func gammaIncUpper(_ a: Tensor, _ x: Tensor) -> Tensor {
  broadcasting(GammaInc(order: 0, isUpper: true), a, x)
}

/// The derivative of an order by a of the regularized incomplete gamma functions P(a, x) and Q(a, x).
public struct GammaInc: SpecialFunction {
  public static let name = "gammaInc"
  public static var arity: Int { 2 }
  /// The order of the derivative by a.
  public let order: Int
  /// Whether this is Q, else P.
  public let isUpper: Bool

  /// - Parameter order: between 0 and 100.
  public init(order: Int, isUpper: Bool = false) {
    self.order = order
    self.isUpper = isUpper
  }

  public func checkParameters() throws(TensorError) { try checkOrder(order, Self.name) }

  public var kernel: SpecialKernel {
    let kernel = IncompleteGammaKernel(order: order, isUpper: isUpper)
    return .two { kernel($0, $1) }
  }

  public func derivative(of operand: Int, _ operands: [Tensor], value: Tensor) -> LinearMap {
    let (a, x) = (operands[0], operands[1])
    if operand == 0 { return .scale(by: GammaInc(order: order + 1, isUpper: isUpper).bind(a, x)) }
    let slope = densityDerivative(a, x)
    return .scale(by: defined(isUpper ? -slope : slope, value))
  }

  /// The derivative of the order by a of the density, which is a times an exponential.
  private func densityDerivative(_ a: Tensor, _ x: Tensor) -> Tensor {
    let density = GammaDensity().bind(a, x)
    if order == 0 { return density }
    let slopes = [log(x) - digamma(a + 1)] + (1..<order).map { -polygamma($0, a + 1) }
    let values = exponentialDerivatives(of: slopes)
    let factor = values[order] + Double(order) / a * values[order - 1]
    // Where the density vanishes the factor may be infinite; at x = 0 it is the limit.
    let edge = `where`(a .> 1, 0 * a, infinite(order % 2 == 0 ? 1 : -1))
    return `where`(x .== 0, edge, `where`(density .== 0, 0 * a, density * factor))
  }

  public static var samples: [PrimitiveSample] {
    let values = [false, true].flatMap { specialSamples(GammaInc(order: 0, isUpper: $0), .positive, .positive) }
    let derivatives = [1, 2].flatMap { order in
      arraySamples(GammaInc(order: order, isUpper: order == 2), .positive, .positive)
    }
    return values + derivatives
  }
}

/// The derivatives of exp(g), divided by exp(g), from those of g from the first on.
func exponentialDerivatives(of slopes: [Tensor]) -> [Tensor] {
  var values = [Tensor(.literal(1.0.hostScalar))]
  for n in slopes.indices {
    var sum = slopes[0] * values[n]
    for j in 0..<n { sum = sum + choose(n, j + 1) * slopes[j + 1] * values[n - 1 - j] }
    values.append(sum)
  }
  return values
}
