#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The largest tensor that may be allocated: sizes are checked before memory is asked for, so that a huge shape is an
/// error and never a crash.
public enum MemoryLimit {
  /// The memory of this machine in bytes.
  public static let physicalBytes: Int = {
    let pages = Int(sysconf(Int32(_SC_PHYS_PAGES)))
    let pageSize = Int(sysconf(Int32(_SC_PAGESIZE)))
    return pages > 0 && pageSize > 0 ? pages * pageSize : 1 << 34
  }()

  /// Throws an error when a tensor of this type cannot be held in memory.
  @inlinable
  package static func check(_ type: TensorType, for operation: String) throws(TensorError) {
    guard let bytes = type.byteCount, bytes <= physicalBytes else { throw tooLarge(type, operation) }
  }

  @usableFromInline
  package static func tooLarge(_ type: TensorType, _ operation: String) -> TensorError {
    let size = type.byteCount.map { "\($0) bytes" } ?? "more bytes than fit into an integer"
    return TensorError(
      .memory, operation, "a tensor of type \(type) needs \(size); this machine has \(physicalBytes) bytes")
  }
}
