import Synchronization

/// The largest tensor that may be allocated: sizes are checked before memory is asked for, so that a huge shape is an
/// error and never a crash.
///
/// Two limits apply to each tensor, and to the working memory of each call of a compiled function. Neither may exceed
/// ``bytes``. On Linux, an allocation of 64 MiB or more must also fit into the memory that is free at that moment. The
/// total of many small tensors is not limited; use the system's limits for a firm bound.
public enum MemoryLimit {
  /// The memory that this process can use, in bytes: that of the machine, or of the container if that is less.
  public static let physicalBytes: Int = min(SystemMemory.physicalBytes, SystemMemory.containerBytes ?? .max)

  private static let limit = Atomic<Int>(physicalBytes)

  /// The largest size in bytes of a tensor, and of the working memory of a call. The default is ``physicalBytes``.
  ///
  /// A new limit applies to all threads. Existing tensors are not affected. Negative sizes count as 0.
  public static var bytes: Int {
    get { limit.load(ordering: .relaxed) }
    set { limit.store(max(0, newValue), ordering: .relaxed) }
  }

  /// Tensors below this size are not compared with what is free: asking takes some 50 us, which they would notice.
  private static var smallestComparedBytes: Int { 1 << 26 }

  /// Throws an error when a tensor of this type could never be held in memory.
  package static func check(_ type: TensorType, for operation: String) throws(TensorError) {
    guard let bytes = type.byteCount, bytes <= self.bytes else { throw tooLarge(type, operation) }
  }

  /// Checks the working memory of a call before it is allocated.
  ///
  /// - Throws: a memory error when the size exceeds the limit, or does not fit into the free memory.
  package static func checkAvailable(workingBytes: Int, for operation: String) throws(TensorError) {
    let needed = "a call needs \(workingBytes) bytes of working memory"
    let hint = "process the data in smaller batches, or wrap parts of the function in checkpoint"
    guard workingBytes <= bytes else {
      throw TensorError(.memory, operation, "\(needed); the limit is \(bytes) bytes", hint: hint)
    }
    guard workingBytes >= smallestComparedBytes, let available = SystemMemory.availableBytes, workingBytes > available
    else { return }
    BlockCache.empty()
    guard let available = SystemMemory.availableBytes, workingBytes > available else { return }
    throw TensorError(.memory, operation, "\(needed); \(available) bytes are free now", hint: hint)
  }

  /// Throws an error when a tensor of this type, which is about to be allocated, does not fit into memory now.
  static func checkAvailable(_ type: TensorType, for operation: String) throws(TensorError) {
    try check(type, for: operation)
    guard let bytes = type.byteCount, bytes >= smallestComparedBytes, let available = SystemMemory.availableBytes,
      bytes > available
    else { return }
    // What is kept for the next tensors may be what is missing.
    BlockCache.empty()
    guard let available = SystemMemory.availableBytes, bytes > available else { return }
    throw unavailable(type, operation, free: available)
  }

  /// The error for a tensor that no memory is to be had for.
  static func unavailable(_ type: TensorType, _ operation: String, free: Int? = nil) -> TensorError {
    TensorError(
      .memory, operation,
      "a tensor of type \(type) needs \(size(of: type)); "
        + (free.map { "\($0) bytes are free now" } ?? "the system does not give them"),
      hint: "compute in smaller pieces, or let go of tensors that are no longer needed")
  }

  package static func tooLarge(_ type: TensorType, _ operation: String) -> TensorError {
    if type.shape.hasNegativeSize {
      return TensorError(.shape, operation, "\(type) has a negative size; sizes must be at least 0")
    }
    let limit = bytes
    return limit == physicalBytes
      ? TensorError(
        .memory, operation,
        "a tensor of type \(type) needs \(size(of: type)); this machine has \(physicalBytes) bytes")
      : TensorError(
        .memory, operation, "a tensor of type \(type) needs \(size(of: type)); the limit is \(limit) bytes",
        hint: "set MemoryLimit.bytes to allow larger tensors")
  }

  private static func size(of type: TensorType) -> String {
    type.byteCount.map { "\($0) bytes" } ?? "more bytes than fit into an integer"
  }
}
