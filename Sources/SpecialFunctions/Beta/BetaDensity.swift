import Numerics
import Primitives

/// xᵃ⁻¹ (1 - x)ᵇ⁻¹ / B(a, b), the density of the beta distribution, which is the derivative of ``BetaInc`` by x.
public struct BetaDensity: SpecialFunction {
  public static let name = "betaDensity"
  public static var arity: Int { 3 }
  public init() {}

  public var kernel: SpecialKernel { .three(Self.density) }

  private static func density(_ a: Double, _ b: Double, _ x: Double) -> Double {
    guard a > 0, b > 0, (a + b).isFinite, x >= 0, x <= 1 else { return .nan }
    if x == 0 || x == 1 {
      let (own, other) = x == 0 ? (a, b) : (b, a)
      return own == 1 ? other : own > 1 ? 0 : .infinity
    }
    return betaWeight(a, b, x, 1 - x) / x * (a / (a + b) * b) / (1 - x)
  }

  public func derivative(of operand: Int, _ operands: [Tensor], value: Tensor) -> LinearMap {
    let (a, b, x) = (operands[0], operands[1], operands[2])
    let (isFirst, isLast) = (x .== 0, x .== 1)
    if operand == 2 {
      // The other form has 0 · ∞ at the ends, and cancels less elsewhere.
      let edge = `where`(isFirst, Self.slopeAtEnd(a, b), -Self.slopeAtEnd(b, a))
      let inside = `where`(value .== 0, 0 * a, value * ((a - 1) / x - (b - 1) / (1 - x)))
      return .scale(by: defined(`where`(isFirst .| isLast, edge, inside), value))
    }
    let (own, other) = operand == 0 ? (a, b) : (b, a)
    let logarithm = operand == 0 ? log(x) : log(onePlus: -x)
    let factor = logarithm + PolygammaDifference(order: 0).bind(own, other)
    // Where the density vanishes the factor may be infinite; at the ends it is the limit.
    let inside = `where`(value .== 0, 0 * own, value * factor)
    let atOwnEnd = `where`(own .> 1, 0 * own, infinite(-1))
    let atOtherEnd = `where`(other .== 1, 1 + 0 * own, inside)
    let (ownEnd, otherEnd) = operand == 0 ? (isFirst, isLast) : (isLast, isFirst)
    return .scale(by: defined(`where`(ownEnd, atOwnEnd, `where`(otherEnd, atOtherEnd, inside)), value))
  }

  /// The derivative by x at x = 0, for the parameter of that end and the other one.
  private static func slopeAtEnd(_ own: Tensor, _ other: Tensor) -> Tensor {
    let beyond = `where`(own .> 2, 0 * own, infinite(1))
    return `where`(own .== 1, other * (1 - other), `where`(own .== 2, other * (other + 1), beyond))
  }

  public static var samples: [PrimitiveSample] {
    specialSamples(BetaDensity(), .positive, .positive, .probability)
  }
}
