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
}

extension HostTensor {
  /// The element of a tensor that is no scalar, where all of its elements have the same bits; nothing where it has none.
  package var repeatedElement: HostTensor? {
    if shape.isScalar || count == 0 { return nil }
    return withBytes { bytes in
      guard let start = bytes.baseAddress else { return nil }
      let size = dtype.byteCount
      // Each element equals the next one.
      let isRepeated = SystemMemory.isEqual(start, start + size, byteCount: bytes.count - size)
      return isRepeated ? HostTensor(dtype, scalarIn: start) : nil
    }
  }
}
