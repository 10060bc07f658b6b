import Primitives

/// xᵃ⁻¹ exp(-x) / Γ(a), the density of the gamma distribution, which is the derivative of ``GammaInc`` by x, for a > 0 and x ≥ 0.
public struct GammaDensity: SpecialFunction {
  public static let name = "gammaDensity"
  public static var arity: Int { 2 }
  public init() {}

  public var kernel: SpecialKernel { .two(Self.density) }

  private static func density(_ a: Double, _ x: Double) -> Double {
    guard a > 0, x >= 0 else { return .nan }
    if x == 0 || x == .infinity || a == .infinity {
      return x != 0 ? (a == x ? .nan : 0) : a == 1 ? 1 : a > 1 ? 0 : .infinity
    }
    return gammaWeight(a, x) * a / x
  }

  public func derivative(of operand: Int, _ operands: [Tensor], value: Tensor) -> LinearMap {
    let (a, x) = (operands[0], operands[1])
    let isZero = x .== 0
    // Where the density vanishes the factor may be infinite; at x = 0 it is the limit.
    if operand == 1 {
      let edge = `where`(a .== 1, -value, GammaDensity().bind(a - 1, x))
      let inside = `where`(value .== 0, 0 * a, value * ((a - 1) / x - 1))
      return .scale(by: defined(`where`(isZero, edge, inside), value))
    }
    let edge = `where`(a .> 1, 0 * a, infinite(-1))
    let inside = `where`(value .== 0, 0 * a, value * (log(x) - digamma(a)))
    return .scale(by: defined(`where`(isZero, edge, inside), value))
  }

  public static var samples: [PrimitiveSample] { specialSamples(GammaDensity(), .positive, .positive) }
}
