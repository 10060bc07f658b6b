import Numerics

/// A scalar of any element type.
public enum ScalarValue: Hashable, Sendable {
  /// A float64.
  case float64(Double)
  /// A float32.
  case float32(Float)
  /// An int64.
  case int64(Int64)
  /// An int32.
  case int32(Int32)
  /// A truth value.
  case bool(Bool)
  /// A complex128.
  case complex128(Complex<Double>)
  /// A complex64.
  case complex64(Complex<Float>)

  /// A number of a type: the nearest one, and for an integer the integral part.
  public init(_ number: Double, _ dtype: DType) {
    self =
      switch dtype {
      case .float64: .float64(number)
      case .float32: .float32(Float(number))
      case .int64: .int64(Int64(number))
      case .int32: .int32(Int32(number))
      case .bool: .bool(number != 0)
      case .complex128: .complex128(Complex(number))
      case .complex64: .complex64(Complex(Float(number)))
      }
  }

  /// The element type.
  public var dtype: DType {
    switch self {
    case .float64: .float64
    case .float32: .float32
    case .int64: .int64
    case .int32: .int32
    case .bool: .bool
    case .complex128: .complex128
    case .complex64: .complex64
    }
  }
}

extension HostTensor {
  /// The elements, in row-major order.
  public var scalars: [ScalarValue] {
    switch dtype {
    case .float64: elements(as: Double.self).map { .float64($0) }
    case .float32: elements(as: Float.self).map { .float32($0) }
    case .int64: elements(as: Int64.self).map { .int64($0) }
    case .int32: elements(as: Int32.self).map { .int32($0) }
    case .bool: elements(as: Bool.self).map { .bool($0) }
    case .complex128: elements(as: Complex<Double>.self).map { .complex128($0) }
    case .complex64: elements(as: Complex<Float>.self).map { .complex64($0) }
    }
  }
}
