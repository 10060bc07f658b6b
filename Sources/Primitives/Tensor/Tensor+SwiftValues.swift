// What Swift programs have at hand: shapes where sizes are asked for, `Int` as int64. They are disfavored, so that literals stay
// what they are.

extension Tensor {
  /// An integer, as int64.
  @_disfavoredOverload
  public init(_ value: Int) { self.init(Int64(value)) }

  /// A vector of integers, as int64.
  @_disfavoredOverload
  public init(_ values: [Int]) { self.init(values.map(Int64.init)) }

  /// A matrix of integers, as int64; all rows must have one length.
  @_disfavoredOverload
  public init(_ rows: [[Int]]) { self.init(rows.map { $0.map(Int64.init) }) }

  /// A vector of a part of an array of integers, as int64.
  @_disfavoredOverload
  public init(_ values: ArraySlice<Int>) { self.init(values.map(Int64.init)) }

  /// An int64 tensor with the given shape and elements in row-major order; their number must be that of the shape.
  @_disfavoredOverload
  public init(shape: [Int], scalars: [Int]) { self.init(shape: shape, scalars: scalars.map(Int64.init)) }

  /// A tensor with the given shape and elements in row-major order; their number must be that of the shape.
  @_disfavoredOverload
  public init<Scalar: TensorScalar>(shape: Shape, scalars: [Scalar]) {
    self.init(shape: shape.dimensions, scalars: scalars)
  }

  /// The elements of an int64 tensor in row-major order, as Swift integers.
  public func scalars(as: Int.Type) -> [Int] { scalars(as: Int64.self).map(Int.init) }
}

extension Tensor {
  /// Zeros of a shape.
  @_disfavoredOverload
  public static func zeros(_ shape: Shape, dtype: DType = .float64) -> Tensor { zeros(shape.dimensions, dtype: dtype) }

  /// Ones of a shape.
  @_disfavoredOverload
  public static func ones(_ shape: Shape, dtype: DType = .float64) -> Tensor { ones(shape.dimensions, dtype: dtype) }

  /// One number in all places of a shape; see ``full(_:_:dtype:)``.
  @_disfavoredOverload
  public static func full(_ shape: Shape, _ value: Tensor, dtype: DType? = nil) -> Tensor {
    full(shape.dimensions, value, dtype: dtype)
  }

  /// The same elements in row-major order with another shape.
  @_disfavoredOverload
  public func reshaped(_ shape: Shape) -> Tensor { reshaped(shape.dimensions) }

  /// This tensor broadcast to a shape by NumPy's rule.
  @_disfavoredOverload
  public func broadcast(to shape: Shape) -> Tensor { broadcast(to: shape.dimensions) }
}

extension Tensor {
  /// The number π, which adopts the element type that it meets: `2 * .pi * x`.
  public static var pi: Tensor { Tensor(.literal(Double.pi.hostScalar)) }
}
