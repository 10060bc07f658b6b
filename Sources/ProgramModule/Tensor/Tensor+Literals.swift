// Literals are float64 by themselves, and adopt the element type of the tensor they meet.

extension Tensor: ExpressibleByFloatLiteral {
  /// A scalar.
  @inlinable
  public init(floatLiteral value: Double) { self.init(.literal(value.hostScalar)) }
}

extension Tensor: ExpressibleByIntegerLiteral {
  /// A scalar; float64 by itself. Beside an int64 tensor it is exact, also beyond 2^53.
  @inlinable
  public init(integerLiteral value: Int) { self.init(literal: Int64(value)) }
}

extension Tensor {
  /// A whole number that adopts the element type of the tensor it meets, exactly.
  @inlinable
  package init(literal value: Int64) {
    if let exact = Double(exactly: value) {
      self.init(.literal(exact.hostScalar))
    } else {
      self.init(.integerLiteral(value.hostScalar))
    }
  }
}

extension HostTensor {
  /// Integers as the nearest float64 numbers: what an integer literal is by itself.
  package var rounded: HostTensor {
    guard shape.isScalar else {
      let numbers = elements(as: Int64.self).map(Double.init)
      // Cannot fail: a tensor of this shape, with elements of this size, exists.
      return (try? HostTensor(shape, numbers)) ?? Double.nan.hostScalar
    }
    return Double(onlyElement(as: Int64.self)).hostScalar
  }
}
