/// The memory of a tensor that is not a scalar: elements in row-major order, with their type and shape.
///
/// Small tensors keep their elements behind the object's header (one allocation); large ones in a block of their own,
/// aligned to a cache line.
///
/// It is written only before it is shared, or while it is referenced once.
@usableFromInline
package final class TensorBuffer: ManagedBuffer<TensorBuffer.Header, SIMD2<UInt64>> {
  /// What stands in front of the elements.
  @usableFromInline
  package struct Header {
    @usableFromInline package let dtype: DType
    @usableFromInline package let shape: Shape
    @usableFromInline package let count: Int
    @usableFromInline var pointer: UnsafeMutableRawPointer
    @usableFromInline let ownsBlock: Bool
  }

  /// Tensors of at most this many bytes live in the object itself.
  private static var largestInlineByteCount: Int { 4096 }

  /// Memory for a tensor of this type, not initialized.
  ///
  /// - Throws: a memory error when there is none to be had.
  @usableFromInline
  package static func allocate(_ type: TensorType, for operation: String) throws(TensorError) -> TensorBuffer {
    try MemoryLimit.checkAvailable(type, for: operation)
    let count = type.shape.count
    let byteCount = count &* type.dtype.byteCount
    let isInline = byteCount <= largestInlineByteCount
    let block = isInline ? nil : BlockCache.take(byteCount: byteCount)
    if !isInline && block == nil { throw MemoryLimit.unavailable(type, operation) }
    let made = TensorBuffer.create(minimumCapacity: isInline ? (byteCount &+ 15) / 16 : 0) { buffer in
      let pointer = block ?? UnsafeMutableRawPointer(buffer.withUnsafeMutablePointerToElements { $0 })
      return Header(dtype: type.dtype, shape: type.shape, count: count, pointer: pointer, ownsBlock: !isInline)
    }
    return unsafeDowncast(made, to: TensorBuffer.self)
  }

  deinit {
    if header.ownsBlock {
      BlockCache.giveBack(header.pointer, byteCount: header.count &* header.dtype.byteCount)
    }
  }

  // The header is written once, before anybody sees the object: reading it through its address spares the check for
  // exclusive access, which costs as much as an operation on a few numbers.

  /// The type of the elements.
  @inlinable package var dtype: DType { withUnsafeMutablePointerToHeader { $0.pointee.dtype } }

  /// The sizes of the axes.
  @inlinable package var shape: Shape { withUnsafeMutablePointerToHeader { $0.pointee.shape } }

  /// The number of elements.
  @inlinable package var count: Int { withUnsafeMutablePointerToHeader { $0.pointee.count } }

  /// The first element.
  @inlinable package var pointer: UnsafeMutableRawPointer { withUnsafeMutablePointerToHeader { $0.pointee.pointer } }
}
