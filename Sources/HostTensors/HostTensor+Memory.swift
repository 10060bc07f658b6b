import Numerics

// Elements as memory, whatever their type. What is generic over the type of the elements stands on these functions, which
// call their closures at one place: the loops of a kernel are compiled once for each type, not again for each
// representation.

/// Memory for a scalar of any type.
@frozen
@usableFromInline
package struct ScalarSlot {
  @usableFromInline var low: UInt64 = 0
  @usableFromInline var high: UInt64 = 0

  @inlinable
  package init() {}
}

extension HostTensor {
  /// The first element and the number of elements. A scalar is copied into the slot, which must be a ``ScalarSlot``.
  ///
  /// The memory lives as long as this tensor, or the slot. `dtype` must be the type of the elements.
  @usableFromInline
  package func memory(of dtype: DType, scalarsIn slot: UnsafeMutableRawPointer) -> (UnsafeRawPointer, Int) {
    precondition(dtype == self.dtype, "elements read as another type than they have")
    switch representation {
    case .buffer(let buffer): return (UnsafeRawPointer(buffer.pointer), buffer.count)
    case .float32(let value): slot.storeBytes(of: value, as: Float.self)
    case .float64(let value): slot.storeBytes(of: value, as: Double.self)
    case .int32(let value): slot.storeBytes(of: value, as: Int32.self)
    case .int64(let value): slot.storeBytes(of: value, as: Int64.self)
    case .bool(let value): slot.storeBytes(of: value, as: Bool.self)
    case .complex64(let value): slot.storeBytes(of: value, as: Complex<Float>.self)
    case .complex128(let value): slot.storeBytes(of: value, as: Complex<Double>.self)
    }
    return (UnsafeRawPointer(slot), 1)
  }

  /// The scalar of a type that a slot holds.
  @usableFromInline
  package init(_ dtype: DType, scalarIn slot: UnsafeRawPointer) {
    self =
      switch dtype {
      case .float32: slot.load(as: Float.self).hostScalar
      case .float64: slot.load(as: Double.self).hostScalar
      case .int32: slot.load(as: Int32.self).hostScalar
      case .int64: slot.load(as: Int64.self).hostScalar
      case .bool: slot.load(as: Bool.self).hostScalar
      case .complex64: slot.load(as: Complex<Float>.self).hostScalar
      case .complex128: slot.load(as: Complex<Double>.self).hostScalar
      }
  }

  /// Calls the closure with the elements as raw bytes.
  package func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    var slot = ScalarSlot()
    let dtype = dtype
    return withUnsafeMutableBytes(of: &slot) { slot in
      let (start, count) = memory(of: dtype, scalarsIn: slot.baseAddress!)
      return body(UnsafeRawBufferPointer(start: start, count: count &* dtype.byteCount))
    }
  }

  /// A tensor whose elements the closure writes as raw memory; it is given the number of elements, and must write all of
  /// them.
  ///
  /// - Throws: a memory error when the shape is too large to be held.
  @usableFromInline
  package init(
    _ type: TensorType, for operation: String, initializingMemoryWith body: (UnsafeMutableRawPointer, Int) -> Void
  ) throws(TensorError) {
    if type.shape.isScalar {
      var slot = ScalarSlot()
      self = withUnsafeMutableBytes(of: &slot) { slot in
        let start = slot.baseAddress!
        body(start, 1)
        return HostTensor(type.dtype, scalarIn: start)
      }
      return
    }
    let buffer = try TensorBuffer.allocate(type, for: operation)
    body(buffer.pointer, buffer.count)
    self.init(.buffer(buffer))
  }

  /// A tensor whose elements the closure writes as raw memory; it must write all of them.
  ///
  /// - Throws: a memory error when the shape is too large to be held.
  package static func uninitialized(
    _ type: TensorType, for operation: String, _ body: (UnsafeMutableRawPointer) -> Void
  ) throws(TensorError) -> HostTensor {
    try HostTensor(type, for: operation) { start, _ in body(start) }
  }

  /// Calls the closure with the elements for writing and their number, after a copy when the memory is shared. `dtype` must
  /// be the type of the elements.
  package mutating func withMutableMemory(
    of dtype: DType, _ body: (UnsafeMutableRawPointer, Int) -> Void
  ) throws(TensorError) {
    guard case .buffer(var buffer) = representation else {
      var slot = ScalarSlot()
      self = withUnsafeMutableBytes(of: &slot) { slot in
        let start = slot.baseAddress!
        _ = memory(of: dtype, scalarsIn: start)
        body(start, 1)
        return HostTensor(dtype, scalarIn: start)
      }
      return
    }
    precondition(buffer.dtype == dtype, "elements written as another type than they have")
    // The enum's own reference must go before uniqueness can be seen.
    representation = .bool(false)
    defer { representation = .buffer(buffer) }
    if !isKnownUniquelyReferenced(&buffer) {
      let copy = try TensorBuffer.allocate(TensorType(dtype, buffer.shape), for: "copy")
      copy.pointer.copyMemory(from: buffer.pointer, byteCount: buffer.count * dtype.byteCount)
      buffer = copy
    }
    body(buffer.pointer, buffer.count)
  }
}
