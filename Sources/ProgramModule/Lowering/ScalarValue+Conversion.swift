import Numerics

// Conversions between element types, as `Convert` makes them.

extension ScalarValue {
  /// The value as another type; nothing where it is out of the range of an integer, or not a number.
  func converted(to dtype: DType) -> ScalarValue? {
    switch self {
    case .float64(let x): Self.converted(x, dtype)
    case .float32(let x): dtype == .float32 ? self : Self.converted(Double(x), dtype)
    case .int64(let x): Self.converted(x, dtype)
    case .int32(let x): Self.converted(x, dtype)
    case .bool(let x): ScalarValue(x ? 1 : 0, dtype)
    case .complex128(let x): Self.converted(x.rawParts.0, x.rawParts.1, dtype)
    case .complex64(let x): Self.converted(Double(x.rawParts.0), Double(x.rawParts.1), dtype)
    }
  }

  private static func converted(_ x: Double, _ dtype: DType) -> ScalarValue? {
    switch dtype {
    case .int64: Int64(exactly: x.rounded(.towardZero)).map { .int64($0) }
    case .int32: Int32(exactly: x.rounded(.towardZero)).map { .int32($0) }
    default: ScalarValue(x, dtype)
    }
  }

  private static func converted<Value: FixedWidthInteger>(_ x: Value, _ dtype: DType) -> ScalarValue? {
    switch dtype {
    case .float64: .float64(Double(x))
    case .float32: .float32(Float(x))
    case .int64: .int64(Int64(x))
    case .int32: Int32(exactly: x).map { .int32($0) }
    case .bool: .bool(x != 0)
    case .complex128: .complex128(Complex(Double(x)))
    case .complex64: .complex64(Complex(Float(x)))
    }
  }

  private static func converted(_ x: Double, _ y: Double, _ dtype: DType) -> ScalarValue? {
    switch dtype {
    case .bool: .bool(x != 0 || y != 0)
    case .complex128: .complex128(Complex(x, y))
    case .complex64: .complex64(Complex(Float(x), Float(y)))
    default: nil
    }
  }
}
