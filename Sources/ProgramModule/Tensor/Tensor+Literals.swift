// Literals are float64 by themselves, and adopt the element type of the tensor they meet.

extension Tensor: ExpressibleByFloatLiteral {
  /// A scalar.
  @inlinable
  public init(floatLiteral value: Double) { self.init(.literal(value.hostScalar)) }
}

extension Tensor: ExpressibleByIntegerLiteral {
  /// A scalar; float64 by itself.
  @inlinable
  public init(integerLiteral value: Int) { self.init(.literal(Double(value).hostScalar)) }
}
