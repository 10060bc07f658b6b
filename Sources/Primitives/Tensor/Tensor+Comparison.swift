// Comparisons and logic. Results are `bool` tensors; `Bool(_:)` reads one that has a single element.

extension Tensor {
  /// Whether each element of `x` is less than that of `y`; false where one is `nan`. Real and integer only.
  public static func .< (x: Tensor, y: Tensor) -> Tensor { broadcasting(Less(), x, y).settled }
  /// Whether each element of `x` is at most that of `y`; false where one is `nan`. Real and integer only.
  public static func .<= (x: Tensor, y: Tensor) -> Tensor { broadcasting(LessOrEqual(), x, y).settled }
  /// Whether each element of `x` is greater than that of `y`; false where one is `nan`. Real and integer only.
  public static func .> (x: Tensor, y: Tensor) -> Tensor { broadcasting(Less(), y, x).settled }
  /// Whether each element of `x` is at least that of `y`; false where one is `nan`. Real and integer only.
  public static func .>= (x: Tensor, y: Tensor) -> Tensor { broadcasting(LessOrEqual(), y, x).settled }

  /// Whether elements are equal; false where one is `nan`. All element types.
  public static func .== (x: Tensor, y: Tensor) -> Tensor {
    if x.dtype == .bool && y.dtype == .bool { return .!(x .^ y) }
    return broadcasting(Equal(), x, y).settled
  }

  /// Whether elements differ; true where one is `nan`. All element types.
  public static func .!= (x: Tensor, y: Tensor) -> Tensor {
    if x.dtype == .bool && y.dtype == .bool { return x .^ y }
    return .!(x .== y)
  }

  /// Whether both hold. `bool` only.
  public static func .& (x: Tensor, y: Tensor) -> Tensor { broadcasting(LogicalAnd(), x, y) }
  /// Whether at least one holds. `bool` only.
  public static func .| (x: Tensor, y: Tensor) -> Tensor { broadcasting(LogicalOr(), x, y) }
  /// Whether exactly one holds. `bool` only.
  public static func .^ (x: Tensor, y: Tensor) -> Tensor { broadcasting(LogicalExclusiveOr(), x, y) }
  /// Whether each does not hold. `bool` only.
  public static prefix func .! (x: Tensor) -> Tensor { LogicalNot().bind(x) }
}

extension Tensor {
  /// Whether each element of a tensor is less than a Swift number.
  @_disfavoredOverload
  public static func .< (x: Tensor, y: some TensorOperand) -> Tensor { x .< y.tensorLiteral }
  /// Whether each element of a tensor is at most a Swift number.
  @_disfavoredOverload
  public static func .<= (x: Tensor, y: some TensorOperand) -> Tensor { x .<= y.tensorLiteral }
  /// Whether each element of a tensor is greater than a Swift number.
  @_disfavoredOverload
  public static func .> (x: Tensor, y: some TensorOperand) -> Tensor { x .> y.tensorLiteral }
  /// Whether each element of a tensor is at least a Swift number.
  @_disfavoredOverload
  public static func .>= (x: Tensor, y: some TensorOperand) -> Tensor { x .>= y.tensorLiteral }
  /// Whether each element of a tensor equals a Swift number.
  @_disfavoredOverload
  public static func .== (x: Tensor, y: some TensorOperand) -> Tensor { x .== y.tensorLiteral }
  /// Whether each element of a tensor differs from a Swift number.
  @_disfavoredOverload
  public static func .!= (x: Tensor, y: some TensorOperand) -> Tensor { x .!= y.tensorLiteral }
  /// Whether a Swift number is less than each element of a tensor.
  @_disfavoredOverload
  public static func .< (x: some TensorOperand, y: Tensor) -> Tensor { x.tensorLiteral .< y }
  /// Whether a Swift number is at most each element of a tensor.
  @_disfavoredOverload
  public static func .<= (x: some TensorOperand, y: Tensor) -> Tensor { x.tensorLiteral .<= y }
  /// Whether a Swift number is greater than each element of a tensor.
  @_disfavoredOverload
  public static func .> (x: some TensorOperand, y: Tensor) -> Tensor { x.tensorLiteral .> y }
  /// Whether a Swift number is at least each element of a tensor.
  @_disfavoredOverload
  public static func .>= (x: some TensorOperand, y: Tensor) -> Tensor { x.tensorLiteral .>= y }
}

/// Whether both hold, element by element. `bool` only.
public func logicalAnd(_ x: Tensor, _ y: Tensor) -> Tensor { x .& y }
/// Whether at least one holds, element by element. `bool` only.
public func logicalOr(_ x: Tensor, _ y: Tensor) -> Tensor { x .| y }
/// Whether exactly one holds, element by element. `bool` only.
public func logicalExclusiveOr(_ x: Tensor, _ y: Tensor) -> Tensor { x .^ y }
/// Whether each does not hold. `bool` only.
public func logicalNot(_ x: Tensor) -> Tensor { .!x }

/// Whether each element is not a number; of a complex number, whether one of its parts is not.
public func isNaN(_ x: Tensor) -> Tensor { .!(x .== x) }

/// Whether each element is neither infinite nor `nan`.
public func isFinite(_ x: Tensor) -> Tensor {
  // The difference is 0 exactly where x is finite, and `nan` elsewhere.
  let difference = x - x
  return difference .== difference
}

/// Whether each element is infinite; of a complex number, whether one of its parts is.
public func isInfinite(_ x: Tensor) -> Tensor {
  if x.isInvalid { return poisoned("isInfinite") }
  if x.dtype.isComplex { return isInfinite(realPart(x)) .| isInfinite(imaginaryPart(x)) }
  return x.dtype.isReal ? abs(x) .== Tensor(floatLiteral: .infinity) : .!isFinite(x)
}
