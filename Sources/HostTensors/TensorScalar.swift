import Numerics

/// A Swift type that can be the element of a tensor: `Float`, `Double`, `Int32`, `Int64`, `Bool`, `Complex<Float>` and
/// `Complex<Double>`.
public protocol TensorScalar: Sendable, Hashable {
  /// The element type of tensors that hold such values.
  static var dtype: DType { get }

  /// Zero, or `false`.
  static var zeroScalar: Self { get }

  /// The host tensor of rank 0 with this value.
  var hostScalar: HostTensor { get }

  /// This value as a complex number, exactly (integers beyond 2^53 are rounded).
  var complexValue: Complex<Double> { get }

  /// The nearest value of this type, or nothing where the number has no such value (a fraction as an integer, an
  /// imaginary part as a real number).
  init?(exactlyRepresenting value: Complex<Double>)
}

extension Float: TensorScalar {
  /// `float32`.
  public static var dtype: DType { .float32 }
  /// Zero.
  public static var zeroScalar: Float { 0 }
  /// The scalar tensor with this value.
  @inlinable public var hostScalar: HostTensor { HostTensor(.float32(self)) }
  /// This value, exactly.
  public var complexValue: Complex<Double> { Complex(Double(self)) }
  /// The nearest `Float`; nothing when there is an imaginary part.
  public init?(exactlyRepresenting value: Complex<Double>) {
    guard value.imaginary == 0 else { return nil }
    self = Float(value.real)
  }
}

extension Double: TensorScalar {
  /// `float64`.
  public static var dtype: DType { .float64 }
  /// Zero.
  public static var zeroScalar: Double { 0 }
  /// The scalar tensor with this value.
  @inlinable public var hostScalar: HostTensor { HostTensor(.float64(self)) }
  /// This value, exactly.
  public var complexValue: Complex<Double> { Complex(self) }
  /// The real part; nothing when there is an imaginary part.
  public init?(exactlyRepresenting value: Complex<Double>) {
    guard value.imaginary == 0 else { return nil }
    self = value.real
  }
}

extension Int32: TensorScalar {
  /// `int32`.
  public static var dtype: DType { .int32 }
  /// Zero.
  public static var zeroScalar: Int32 { 0 }
  /// The scalar tensor with this value.
  @inlinable public var hostScalar: HostTensor { HostTensor(.int32(self)) }
  /// This value, exactly.
  public var complexValue: Complex<Double> { Complex(Double(self)) }
  /// The integer; nothing for fractions and numbers out of range.
  public init?(exactlyRepresenting value: Complex<Double>) {
    guard value.imaginary == 0, let exact = Int32(exactly: value.real) else { return nil }
    self = exact
  }
}

extension Int64: TensorScalar {
  /// `int64`.
  public static var dtype: DType { .int64 }
  /// Zero.
  public static var zeroScalar: Int64 { 0 }
  /// The scalar tensor with this value.
  @inlinable public var hostScalar: HostTensor { HostTensor(.int64(self)) }
  /// This value; rounded to a `Double` beyond 2^53.
  public var complexValue: Complex<Double> { Complex(Double(self)) }
  /// The integer; nothing for fractions and numbers out of range.
  public init?(exactlyRepresenting value: Complex<Double>) {
    guard value.imaginary == 0, let exact = Int64(exactly: value.real) else { return nil }
    self = exact
  }
}

extension Bool: TensorScalar {
  /// `bool`.
  public static var dtype: DType { .bool }
  /// `false`.
  public static var zeroScalar: Bool { false }
  /// The scalar tensor with this value.
  @inlinable public var hostScalar: HostTensor { HostTensor(.bool(self)) }
  /// 1 for `true`, 0 for `false`.
  public var complexValue: Complex<Double> { Complex(self ? 1 : 0) }
  /// `true` for 1, `false` for 0, nothing for other numbers.
  public init?(exactlyRepresenting value: Complex<Double>) {
    guard value == .zero || value == .one else { return nil }
    self = value == .one
  }
}

/// The real types that complex elements are made of: `Float` and `Double`.
public protocol ComplexPart: TensorScalar, RealSemantics, Real, BinaryFloatingPoint {
  /// The element type of complex tensors with such parts.
  static var complexDType: DType { get }
  /// The host tensor of rank 0 with a complex value.
  static func complexHostScalar(_ value: Complex<Self>) -> HostTensor
}

extension Float: ComplexPart {
  /// `complex64`.
  public static var complexDType: DType { .complex64 }
  /// The scalar tensor with this value.
  @inlinable public static func complexHostScalar(_ value: Complex<Float>) -> HostTensor {
    HostTensor(.complex64(value))
  }
}

extension Double: ComplexPart {
  /// `complex128`.
  public static var complexDType: DType { .complex128 }
  /// The scalar tensor with this value.
  @inlinable public static func complexHostScalar(_ value: Complex<Double>) -> HostTensor {
    HostTensor(.complex128(value))
  }
}

extension Complex: TensorScalar where RealType: ComplexPart {
  /// `complex64` or `complex128`.
  public static var dtype: DType { RealType.complexDType }
  /// Zero.
  public static var zeroScalar: Complex { .zero }
  /// The scalar tensor with this value.
  @inlinable public var hostScalar: HostTensor { RealType.complexHostScalar(self) }
  /// This value, exactly.
  public var complexValue: Complex<Double> { Complex<Double>(Double(rawParts.0), Double(rawParts.1)) }
  /// The nearest such number.
  public init?(exactlyRepresenting value: Complex<Double>) {
    self.init(RealType(value.rawParts.0), RealType(value.rawParts.1))
  }
}

extension Complex {
  /// The stored parts, also where `real` and `imaginary` answer `nan` for every number that is not finite.
  package var rawParts: (RealType, RealType) { (rawStorage.x, rawStorage.y) }
}
