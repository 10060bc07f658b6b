extension Cbrt {
  /// A power, whose exponent is rounded, and one step of Newton's method; 0 and infinity are their own roots.
  static var body: ScalarExpression {
    typealias S = ScalarExpression
    let x = S.operand(0)
    let size = S.magnitude(x)
    let guess = S.power(size, .constant(1.0 / 3))
    let root = guess - (guess - size / (guess * guess)) / .constant(3)
    let signed = S.select(S.isLess(x, .constant(0)), -root, root)
    return S.select(S.isEqual(x, .constant(0)), x, S.select(x.isNotFinite, x, signed))
  }
}
