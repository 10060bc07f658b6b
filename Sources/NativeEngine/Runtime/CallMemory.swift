import Engines

/// The memory of calls of one executable: as many blocks as there are calls at once, kept for the next ones.
///
/// The list of blocks has a lock, and a block belongs to one call at a time.
final class CallMemory: Sendable {
  private let byteCount: Int
  /// The name of the compiled program, for messages.
  private let title: String
  private let free = Lock<[UInt]>([])

  init(byteCount: Int, title: String) { (self.byteCount, self.title) = (byteCount, title) }

  deinit {
    free.withLock { blocks in
      for block in blocks { UnsafeMutableRawPointer(bitPattern: block).map(SystemMemory.deallocate) }
    }
  }

  /// Memory for a call; nothing where the code needs none.
  ///
  /// - Throws: a memory error when the block exceeds the limit or the free memory.
  func take() throws(TensorError) -> UnsafeMutableRawPointer? {
    if byteCount == 0 { return nil }
    if let block = free.withLock({ $0.popLast() }) { return UnsafeMutableRawPointer(bitPattern: block) }
    try MemoryLimit.checkAvailable(workingBytes: byteCount, for: title)
    guard let block = SystemMemory.allocate(byteCount: byteCount) else {
      throw TensorError(.memory, title, "the system could not allocate \(byteCount) bytes of working memory")
    }
    return block
  }

  /// Gives memory back for the next call.
  func giveBack(_ block: UnsafeMutableRawPointer?) {
    guard let block else { return }
    free.withLock { $0.append(UInt(bitPattern: block)) }
  }
}
