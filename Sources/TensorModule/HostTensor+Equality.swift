extension HostTensor: Hashable {
  /// Whether type, shape and every element's bits are the same: `nan` equals the same `nan`, `0` differs from `-0`.
  ///
  /// Programs are compared by this: two constants are the same only when nothing can tell them apart.
  public static func == (a: HostTensor, b: HostTensor) -> Bool {
    guard a.type == b.type else { return false }
    return a.withBytes { bytesA in
      b.withBytes { bytesB in
        guard let startA = bytesA.baseAddress, let startB = bytesB.baseAddress else { return true }
        return SystemMemory.isEqual(startA, startB, byteCount: bytesA.count)
      }
    }
  }

  /// Hashes the type and the first bytes.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(type)
    withBytes { hasher.combine(bytes: UnsafeRawBufferPointer(rebasing: $0.prefix(256))) }
  }

  /// Calls the closure with the elements as raw bytes.
  package func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    func read<Scalar: TensorScalar>(_: Scalar.Type) -> Result {
      withElements(as: Scalar.self) { body(UnsafeRawBufferPointer($0)) }
    }
    return dtype.withScalarType { read($0) }
  }
}

extension HostTensor {
  /// The element of a tensor that is no scalar, where all of its elements have the same bits; nothing where it has none.
  package var repeatedElement: HostTensor? {
    if shape.isScalar || count == 0 { return nil }
    func element<Scalar: TensorScalar>(_: Scalar.Type) -> HostTensor? {
      let isRepeated = withBytes { bytes -> Bool in
        let size = dtype.byteCount
        guard let start = bytes.baseAddress, bytes.count > size else { return true }
        // Each element equals the next one.
        return SystemMemory.isEqual(start, start + size, byteCount: bytes.count - size)
      }
      return isRepeated ? withElements(as: Scalar.self) { $0[0].hostScalar } : nil
    }
    return dtype.withScalarType { element($0) }
  }
}
