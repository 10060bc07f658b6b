// Operators. Tensors broadcast by NumPy's rule. Swift scalars are literals: they adopt the tensor's element type.

extension Tensor {
  /// The sum, element by element.
  public static func + (x: Tensor, y: Tensor) -> Tensor { broadcasting(Add(), x, y) }
  /// The difference, element by element.
  public static func - (x: Tensor, y: Tensor) -> Tensor { broadcasting(Subtract(), x, y) }
  /// The product, element by element.
  public static func * (x: Tensor, y: Tensor) -> Tensor { broadcasting(Multiply(), x, y) }
  /// The quotient, element by element.
  ///
  /// The quotient of integers is truncated toward zero, as in Swift. A divisor of 0 is an error for them, and so is the
  /// least integer divided by -1; ``floorDivide(_:_:)`` rounds down.
  public static func / (x: Tensor, y: Tensor) -> Tensor {
    // A literal adopts the other's element type.
    if (x.isLiteral ? y : x).dtype.isInteger { return broadcasting(IntegerQuotient(), x, y) }
    return broadcasting(Divide(), x, y)
  }
  /// What is left of each integer x after whole multiples of y, with the sign of x, as in Swift. A divisor of 0 is an
  /// error. Real numbers have ``fmod(_:_:)``; ``mod(_:_:)`` has the sign of y.
  public static func % (x: Tensor, y: Tensor) -> Tensor { broadcasting(IntegerRemainder(), x, y) }
  /// The negative of each element.
  public static prefix func - (x: Tensor) -> Tensor { Negate().bind(x) }
  /// The tensor itself.
  public static prefix func + (x: Tensor) -> Tensor { x.isInvalid ? poisoned("plus") : x }

  /// Adds in place.
  public static func += (x: inout Tensor, y: Tensor) { x = x + y }
  /// Subtracts in place.
  public static func -= (x: inout Tensor, y: Tensor) { x = x - y }
  /// Multiplies in place.
  public static func *= (x: inout Tensor, y: Tensor) { x = x * y }
  /// Divides in place.
  public static func /= (x: inout Tensor, y: Tensor) { x = x / y }
  /// Replaces integers by remainders.
  public static func %= (x: inout Tensor, y: Tensor) { x = x % y }
}

extension Tensor {
  /// The sum of a tensor and a Swift number.
  @_disfavoredOverload
  public static func + (x: Tensor, y: some TensorOperand) -> Tensor { x + y.tensorLiteral }
  /// The sum of a Swift number and a tensor.
  @_disfavoredOverload
  public static func + (x: some TensorOperand, y: Tensor) -> Tensor { x.tensorLiteral + y }
  /// The difference of a tensor and a Swift number.
  @_disfavoredOverload
  public static func - (x: Tensor, y: some TensorOperand) -> Tensor { x - y.tensorLiteral }
  /// The difference of a Swift number and a tensor.
  @_disfavoredOverload
  public static func - (x: some TensorOperand, y: Tensor) -> Tensor { x.tensorLiteral - y }
  /// The product of a tensor and a Swift number.
  @_disfavoredOverload
  public static func * (x: Tensor, y: some TensorOperand) -> Tensor { x * y.tensorLiteral }
  /// The product of a Swift number and a tensor.
  @_disfavoredOverload
  public static func * (x: some TensorOperand, y: Tensor) -> Tensor { x.tensorLiteral * y }
  /// The quotient of a tensor and a Swift number.
  @_disfavoredOverload
  public static func / (x: Tensor, y: some TensorOperand) -> Tensor { x / y.tensorLiteral }
  /// The quotient of a Swift number and a tensor.
  @_disfavoredOverload
  public static func / (x: some TensorOperand, y: Tensor) -> Tensor { x.tensorLiteral / y }
  /// The remainder of a tensor of integers and a Swift number.
  @_disfavoredOverload
  public static func % (x: Tensor, y: some TensorOperand) -> Tensor { x % y.tensorLiteral }
  /// The remainder of a Swift number and a tensor of integers.
  @_disfavoredOverload
  public static func % (x: some TensorOperand, y: Tensor) -> Tensor { x.tensorLiteral % y }

  /// Adds a Swift number in place.
  @_disfavoredOverload
  public static func += (x: inout Tensor, y: some TensorOperand) { x = x + y.tensorLiteral }
  /// Subtracts a Swift number in place.
  @_disfavoredOverload
  public static func -= (x: inout Tensor, y: some TensorOperand) { x = x - y.tensorLiteral }
  /// Multiplies by a Swift number in place.
  @_disfavoredOverload
  public static func *= (x: inout Tensor, y: some TensorOperand) { x = x * y.tensorLiteral }
  /// Divides by a Swift number in place.
  @_disfavoredOverload
  public static func /= (x: inout Tensor, y: some TensorOperand) { x = x / y.tensorLiteral }
  /// Replaces integers by their remainders and a Swift number.
  @_disfavoredOverload
  public static func %= (x: inout Tensor, y: some TensorOperand) { x = x % y.tensorLiteral }
}
