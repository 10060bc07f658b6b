import Primitives

/// Integrals on one side of x that the regularized incomplete beta function is made of, without the factor in front, which may be
/// too small or too large to be a number: with t / (1 - t) = x / (1 - x) · exp(-s), g = log(1 + x (exp(-s) - 1)) and
/// m = (1 - exp(-s)) / (1 + x (exp(-s) - 1)), the integral over positive s of (s + g)ⁱ (-g)ʲ mᵏ (t / x)ᵃ ((1 - t) / (1 - x))ᵇ.
///
/// On the other side of x, a and b, and x and 1 - x are exchanged. With i = j = k = 0 they are I_x(a, b) and 1 - I_x(a, b), divided
/// by xᵃ (1 - x)ᵇ / B(a, b). The derivatives are integrals of the same kind. The derivatives of the inverse function consist of
/// them.
public struct BetaTail: SpecialFunction {
  public static let name = "betaTail"
  public static var arity: Int { 3 }
  /// The exponent i, by which a has been differentiated; b above x.
  public let i: Int
  /// The exponent j, by which b has been differentiated; a above x.
  public let j: Int
  /// The exponent k.
  public let k: Int
  /// Whether it is the integral above x.
  public let isUpper: Bool

  /// Exponents between 0 and 100.
  public init(_ i: Int, _ j: Int, _ k: Int = 0, isUpper: Bool = false) {
    (self.i, self.j, self.k) = (i, j, k)
    self.isUpper = isUpper
  }

  public func checkParameters() throws(TensorError) {
    for order in [i, j, k] { try checkOrder(order, Self.name) }
  }

  public var kernel: SpecialKernel {
    let kernel = BetaTailKernel(i: i, j: j, k: k, isUpper: isUpper)
    return .three { kernel($0, $1, $2) }
  }

  public func derivative(of operand: Int, _ operands: [Tensor], value: Tensor) -> LinearMap {
    func integral(_ i: Int, _ j: Int, _ k: Int) -> Tensor { BetaTail(i, j, k, isUpper: isUpper).bind(operands)[0] }
    if operand < 2 { return .scale(by: (operand == 0) != isUpper ? -integral(i + 1, j, k) : integral(i, j + 1, k)) }
    var slope = (operands[0] + operands[1] + Double(k)) * integral(i, j, k + 1)
    if i > 0 { slope = slope - Double(i) * integral(i - 1, j, k + 1) }
    if j > 0 { slope = slope + Double(j) * integral(i, j - 1, k + 1) }
    return .scale(by: isUpper ? -slope : slope)
  }

  public static var samples: [PrimitiveSample] {
    let below = specialSamples(BetaTail(0, 0), .positive, .positive, .probability)
    let others = [(0, 0, 0, true), (1, 0, 0, true), (1, 1, 1, false)].flatMap { i, j, k, isUpper in
      arraySamples(BetaTail(i, j, k, isUpper: isUpper), .positive, .positive, .probability)
    }
    return below + others
  }
}
