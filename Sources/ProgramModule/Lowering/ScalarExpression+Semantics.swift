// Expressions in place of numbers: the formula of an elementwise primitive, given these, becomes data.

extension ScalarExpression: RealSemantics {
  /// Truth values are expressions, too.
  public typealias Mask = ScalarExpression

  private static func unary(_ function: UnaryFunction, _ x: ScalarExpression) -> ScalarExpression {
    ScalarExpression(.unary(function, x))
  }

  private static func binary(
    _ function: BinaryFunction, _ x: ScalarExpression, _ y: ScalarExpression
  ) -> ScalarExpression {
    ScalarExpression(.binary(function, x, y))
  }

  /// A constant.
  public static func constant(_ value: Double) -> ScalarExpression { ScalarExpression(.constant(value)) }
  /// The sum.
  public static func + (a: ScalarExpression, b: ScalarExpression) -> ScalarExpression { binary(.add, a, b) }
  /// The difference.
  public static func - (a: ScalarExpression, b: ScalarExpression) -> ScalarExpression { binary(.subtract, a, b) }
  /// The product.
  public static func * (a: ScalarExpression, b: ScalarExpression) -> ScalarExpression { binary(.multiply, a, b) }
  /// The quotient.
  public static func / (a: ScalarExpression, b: ScalarExpression) -> ScalarExpression { binary(.divide, a, b) }
  /// The negative.
  public static prefix func - (a: ScalarExpression) -> ScalarExpression { unary(.negate, a) }

  /// Whether both are equal.
  public static func isEqual(_ a: ScalarExpression, _ b: ScalarExpression) -> ScalarExpression { binary(.equal, a, b) }
  /// Whether `a` is less than `b`.
  public static func isLess(_ a: ScalarExpression, _ b: ScalarExpression) -> ScalarExpression { binary(.less, a, b) }
  /// Whether `a` is at most `b`.
  public static func isLessOrEqual(_ a: ScalarExpression, _ b: ScalarExpression) -> ScalarExpression {
    binary(.lessOrEqual, a, b)
  }
  /// `a` where the mask holds, else `b`.
  public static func select(
    _ mask: ScalarExpression, _ a: ScalarExpression, _ b: ScalarExpression
  ) -> ScalarExpression {
    ScalarExpression(.select(mask, a, b))
  }

  /// e to the power of `x`.
  public static func exp(_ x: ScalarExpression) -> ScalarExpression { unary(.exp, x) }
  /// exp(x) - 1.
  public static func expMinusOne(_ x: ScalarExpression) -> ScalarExpression { unary(.expMinusOne, x) }
  /// The natural logarithm.
  public static func log(_ x: ScalarExpression) -> ScalarExpression { unary(.log, x) }
  /// log(1 + x).
  public static func log(onePlus x: ScalarExpression) -> ScalarExpression { unary(.logOnePlus, x) }
  /// The square root.
  public static func sqrt(_ x: ScalarExpression) -> ScalarExpression { unary(.sqrt, x) }
  /// √(1 + x²).
  public static func hypotOne(_ x: ScalarExpression) -> ScalarExpression { unary(.hypotOne, x) }
  /// The sine.
  public static func sin(_ x: ScalarExpression) -> ScalarExpression { unary(.sin, x) }
  /// The cosine.
  public static func cos(_ x: ScalarExpression) -> ScalarExpression { unary(.cos, x) }
  /// The tangent.
  public static func tan(_ x: ScalarExpression) -> ScalarExpression { unary(.tan, x) }
  /// The inverse sine.
  public static func asin(_ x: ScalarExpression) -> ScalarExpression { unary(.asin, x) }
  /// The inverse cosine.
  public static func acos(_ x: ScalarExpression) -> ScalarExpression { unary(.acos, x) }
  /// The inverse tangent.
  public static func atan(_ x: ScalarExpression) -> ScalarExpression { unary(.atan, x) }
  /// The hyperbolic sine.
  public static func sinh(_ x: ScalarExpression) -> ScalarExpression { unary(.sinh, x) }
  /// The hyperbolic cosine.
  public static func cosh(_ x: ScalarExpression) -> ScalarExpression { unary(.cosh, x) }
  /// The hyperbolic tangent.
  public static func tanh(_ x: ScalarExpression) -> ScalarExpression { unary(.tanh, x) }
  /// The inverse hyperbolic sine.
  public static func asinh(_ x: ScalarExpression) -> ScalarExpression { unary(.asinh, x) }
  /// The inverse hyperbolic cosine.
  public static func acosh(_ x: ScalarExpression) -> ScalarExpression { unary(.acosh, x) }
  /// The inverse hyperbolic tangent.
  public static func atanh(_ x: ScalarExpression) -> ScalarExpression { unary(.atanh, x) }
  /// The power.
  public static func power(_ x: ScalarExpression, _ y: ScalarExpression) -> ScalarExpression { binary(.power, x, y) }
  /// The power with a whole exponent.
  public static func integerPower(_ x: ScalarExpression, _ exponent: Int) -> ScalarExpression {
    ScalarExpression(.integerPower(x, exponent))
  }
  /// The error function.
  public static func erf(_ x: ScalarExpression) -> ScalarExpression { unary(.erf, x) }
  /// 1 - erf(x).
  public static func erfc(_ x: ScalarExpression) -> ScalarExpression { unary(.erfc, x) }
  /// The angle of a point.
  public static func atan2(y: ScalarExpression, x: ScalarExpression) -> ScalarExpression { binary(.atan2, y, x) }
  /// The distance from the origin.
  public static func hypot(_ x: ScalarExpression, _ y: ScalarExpression) -> ScalarExpression { binary(.hypot, x, y) }
  /// What is left after whole multiples of `y`.
  public static func remainder(_ x: ScalarExpression, _ y: ScalarExpression) -> ScalarExpression {
    binary(.remainder, x, y)
  }
  /// The largest integer that is at most `x`.
  public static func floor(_ x: ScalarExpression) -> ScalarExpression { unary(.floor, x) }
}

extension ScalarExpression: BitSemantics {
  /// Whether both hold.
  public static func and(_ a: ScalarExpression, _ b: ScalarExpression) -> ScalarExpression { binary(.and, a, b) }
  /// Whether at least one holds.
  public static func or(_ a: ScalarExpression, _ b: ScalarExpression) -> ScalarExpression { binary(.or, a, b) }
  /// Whether exactly one holds.
  public static func exclusiveOr(_ a: ScalarExpression, _ b: ScalarExpression) -> ScalarExpression {
    binary(.exclusiveOr, a, b)
  }
  /// Whether it does not hold.
  public static func not(_ a: ScalarExpression) -> ScalarExpression { unary(.not, a) }
  /// The bits moved to the left.
  public static func shiftLeft(_ a: ScalarExpression, _ count: ScalarExpression) -> ScalarExpression {
    binary(.shiftLeft, a, count)
  }
  /// The bits moved to the right, with copies of the sign.
  public static func shiftRight(_ a: ScalarExpression, _ count: ScalarExpression) -> ScalarExpression {
    binary(.shiftRight, a, count)
  }
  /// The bits moved to the right, with zeros.
  public static func shiftRightLogical(
    _ a: ScalarExpression, _ count: ScalarExpression
  ) -> ScalarExpression {
    binary(.shiftRightLogical, a, count)
  }
}

// What only some primitives need.
extension ScalarExpression {
  /// The real part of a complex scalar.
  public var realPart: ScalarExpression { ScalarExpression(.unary(.realPart, self)) }
  /// The imaginary part of a complex scalar.
  public var imaginaryPart: ScalarExpression { ScalarExpression(.unary(.imaginaryPart, self)) }
  /// The complex conjugate.
  public var conjugate: ScalarExpression { ScalarExpression(.unary(.conjugate, self)) }
  /// The scalar as another type.
  public func converted(to dtype: DType) -> ScalarExpression { ScalarExpression(.convert(self, dtype)) }
}
