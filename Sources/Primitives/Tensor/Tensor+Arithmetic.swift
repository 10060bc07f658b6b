// Operators. Tensors broadcast by NumPy's rule. Swift scalars are literals: they adopt the tensor's element type.

extension Tensor {
  /// The sum, element by element.
  public static func + (x: Tensor, y: Tensor) -> Tensor { broadcasting(Add(), x, y) }
  /// The difference, element by element.
  public static func - (x: Tensor, y: Tensor) -> Tensor { broadcasting(Subtract(), x, y) }
  /// The product, element by element.
  public static func * (x: Tensor, y: Tensor) -> Tensor { broadcasting(Multiply(), x, y) }
  /// The quotient, element by element; real and complex only.
  public static func / (x: Tensor, y: Tensor) -> Tensor { broadcasting(Divide(), x, y) }
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
}
