import Numerics

/// Numbers of the host as kernels of sums and products use them; integers wrap around, as in NumPy.
protocol HostNumber: TensorScalar {
  /// The number 1.
  static var oneScalar: Self { get }
  /// The sum.
  static func sum(_ a: Self, _ b: Self) -> Self
  /// The product.
  static func product(_ a: Self, _ b: Self) -> Self
}

extension HostNumber where Self: Numeric {
  @inline(__always) static func sum(_ a: Self, _ b: Self) -> Self { a + b }
  @inline(__always) static func product(_ a: Self, _ b: Self) -> Self { a * b }
  @inline(__always) static var oneScalar: Self { 1 }
}

extension HostNumber where Self: FixedWidthInteger {
  @inline(__always) static func sum(_ a: Self, _ b: Self) -> Self { a &+ b }
  @inline(__always) static func product(_ a: Self, _ b: Self) -> Self { a &* b }
}

extension Double: HostNumber {}
extension Float: HostNumber {}
extension Int32: HostNumber {}
extension Int64: HostNumber {}
extension Complex: HostNumber where RealType: ComplexPart {}

/// Numbers with an order.
protocol OrderedHostNumber: HostNumber, Comparable {
  /// Whether this is a number at all.
  var isNotANumber: Bool { get }
}

extension OrderedHostNumber where Self: BinaryFloatingPoint {
  // Not `isNaN`, which tests bits and keeps loops from being vectorized.
  @inline(__always) var isNotANumber: Bool { self != self }
}

extension OrderedHostNumber where Self: FixedWidthInteger {
  @inline(__always) var isNotANumber: Bool { false }
}

extension Double: OrderedHostNumber {}
extension Float: OrderedHostNumber {}
extension Int32: OrderedHostNumber {}
extension Int64: OrderedHostNumber {}
