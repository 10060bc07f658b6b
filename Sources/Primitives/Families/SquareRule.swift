// A norm has a kink at 0, its square has none. By the chain rule alone, the square's second derivative at 0 would be that of the
// convention for the kink: 2 y · y'' + 2 (y')² with y' = 0. So even powers are differentiated together with what they are powers
// of: d(y²) is computed from the operands of y.

/// How the square of a result y depends on an operand x.
public enum SquareRule {
  /// d(y²) is the sum of weight · dx over axes.
  case smooth(weight: Tensor, axes: [Int])
  /// y is x times a factor.
  case scaled(by: Tensor)
  /// y² is x².
  case same
}

/// A primitive with a rule for the derivative of the square of its result. It has the trait ``PrimitiveTraits/squareRule``.
public protocol SmoothlySquared: Primitive {
  /// The rule for the square, by one operand; `nil` where it has none.
  ///
  /// - Parameter isActive: which operands have a tangent.
  func squareRule(of operand: Int, at point: EquationPoint, isActive: [Bool]) -> SquareRule?
}

/// A primitive that is an even power of its operand, or of two operands that are the same. It has the trait
/// ``PrimitiveTraits/evenPower``.
public protocol EvenPower: Primitive {
  /// The exponent: 2, 4, ...
  var evenExponent: Int { get }
}

extension Multiply: EvenPower, SmoothlySquared {
  /// 2: of a factor with itself.
  public var evenExponent: Int { 2 }

  /// With a constant factor.
  public func squareRule(of operand: Int, at point: EquationPoint, isActive: [Bool]) -> SquareRule? {
    if isActive[1 - operand] { return nil }
    return .scaled(by: point.operand(1 - operand))
  }
}

extension IntegerPower: EvenPower {
  /// The exponent, where it is even.
  public var evenExponent: Int { exponent }
}

extension Divide: SmoothlySquared {
  /// By a constant.
  public func squareRule(of operand: Int, at point: EquationPoint, isActive: [Bool]) -> SquareRule? {
    if operand == 1 || isActive[1] { return nil }
    return .scaled(by: 1 / point.operand(1))
  }
}

extension Negate: SmoothlySquared {
  /// That of the number.
  public func squareRule(of operand: Int, at point: EquationPoint, isActive: [Bool]) -> SquareRule? { .same }
}

extension Abs: SmoothlySquared {
  /// Of real numbers: 2 x dx.
  public func squareRule(of operand: Int, at point: EquationPoint, isActive: [Bool]) -> SquareRule? {
    let x = point.operand(0)
    return x.dtype.isComplex ? nil : .smooth(weight: 2 * x, axes: [])
  }
}

extension Hypot: SmoothlySquared {
  /// 2 x dx + 2 y dy.
  public func squareRule(of operand: Int, at point: EquationPoint, isActive: [Bool]) -> SquareRule? {
    .smooth(weight: 2 * point.operand(operand), axes: [])
  }
}

extension Norm: SmoothlySquared {
  /// Of real numbers: the sum of 2 x dx.
  public func squareRule(of operand: Int, at point: EquationPoint, isActive: [Bool]) -> SquareRule? {
    let x = point.operand(0)
    return x.dtype.isComplex ? nil : .smooth(weight: 2 * x, axes: axes)
  }
}

extension Sqrt: SmoothlySquared {
  /// Of real numbers: dx, where x is not negative.
  public func squareRule(of operand: Int, at point: EquationPoint, isActive: [Bool]) -> SquareRule? {
    let x = point.operand(0)
    return x.dtype.isComplex ? nil : .smooth(weight: `where`(x .< 0, Tensor(Double.nan), 1), axes: [])
  }
}
