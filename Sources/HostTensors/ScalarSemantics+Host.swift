import Numerics

// Swift's own numbers as scalars: the host's meaning of every scalar expression.

extension ScalarSemantics where Mask == Bool {
  /// `a` where the mask holds, else `b`.
  @inlinable
  public static func select(_ mask: Bool, _ a: Self, _ b: Self) -> Self { mask ? a : b }
}

extension ScalarSemantics where Self: Equatable, Mask == Bool {
  /// Whether both are equal.
  @inlinable
  public static func isEqual(_ a: Self, _ b: Self) -> Bool { a == b }
}

extension OrderedSemantics where Self: Comparable, Mask == Bool {
  /// Whether `a` is less than `b`.
  @inlinable
  public static func isLess(_ a: Self, _ b: Self) -> Bool { a < b }
  /// Whether `a` is at most `b`.
  @inlinable
  public static func isLessOrEqual(_ a: Self, _ b: Self) -> Bool { a <= b }
}

extension Double: RealSemantics {
  /// The constant itself.
  @inlinable public static func constant(_ value: Double) -> Double { value }
  /// What is left after whole multiples of `y`.
  @inlinable public static func remainder(_ x: Double, _ y: Double) -> Double { x.truncatingRemainder(dividingBy: y) }
  /// The largest integer that is at most `x`.
  @inlinable public static func floor(_ x: Double) -> Double { x.rounded(.down) }
  /// The power by IEEE 754.
  @inlinable public static func power(_ x: Double, _ y: Double) -> Double { ieeePower(x, y) }
}

extension Float: RealSemantics {
  /// The nearest `Float`.
  @inlinable public static func constant(_ value: Double) -> Float { Float(value) }
  /// What is left after whole multiples of `y`.
  @inlinable public static func remainder(_ x: Float, _ y: Float) -> Float { x.truncatingRemainder(dividingBy: y) }
  /// The largest integer that is at most `x`.
  @inlinable public static func floor(_ x: Float) -> Float { x.rounded(.down) }
  /// The power by IEEE 754.
  @inlinable public static func power(_ x: Float, _ y: Float) -> Float { ieeePower(x, y) }
}

extension Complex: ScalarSemantics, ElementarySemantics where RealType: RealSemantics {
  /// The real constant.
  @inlinable public static func constant(_ value: Double) -> Complex { Complex(RealType.constant(value)) }
  /// Whether both parts are equal. `Complex` itself takes all numbers that are not finite for one point; here `nan`
  /// differs from everything, and infinities are compared part by part.
  public static func isEqual(_ a: Complex, _ b: Complex) -> Bool { a.rawParts == b.rawParts }
  /// √(1 + ix) · √(1 - ix), with the same differences as in the inverse hyperbolic sine, so that both take the same side of
  /// the cuts.
  public static func hypotOne(_ x: Complex) -> Complex {
    let turned = Complex(-x.rawParts.1, x.rawParts.0)
    return Complex.sqrt(.one - turned) * Complex.sqrt(.one + turned)
  }
  /// exp(y log x), the principal value; 0 has the powers 1 (at 0), 0 (at positive real parts), and infinity.
  public static func power(_ x: Complex, _ y: Complex) -> Complex {
    if y.isZero { return .one }
    if x.isZero { return y.real > 0 ? .zero : .infinity }
    return Complex.exp(y * Complex.log(x))
  }
}

/// An integer whose arithmetic wraps around, as in NumPy.
@frozen
public struct WrappingInteger<Value: FixedWidthInteger & SignedInteger & Sendable>: OrderedSemantics, Comparable {
  /// The number.
  public var value: Value

  /// A number.
  @inlinable public init(_ value: Value) { self.value = value }
  /// The integral part of the constant.
  @inlinable public static func constant(_ value: Double) -> Self { Self(Value(value)) }
  /// The sum, modulo the width.
  @inlinable public static func + (a: Self, b: Self) -> Self { Self(a.value &+ b.value) }
  /// The difference, modulo the width.
  @inlinable public static func - (a: Self, b: Self) -> Self { Self(a.value &- b.value) }
  /// The product, modulo the width.
  @inlinable public static func * (a: Self, b: Self) -> Self { Self(a.value &* b.value) }
  /// The negative, modulo the width.
  @inlinable public static prefix func - (a: Self) -> Self { Self(0 &- a.value) }
  /// Whether `a` is less than `b`.
  @inlinable public static func < (a: Self, b: Self) -> Bool { a.value < b.value }
}
