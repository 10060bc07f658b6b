/// Where blocks lie in one range of memory, of which blocks that are alive at the same time share no byte.
struct ArenaPlan {
  /// Memory that is needed for a while.
  struct Block {
    let value: Int
    let size: Int
    /// The pieces of work from the one that makes it to the last that reads it; in the order of their beginnings.
    let lifetime: ClosedRange<Int>
  }

  /// One for each block.
  private(set) var offsets: [Int]
  private(set) var byteCount: Int

  /// Placing the largest first takes quadratic time.
  private static var mostSorted: Int { 1500 }

  /// - Parameter blocks: in the order in which they are made.
  init(_ blocks: [Block]) {
    (offsets, byteCount) = Self.inOrder(blocks)
    let least = Self.mostAlive(blocks)
    if byteCount == least || blocks.count > Self.mostSorted { return }
    let sorted = Self.largestFirst(blocks)
    if sorted.byteCount < byteCount { (offsets, byteCount) = sorted }
  }

  /// Each where there is room when it is made.
  private static func inOrder(_ blocks: [Block]) -> (offsets: [Int], byteCount: Int) {
    var memory = FreeList()
    let last = blocks.map(\.lifetime.upperBound).max() ?? 0
    var ending: [[(offset: Int, size: Int)]] = Array(repeating: [], count: last + 1)
    var position = 0
    let offsets = blocks.map { block -> Int in
      while position < block.lifetime.lowerBound {
        for block in ending[position] { memory.release(block.offset, block.size) }
        position += 1
      }
      let offset = memory.take(block.size)
      ending[block.lifetime.upperBound].append((offset, block.size))
      return offset
    }
    return (offsets, memory.byteCount)
  }

  /// The largest first, each at the lowest place where it disturbs none of those that are placed.
  private static func largestFirst(_ blocks: [Block]) -> (offsets: [Int], byteCount: Int) {
    var offsets = [Int](repeating: 0, count: blocks.count)
    var placed: [Int] = []
    var byteCount = 0
    let order = blocks.indices.sorted { (blocks[$1].size, $0) < (blocks[$0].size, $1) }
    for index in order {
      let block = blocks[index]
      var offset = 0
      // In the order of their places.
      for other in placed where blocks[other].lifetime.overlaps(block.lifetime) {
        if offset + block.size <= offsets[other] { break }
        offset = max(offset, offsets[other] + blocks[other].size)
      }
      offsets[index] = offset
      byteCount = max(byteCount, offset + block.size)
      let place = placed.firstIndex { offsets[$0] > offset } ?? placed.count
      placed.insert(index, at: place)
    }
    return (offsets, byteCount)
  }

  /// The most bytes that are alive at one time.
  static func mostAlive(_ blocks: [Block]) -> Int {
    var change: [Int: Int] = [:]
    for block in blocks {
      change[block.lifetime.lowerBound, default: 0] += block.size
      change[block.lifetime.upperBound + 1, default: 0] -= block.size
    }
    var (alive, most) = (0, 0)
    for (_, difference) in change.sorted(by: { $0.key < $1.key }) {
      alive += difference
      most = max(most, alive)
    }
    return most
  }
}

/// Memory as one range, parts of which are free.
private struct FreeList {
  private(set) var byteCount = 0
  /// Free blocks in ascending order, none next to another.
  private var free: [(offset: Int, size: Int)] = []

  /// The first block that is large enough, or new memory.
  mutating func take(_ size: Int) -> Int {
    if let index = free.firstIndex(where: { $0.size >= size }) {
      let offset = free[index].offset
      free[index].offset += size
      free[index].size -= size
      if free[index].size == 0 { free.remove(at: index) }
      return offset
    }
    // A free block at the end is made larger.
    if let last = free.last, last.offset + last.size == byteCount {
      free.removeLast()
      byteCount = last.offset + size
      return last.offset
    }
    byteCount += size
    return byteCount - size
  }

  mutating func release(_ offset: Int, _ size: Int) {
    let index = free.firstIndex { $0.offset > offset } ?? free.count
    free.insert((offset, size), at: index)
    if index + 1 < free.count, free[index].offset + free[index].size == free[index + 1].offset {
      free[index].size += free[index + 1].size
      free.remove(at: index + 1)
    }
    if index > 0, free[index - 1].offset + free[index - 1].size == free[index].offset {
      free[index - 1].size += free[index].size
      free.remove(at: index)
    }
  }
}
