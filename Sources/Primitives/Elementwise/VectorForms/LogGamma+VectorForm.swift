extension LogGamma {
  /// For positive numbers. Below 8 they are reduced to between 1 and 2.5, where a polynomial keeps the digits near the zeros;
  /// from there on it is Stirling's series (DLMF 5.11.1).
  static let vectorForm = VectorForm(ofPositive: value(.operand(0)))

  static func value<S: RealSemantics>(_ x: S) -> S {
    let (one, whole) = (S.constant(1), S.floor(x))
    // The place behind 1 of the number between 1 and 2.5; below 1 the number itself, so that nothing is rounded near 1.
    let isBetween = S.isLessOrEqual(one, x)
    let isDirect = S.isLess(x, S.constant(2.5))
    let place = S.select(isBetween, S.select(isDirect, x - one, x - whole), x)
    var product = one
    for step in 1...6 {
      let first = S.constant(step == 1 ? 2.5 : Double(step + 1))
      product = product * S.select(S.isLessOrEqual(first, x), x - S.constant(Double(step)), one)
    }
    let isBelowOne = S.isLess(x, one)
    let isSmall = S.isLess(x, S.constant(8))
    let logarithm = S.log(S.select(isSmall, S.select(isBelowOne, x, product), x))
    let reduced = place * (place - one) * S.polynomial(overZeros, place * S.constant(4.0 / 3) - one)
    let rest = S.select(isDirect, S.constant(0), logarithm)
    let small = reduced + S.select(isBelowOne, -logarithm, rest)
    let inverse = one / x
    let series = inverse * S.polynomial(stirling, inverse * inverse)
    let large = (x - S.constant(0.5)) * (logarithm - one) + (S.constant(halfLogTwoPiLessHalf) + series)
    return S.select(isSmall, small, large)
  }
}

/// log(2 π) / 2 - 1 / 2.
private let halfLogTwoPiLessHalf = 0.4189385332046727

/// B₂ₖ / (2k (2k - 1)) for k = 1, 2, ...
private let stirling: [Double] = [
  1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360, 1.0 / 156, -3617.0 / 122400,
  43867.0 / 244188,
]

/// logGamma / ((x - 1) (x - 2)), 1.0 to 2.5: 3.45e-17; in (2 x - 3.5) / 1.5.
private let overZeros: [Double] = [
  0.4501393121092563, -0.08961118996893205, 0.02504275154916154, -0.008038388459635627, 0.0027768984548730818,
  -0.0010028956763677617, 0.0003729600092684007, -0.00014156848180520504, 5.45512273212868e-05,
  -2.1263279589044827e-05, 8.363494055733349e-06, -3.313839454530334e-06, 1.3211017738262858e-06,
  -5.29357270408102e-07, 2.128528278332521e-07, -8.599150343491496e-08, 3.5243804953707984e-08, -1.4332415345052e-08,
  5.31351787129863e-09, -2.1683527417392036e-09, 1.3782723016329488e-09, -5.674980881192704e-10,
  -5.952408778281115e-11, 2.5215536388338304e-11, 9.143682917890837e-11, -3.787828154087421e-11,
]
