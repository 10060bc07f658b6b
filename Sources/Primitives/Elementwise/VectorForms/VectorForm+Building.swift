// Functions that no vector library has, as expressions without branches: code computes several numbers at once by them.
//
// The coefficients are made by `Scripts/Measurements/VectorMath/fit.py`, as is the error above each table: the largest
// relative one of the polynomial itself, between the bounds that stand there.

extension ScalarSemantics {
  /// A polynomial with the coefficient of the lowest power first.
  static func polynomial(_ coefficients: [Double], _ t: Self) -> Self {
    coefficients.dropLast().reversed().reduce(constant(coefficients[coefficients.count - 1])) {
      $0 * t + constant($1)
    }
  }
}

extension VectorForm {
  /// A form for positive numbers; those of the largest and smallest exponents are computed one by one.
  init(ofPositive value: ScalarExpression) {
    let x = ScalarExpression.operand(0)
    self.init(
      isValid: .and(.isLessOrEqual(.constant(0x1p-1000), x), .isLess(x, .constant(0x1p1000))), value: value)
  }
}
