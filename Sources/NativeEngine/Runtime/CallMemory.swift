import Engines

/// The memory of calls of one executable: as many blocks as there are calls at once, kept for the next ones.
///
/// The list of blocks has a lock, and a block belongs to one call at a time.
final class CallMemory: Sendable {
  private let byteCount: Int
  private let free = Lock<[UInt]>([])

  init(byteCount: Int) { self.byteCount = byteCount }

  deinit {
    free.withLock { blocks in
      for block in blocks { UnsafeMutableRawPointer(bitPattern: block)?.deallocate() }
    }
  }

  /// Memory for a call; nothing where the code needs none.
  func take() -> UnsafeMutableRawPointer? {
    if byteCount == 0 { return nil }
    if let block = free.withLock({ $0.popLast() }) { return UnsafeMutableRawPointer(bitPattern: block) }
    return .allocate(byteCount: byteCount, alignment: 64)
  }

  /// Gives memory back for the next call.
  func giveBack(_ block: UnsafeMutableRawPointer?) {
    guard let block else { return }
    free.withLock { $0.append(UInt(bitPattern: block)) }
  }
}
