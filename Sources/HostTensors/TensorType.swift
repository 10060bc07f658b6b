/// What a program knows about a value before it is computed: its element type and its shape.
public struct TensorType: Hashable, Sendable {
  /// The type of the elements.
  public var dtype: DType
  /// The sizes of the axes.
  public var shape: Shape

  /// The type of tensors with the given element type and shape.
  @inlinable
  public init(_ dtype: DType, _ shape: Shape) {
    self.dtype = dtype
    self.shape = shape
  }

  /// The size of such a tensor in bytes, or nothing when it does not fit into an `Int`.
  public var byteCount: Int? {
    guard let count = shape.checkedCount else { return nil }
    let (bytes, overflow) = count.multipliedReportingOverflow(by: dtype.byteCount)
    return overflow ? nil : bytes
  }

  /// The type of a batch of `size` such tensors, the batch axis in front.
  public func batched(_ size: Int) -> TensorType { TensorType(dtype, shape.prepending(size)) }
}

extension TensorType: CustomStringConvertible {
  /// Such as `float64[2, 3]`; `float64[]` for a scalar.
  public var description: String { "\(dtype)\(shape)" }
}
