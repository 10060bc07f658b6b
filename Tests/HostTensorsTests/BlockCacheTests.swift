import HostTensors
import Testing

/// Memory that is kept for the next tensors. Other tests use it at the same time, so that only what holds anyway is stated.
@Suite struct BlockCacheTests {
  @Test func classesAreCloseAbove() {
    for bytes in [1, 7, 8, 9, 4097, 8000, 65_537, 1_000_000, 123_456_789] {
      let size = BlockCache.classSize(bytes)
      #expect(size >= bytes && size - bytes <= bytes / 8 + 1)
      #expect(BlockCache.classSize(size) == size)
    }
  }

  @Test func blocksComeBackAligned() throws {
    // A size that no other test has.
    let bytes = 7_654_321
    // Another test may empty the cache in between.
    let comesBack = try (0..<20).contains { _ in
      let first = try #require(BlockCache.take(byteCount: bytes))
      BlockCache.giveBack(first, byteCount: bytes)
      let second = try #require(BlockCache.take(byteCount: bytes - 5))
      #expect(UInt(bitPattern: second) % 64 == 0)
      BlockCache.giveBack(second, byteCount: bytes - 5)
      return second == first
    }
    #expect(comesBack)
  }

  @Test func littleIsKept() throws {
    let bytes = BlockCache.largestTotal / 4 + 1
    let large = try #require(BlockCache.take(byteCount: bytes))
    BlockCache.giveBack(large, byteCount: bytes)
    let blocks = (0..<6).compactMap { _ in BlockCache.take(byteCount: bytes / 2) }
    for block in blocks { BlockCache.giveBack(block, byteCount: bytes / 2) }
    #expect(BlockCache.total <= BlockCache.largestTotal)
    BlockCache.empty()
    #expect(BlockCache.total < bytes / 2)
  }
}
