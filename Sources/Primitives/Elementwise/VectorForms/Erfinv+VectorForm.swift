extension Erfinv {
  /// Between -1 and 1: x times a function of w = -log(1 - x²), in three pieces, as in M. Giles, "Approximating the erfinv
  /// function" (GPU Computing Gems, 2012).
  static let vectorForm = VectorForm(
    isValid: ScalarExpression.isLess(ScalarExpression.magnitude(.operand(0)), .constant(1)),
    value: value(.operand(0)))

  private static func value<S: RealSemantics>(_ x: S) -> S {
    let one = S.constant(1)
    let w = -S.log((one - x) * (one + x))
    let root = S.sqrt(w)
    let middle = S.polynomial(inMiddle, w * S.constant(2 / 6.25) - one)
    let outside = S.polynomial(outOfMiddle, (root + root - S.constant(6.5)) * S.constant(1 / 1.5))
    let tail = S.polynomial(inTail, (root + root - S.constant(10.125)) * S.constant(1 / 2.125))
    let isMiddle = S.isLess(w, S.constant(6.25))
    return x * S.select(isMiddle, middle, S.select(S.isLess(root, S.constant(4)), outside, tail))
  }
}

/// erfinv / x, in w, 0.0 to 6.25: 5.32e-17; in 2 w / 6.25 - 1.
private let inMiddle: [Double] = [
  1.6536545626831027, 0.7504943200799635, -0.0589225671037876, -0.022604447453444733, 0.0178083618187569,
  -0.004137314377547895, -0.0012716922769885114, 0.0012324855702994214, -0.00026439358646646055,
  -0.0001168888508125076, 9.336692787624058e-05, -1.5027665773117194e-05, -1.1255653983969421e-05,
  7.12993974314695e-06, -6.87655180725494e-07, -1.0591188098187532e-06, 5.456420572209782e-07,
  -1.0412692841159635e-08, -1.0514990713371436e-07, 3.931511157646558e-08, 9.07207594789291e-09,
  -8.627191009014394e-09, -8.577966939639941e-11, 7.801712199036253e-10,
]

/// erfinv / x, in sqrt(w), 2.5 to 4.0: 1.96e-16; in (2 sqrt(w) - 6.5) / 1.5.
private let outOfMiddle: [Double] = [
  3.0838856104922208, 0.7539442257706194, 0.0030211394363764865, -0.0015825410891285008, 0.0007883078512000405,
  -0.0004006357032703787, 0.00016966502384997928, -4.739178791780613e-05, 2.405849826863639e-06,
  5.1271458282959595e-06, -2.6647290027131336e-06, 5.268978286875368e-07, 9.272847268010501e-08,
  -9.536038433614285e-08, 2.6652555523279727e-08, 2.448720579642754e-10, -2.6921670135260728e-09,
  6.819336997989723e-10, -2.159829264980955e-12,
]

/// erfinv / x, in sqrt(w), 4.0 to 6.125: 3.79e-17; in (2 sqrt(w) - 10.125) / 2.125.
private let inTail: [Double] = [
  4.913049587233785, 1.073423220166284, -0.0002001588727109044, -0.00023602855409846467, 8.933962951538415e-05,
  -2.4458702174448735e-05, 5.920810831908112e-06, -1.3562452539236187e-06, 3.176663140913509e-07,
  -9.024546489388394e-08, 3.7304232880954045e-08, -2.0207188217773717e-08, 1.1141501229808439e-08,
  -5.386008165868765e-09, 2.306361135850383e-09, -9.272103373894921e-10, 2.0645883302713628e-10,
  7.300794998027881e-11, -4.284246239790874e-11,
]
