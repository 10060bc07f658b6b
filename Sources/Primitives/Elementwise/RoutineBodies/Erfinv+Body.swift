extension Erfinv {
  /// For all numbers: the vector form holds between -1 and 1. The value is infinite there, and `nan` beyond.
  static var body: ScalarExpression {
    typealias S = ScalarExpression
    let x = S.operand(0)
    let size = S.magnitude(x)
    let outside = S.select(S.isEqual(size, .constant(1)), x * .constant(.infinity), .constant(.nan))
    return S.select(S.isLess(size, .constant(1)), vectorForm.value, outside)
  }
}
