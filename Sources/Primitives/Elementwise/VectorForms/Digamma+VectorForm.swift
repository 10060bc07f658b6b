extension Polygamma {
  /// Digamma, for positive numbers. Below 10 they are reduced to between 1 and 2, where a polynomial keeps the digits near
  /// the zero; from there on it is the asymptotic series (DLMF 5.11.2).
  static let digammaVectorForm = VectorForm(ofPositive: digamma(.operand(0)))

  static func digamma<S: RealSemantics>(_ x: S) -> S {
    let (zero, one) = (S.constant(0), S.constant(1))
    let above = x - S.floor(x)
    let isBelowOne = S.isLess(x, one)
    // ψ(x) = ψ(x - 1) + 1 / (x - 1).
    var sum = S.select(isBelowOne, -(one / S.select(isBelowOne, x, one)), zero)
    for step in (1...8).reversed() {
      let isStep = S.isLessOrEqual(S.constant(Double(step + 1)), x)
      sum = sum + S.select(isStep, one / S.select(isStep, x - S.constant(Double(step)), one), zero)
    }
    let distance = (above + one - S.constant(digammaRoot.high)) - S.constant(digammaRoot.low)
    let small = sum + distance * S.polynomial(overRoot, above + above - one)
    let square = one / (x * x)
    let large = S.log(x) - (S.constant(0.5) / x + square * S.polynomial(digammaSeries, square))
    return S.select(S.isLess(x, S.constant(10)), small, large)
  }
}

/// digamma / (x - root), 1.0 to 2.0: 7.12e-17; in 2 x - 3.
private let overRoot: [Double] = [
  0.951055876031833, -0.21181371064073026, 0.06013562106019355, -0.018550615381738605, 0.005936795278433826,
  -0.0019350666647832667, 0.000636888028319074, -0.00021074841215733007, 6.995020484160625e-05,
  -2.325823828431376e-05, 7.741156881253708e-06, -2.578107848270217e-06, 8.591324222417666e-07,
  -2.8628755280038686e-07, 9.500926192924096e-08, -3.166618072027162e-08, 1.10370884388543e-08,
  -3.6788868183645545e-09, 8.668257373761658e-10, -2.889363639216111e-10, 2.4765474440031764e-10,
  -8.25512972008104e-11,
]
