/// Powers bind more tightly than products, and from the right: `a * b ** c ** d` is `a * (b ** (c ** d))`.
precedencegroup PowerPrecedence {
  associativity: right
  higherThan: MultiplicationPrecedence
}

/// The power. As with all operators of Swift, a minus sign in front binds more tightly: `-x ** 2` is `(-x) ** 2`.
infix operator ** : PowerPrecedence

extension Tensor {
  /// x to the power of y, element by element; both broadcast.
  ///
  /// A whole number as the exponent (`x ** 2`, `x ** n` with a Swift `Int`) is exact for every base and for integer
  /// tensors too; other exponents need a real or complex base, a negative real base gives `nan`. 0 ** 0 is 1.
  public static func ** (x: Tensor, y: Tensor) -> Tensor {
    if let exponent = y.literalInteger { return IntegerPower(exponent: exponent).bind(x) }
    return broadcasting(Power(), x, y)
  }

  /// A tensor to the power of a Swift number.
  @_disfavoredOverload
  public static func ** (x: Tensor, y: some TensorOperand) -> Tensor { x ** y.tensorLiteral }

  /// A Swift number to the power of a tensor.
  @_disfavoredOverload
  public static func ** (x: some TensorOperand, y: Tensor) -> Tensor { x.tensorLiteral ** y }
}

extension Tensor {
  /// The whole number of a literal that is one.
  fileprivate var literalInteger: Int? {
    if case .float64(let value)? = literal?.representation { return Int(exactly: value) }
    if case .int64(let value)? = integerLiteral?.representation { return Int(exactly: value) }
    return nil
  }
}

/// x to the power of y, element by element: the operator `**` as a function.
public func pow(_ x: Tensor, _ y: Tensor) -> Tensor { x ** y }

// Beside the `pow` of Foundation the type checker tries every combination of overloads. One that takes a `Double` and a
// tensor, whatever its form, makes it give up on formulas of plain numbers such as `2 * (s * s * pow(s, 24) + ...)`: there
// every literal could be a tensor. So there is none: `u ** x` is the power of a Swift number `u` to a tensor.

/// A tensor to the power of a Swift number.
@_disfavoredOverload
public func pow(_ x: Tensor, _ y: Double) -> Tensor { x ** y.tensorLiteral }

/// A tensor to the power of a whole number, exact for every base.
@_disfavoredOverload
public func pow(_ x: Tensor, _ y: Int) -> Tensor { x ** y.tensorLiteral }
