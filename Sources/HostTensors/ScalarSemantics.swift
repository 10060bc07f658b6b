import Numerics

/// What a scalar expression may use: the arithmetic that every numeric element type has.
///
/// A primitive of the elementwise family is one expression over such a type. It is evaluated with Swift's numbers on
/// the
/// host, and with values of generated code by a compiling engine, so that the two cannot drift apart.
public protocol ScalarSemantics {
  /// The result of a comparison.
  associatedtype Mask

  /// A constant; integers take its integral part.
  static func constant(_ value: Double) -> Self
  /// The sum.
  static func + (a: Self, b: Self) -> Self
  /// The difference.
  static func - (a: Self, b: Self) -> Self
  /// The product.
  static func * (a: Self, b: Self) -> Self
  /// The negative.
  static prefix func - (a: Self) -> Self
  /// Whether both are equal; false when one is not a number.
  static func isEqual(_ a: Self, _ b: Self) -> Mask
  /// `a` where the mask holds, else `b`.
  static func select(_ mask: Mask, _ a: Self, _ b: Self) -> Self
}

/// Scalars with an order: real floating point and integers.
public protocol OrderedSemantics: ScalarSemantics {
  /// Whether `a` is less than `b`; false when one is not a number.
  static func isLess(_ a: Self, _ b: Self) -> Mask
  /// Whether `a` is at most `b`; false when one is not a number.
  static func isLessOrEqual(_ a: Self, _ b: Self) -> Mask
}

/// Scalars with division and the elementary functions: real and complex floating point.
public protocol ElementarySemantics: ScalarSemantics {
  /// The quotient.
  static func / (a: Self, b: Self) -> Self
  /// e to the power of `x`.
  static func exp(_ x: Self) -> Self
  /// exp(x) - 1, accurate near 0.
  static func expMinusOne(_ x: Self) -> Self
  /// The natural logarithm.
  static func log(_ x: Self) -> Self
  /// log(1 + x), accurate near 0.
  static func log(onePlus x: Self) -> Self
  /// The square root.
  static func sqrt(_ x: Self) -> Self
  /// √(1 + x²) without overflow of the square; for complex numbers the product of the principal roots of 1 + ix and
  /// 1 - ix.
  static func hypotOne(_ x: Self) -> Self
  /// The sine.
  static func sin(_ x: Self) -> Self
  /// The cosine.
  static func cos(_ x: Self) -> Self
  /// The tangent.
  static func tan(_ x: Self) -> Self
  /// The inverse sine.
  static func asin(_ x: Self) -> Self
  /// The inverse cosine.
  static func acos(_ x: Self) -> Self
  /// The inverse tangent.
  static func atan(_ x: Self) -> Self
  /// The hyperbolic sine.
  static func sinh(_ x: Self) -> Self
  /// The hyperbolic cosine.
  static func cosh(_ x: Self) -> Self
  /// The hyperbolic tangent.
  static func tanh(_ x: Self) -> Self
  /// The inverse hyperbolic sine.
  static func asinh(_ x: Self) -> Self
  /// The inverse hyperbolic cosine.
  static func acosh(_ x: Self) -> Self
  /// The inverse hyperbolic tangent.
  static func atanh(_ x: Self) -> Self
  /// `x` to the power of `y`. Real numbers follow IEEE 754: a negative base has powers at whole exponents, and
  /// everything to the power of 0 is 1.
  static func power(_ x: Self, _ y: Self) -> Self
  /// `x` to the power of a whole number.
  static func integerPower(_ x: Self, _ exponent: Int) -> Self
}

/// Real floating point: elementary functions, an order, and functions of real numbers alone.
public protocol RealSemantics: ElementarySemantics, OrderedSemantics {
  /// The error function.
  static func erf(_ x: Self) -> Self
  /// 1 - erf(x), accurate for large `x`.
  static func erfc(_ x: Self) -> Self
  /// The angle of the point (x, y), between -pi and pi.
  static func atan2(y: Self, x: Self) -> Self
  /// The square root of x^2 + y^2 without overflow.
  static func hypot(_ x: Self, _ y: Self) -> Self
  /// What is left of `x` after whole multiples of `y`, with the sign of `x`, exactly.
  static func remainder(_ x: Self, _ y: Self) -> Self
  /// The largest integer that is at most `x`.
  static func floor(_ x: Self) -> Self
}

extension OrderedSemantics {
  /// The absolute value; of `nan` it is `nan`.
  @inlinable
  public static func magnitude(_ x: Self) -> Self { select(isLess(x, constant(0)), -x, x + constant(0)) }
  /// The larger; `nan` when one of them is.
  @inlinable
  public static func maximum(_ a: Self, _ b: Self) -> Self {
    select(isLessOrEqual(b, a), a, select(isEqual(b, b), select(isEqual(a, a), b, a), b))
  }
  /// The smaller; `nan` when one of them is.
  @inlinable
  public static func minimum(_ a: Self, _ b: Self) -> Self {
    select(isLessOrEqual(a, b), a, select(isEqual(b, b), select(isEqual(a, a), b, a), b))
  }
}

extension ScalarSemantics {
  /// `x` to the power of a number that is not negative, by repeated squaring.
  @inlinable
  public static func repeatedProduct(_ x: Self, _ exponent: UInt) -> Self {
    if exponent == 0 { return constant(1) }
    var power = x
    var remaining = exponent
    while remaining & 1 == 0 {
      power = power * power
      remaining >>= 1
    }
    var product = power
    remaining >>= 1
    while remaining > 0 {
      power = power * power
      if remaining & 1 == 1 { product = product * power }
      remaining >>= 1
    }
    return product
  }
}

extension ElementarySemantics {
  /// The power by repeated squaring; for a negative exponent its reciprocal.
  @inlinable
  public static func integerPower(_ x: Self, _ exponent: Int) -> Self {
    let product = repeatedProduct(x, exponent.magnitude)
    return exponent < 0 ? constant(1) / product : product
  }
}

extension RealSemantics {
  /// The length of the hypotenuse over 1 and x.
  @inlinable
  public static func hypotOne(_ x: Self) -> Self { hypot(constant(1), x) }
  /// The power; products are exact to a rounding or two for small exponents, where they are also fastest. Exponents
  /// that
  /// a `Float` cannot tell from their neighbours keep their parity by being multiplied out, too.
  @inlinable
  public static func integerPower(_ x: Self, _ exponent: Int) -> Self {
    let isDirect = exponent.magnitude <= 3 || exponent.magnitude > 1 << 24
    if !isDirect { return power(x, constant(Double(exponent))) }
    let product = repeatedProduct(x, exponent.magnitude)
    return exponent < 0 ? constant(1) / product : product
  }
}
