import Jacobi

extension DType {
  /// Numbers at the edges of element types and of conversions between them, as far as this type has them.
  var edgeNumbers: [Double] {
    switch self {
    case .bool: [0, 1]
    case .int32: Self.edges.filter { Int32(exactly: $0) != nil && !($0 == 0 && $0.sign == .minus) }
    case .int64: Self.edges.filter { Int64(exactly: $0) != nil && !($0 == 0 && $0.sign == .minus) }
    case .float32, .float64, .complex64, .complex128: Self.edges
    }
  }

  private static let edges: [Double] = {
    let sizes: [Double] = [0, 0.5, 1, 3, 0x1p31 - 1, 0x1p31 - 0.5, 0x1p31, 0x1p63.nextDown, 0x1p63, 1e40]
    let others: [Double] = [-0x1p31 - 1, (-0x1p63).nextDown, .infinity, -.infinity, .nan]
    return sizes + sizes.map { -$0 } + others
  }()
}
