import Numerics

extension HostTensor {
  /// The scalar that stands for one that cannot be read: `nan`, or 0 or `false` of types without it.
  package static func unreadable(_ dtype: DType) -> HostTensor {
    switch dtype {
    case .float32: HostTensor(.float32(.nan))
    case .float64: HostTensor(.float64(.nan))
    case .int32: HostTensor(.int32(0))
    case .int64: HostTensor(.int64(0))
    case .bool: HostTensor(.bool(false))
    case .complex64: HostTensor(.complex64(Complex(.nan, .nan)))
    case .complex128: HostTensor(.complex128(Complex(.nan, .nan)))
    }
  }
}
