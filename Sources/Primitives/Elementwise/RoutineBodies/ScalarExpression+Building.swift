// Routines as expressions that are valid for all numbers, for code that cannot call the host's functions.

extension ScalarExpression {
  /// x - round(x): exact, between -1/2 and 1/2, and 0 for whole numbers.
  var distanceFromWhole: ScalarExpression {
    // Beyond 2^52 the sum is rounded, but there all numbers are whole.
    let distance = self - .floor(self + .constant(0.5))
    return .select(.isEqual(self, .floor(self)), .constant(0), distance)
  }

  /// Whether it is infinite or not a number.
  var isNotFinite: ScalarExpression { .not(.isLess(.magnitude(self), .constant(.infinity))) }
}
