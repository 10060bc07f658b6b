/// Blocks of memory that tensors have given back, kept for the next ones of about their size: the system clears each page
/// that it gives anew, which takes as long as computing what is put there.
///
/// At most ``largestTotal`` bytes are kept, and no block that is larger than a quarter of it.
package enum BlockCache {
  /// Blocks are asked for in sizes of a few classes, so that one fits the next: multiples of an eighth of a power of two.
  package static func classSize(_ byteCount: Int) -> Int {
    let step = 1 << Swift.max(0, Int.bitWidth - 1 - byteCount.leadingZeroBitCount - 3)
    return (byteCount + step - 1) & ~(step - 1)
  }

  /// The most bytes that are kept: a sixteenth of the memory, at most 256 MiB.
  package static let largestTotal = min(256 << 20, MemoryLimit.physicalBytes / 16)

  private struct State {
    var blocks: [Int: [UInt]] = [:]
    var total = 0
  }

  private static let state = Lock(State())

  /// How many bytes are kept.
  package static var total: Int { state.withLock { $0.total } }

  /// Memory of at least so many bytes, or nothing when the system does not give it.
  package static func take(byteCount: Int) -> UnsafeMutableRawPointer? {
    let size = classSize(byteCount)
    let kept = state.withLock { state -> UInt? in
      guard let block = state.blocks[size]?.popLast() else { return nil }
      state.total -= size
      return block
    }
    if let kept { return UnsafeMutableRawPointer(bitPattern: kept) }
    if let block = SystemMemory.allocate(byteCount: size) { return block }
    empty()
    return SystemMemory.allocate(byteCount: size)
  }

  /// Takes memory back that was asked for with a size.
  package static func giveBack(_ pointer: UnsafeMutableRawPointer, byteCount: Int) {
    let size = classSize(byteCount)
    let isKept = state.withLock { state -> Bool in
      guard size <= largestTotal / 4, state.total + size <= largestTotal else { return false }
      state.blocks[size, default: []].append(UInt(bitPattern: pointer))
      state.total += size
      return true
    }
    if !isKept { SystemMemory.deallocate(pointer) }
  }

  /// Gives all that is kept back to the system.
  package static func empty() {
    let blocks = state.withLock { state -> [UInt] in
      let all = state.blocks.values.flatMap { $0 }
      state = State()
      return all
    }
    for block in blocks {
      if let pointer = UnsafeMutableRawPointer(bitPattern: block) { SystemMemory.deallocate(pointer) }
    }
  }
}
