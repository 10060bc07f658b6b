/// The type of a tensor's elements.
///
/// The type is a property of the data, known at run time: `[Double]` gives ``float64``, `[Float]` ``float32``, and so
/// on. Two tensors of different types never mix silently; see ``TensorError``.
public enum DType: UInt8, Hashable, Sendable, CaseIterable, Codable {
  case float32
  case float64
  case int32
  case int64
  case bool
  case complex64
  case complex128
}

extension DType {
  /// The size of one element, in bytes.
  public var byteCount: Int {
    switch self {
    case .bool: 1
    case .float32, .int32: 4
    case .float64, .int64, .complex64: 8
    case .complex128: 16
    }
  }

  /// Whether the elements are real floating-point numbers.
  public var isReal: Bool { self == .float32 || self == .float64 }

  /// Whether the elements are complex numbers.
  public var isComplex: Bool { self == .complex64 || self == .complex128 }

  /// Whether the elements are signed integers.
  public var isInteger: Bool { self == .int32 || self == .int64 }

  /// Whether derivatives with respect to such elements exist: real and complex floating point.
  public var isDifferentiable: Bool { isReal || isComplex }

  /// The type of the real and imaginary part of a complex type; a real type itself.
  public var realPart: DType {
    switch self {
    case .complex64: .float32
    case .complex128: .float64
    default: self
    }
  }

  /// The complex type whose parts have this real type; a complex type itself; nothing for integers and `bool`.
  public var complexified: DType? {
    switch self {
    case .float32, .complex64: .complex64
    case .float64, .complex128: .complex128
    default: nil
    }
  }
}

extension DType: CustomStringConvertible {
  /// The name that programs and messages use, such as `float64`.
  public var description: String {
    switch self {
    case .float32: "float32"
    case .float64: "float64"
    case .int32: "int32"
    case .int64: "int64"
    case .bool: "bool"
    case .complex64: "complex64"
    case .complex128: "complex128"
    }
  }

  /// The type with the given name, if there is one.
  public init?(name: some StringProtocol) {
    guard let match = DType.allCases.first(where: { $0.description == name }) else { return nil }
    self = match
  }
}
