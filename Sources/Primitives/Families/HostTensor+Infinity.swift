extension HostTensor {
  /// Whether an element, or a part of one, is infinite.
  var hasInfinity: Bool {
    switch dtype {
    case .float64, .complex128: parts(of: Double.self)
    case .float32, .complex64: parts(of: Float.self)
    case .int32, .int64, .bool: false
    }
  }

  private func parts<Part: BinaryFloatingPoint>(of _: Part.Type) -> Bool {
    withBytes { bytes in bytes.bindMemory(to: Part.self).contains { $0.isInfinite } }
  }
}
