import Primitives

/// Integrals on one side of x that the regularized incomplete gamma functions are made of, without the factor in front, which may
/// be too small or too large to be a number: ∫ sʲ (1 - exp(-s))ᵏ exp(-a s - x (exp(-s) - 1)) ds below x, and
/// ∫ sʲ (exp(s) - 1)ᵏ exp(a s - x (exp(s) - 1)) ds above, over positive s.
///
/// With j = k = 0 they are P(a, x) and Q(a, x), divided by x times the density. The derivatives are integrals of the same kind, so
/// that nothing cancels at any order. The derivatives of the inverse functions consist of them.
public struct GammaTail: SpecialFunction {
  public static let name = "gammaTail"
  public static var arity: Int { 2 }
  /// The exponent j.
  public let powerOfPlace: Int
  /// The exponent k.
  public let powerOfGrowth: Int
  /// Whether it is the integral above x.
  public let isUpper: Bool

  /// - Parameters:
  ///   - powerOfPlace: between 0 and 100.
  ///   - powerOfGrowth: between 0 and 100.
  public init(powerOfPlace: Int, powerOfGrowth: Int = 0, isUpper: Bool = false) {
    self.powerOfPlace = powerOfPlace
    self.powerOfGrowth = powerOfGrowth
    self.isUpper = isUpper
  }

  public func checkParameters() throws(TensorError) {
    try checkOrder(powerOfPlace, Self.name)
    try checkOrder(powerOfGrowth, Self.name)
  }

  public var kernel: SpecialKernel {
    let kernel = GammaTailKernel(powerOfPlace: powerOfPlace, powerOfGrowth: powerOfGrowth, isUpper: isUpper)
    return .two { kernel($0, $1) }
  }

  public func derivative(of operand: Int, _ operands: [Tensor], value: Tensor) -> LinearMap {
    let next = GammaTail(
      powerOfPlace: powerOfPlace + (operand == 0 ? 1 : 0), powerOfGrowth: powerOfGrowth + operand, isUpper: isUpper)
    let slope = next.bind(operands[0], operands[1])
    return .scale(by: (operand == 0) == isUpper ? slope : -slope)
  }

  public static var samples: [PrimitiveSample] {
    [(0, 0, false), (0, 0, true), (1, 0, true), (1, 2, false)].flatMap { place, growth, isUpper in
      let tail = GammaTail(powerOfPlace: place, powerOfGrowth: growth, isUpper: isUpper)
      return place == 0 ? specialSamples(tail, .positive, .positive) : arraySamples(tail, .positive, .positive)
    }
  }
}
