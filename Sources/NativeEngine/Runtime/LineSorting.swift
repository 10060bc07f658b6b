import Engines

/// Sorts the places of elements along an axis: stable, `nan` last, in time proportional to the number of elements.
///
/// Every element becomes a whole number without a sign whose order is the one wanted; equal elements, such as 0 and -0,
/// have equal ones. These are sorted with their places: short lines by insertion, long ones byte by byte, from the lowest
/// on (least significant digit radix sort; Knuth, The Art of Computer Programming 3, 5.2.5).
enum LineSorting {
  /// Lines of at most so many elements are sorted by insertion.
  private static var largestInsertion: Int { 48 }

  private struct Entry {
    var key: UInt64
    var place: Int64
  }

  /// The memory that sorting lines of a size needs.
  static func scratchByteCount(_ size: Int) -> Int {
    let entries = 2 * size * MemoryLayout<Entry>.stride
    return size <= largestInsertion ? entries : entries + 8 * 256 * MemoryLayout<Int>.stride
  }

  private typealias Sort =
    @convention(c) (
      UnsafeRawPointer, UnsafeMutablePointer<Int64>, Int, Int, Int, Int32, UnsafeMutableRawPointer
    ) -> Void

  /// The function for an element type: (elements, places, outer, size, inner, whether descending, scratch memory).
  static func function(_ dtype: DType) -> RuntimeFunction {
    let found: UInt =
      switch dtype {
      case .float64: address({ LineSorting.sort(Double.self, $0, $1, ($2, $3, $4), $5 != 0, $6) })
      case .float32: address({ LineSorting.sort(Float.self, $0, $1, ($2, $3, $4), $5 != 0, $6) })
      case .int64: address({ LineSorting.sort(Int64.self, $0, $1, ($2, $3, $4), $5 != 0, $6) })
      case .int32: address({ LineSorting.sort(Int32.self, $0, $1, ($2, $3, $4), $5 != 0, $6) })
      case .bool, .complex64, .complex128: preconditionFailure("\(dtype) has no order")
      }
    return RuntimeFunction(
      name: "jacobi_sorted_places_\(dtype)", parameters: "ptr, ptr, i64, i64, i64, i32, ptr", result: "void",
      address: found)
  }

  private static func address(_ function: Sort) -> UInt {
    UInt(bitPattern: unsafeBitCast(function, to: UnsafeRawPointer.self))
  }

  @inline(__always)
  private static func sort<Element: SortableElement>(
    _: Element.Type, _ operand: UnsafeRawPointer, _ results: UnsafeMutablePointer<Int64>,
    _ lines: (outer: Int, size: Int, inner: Int), _ descending: Bool, _ scratch: UnsafeMutableRawPointer
  ) {
    let elements = operand.assumingMemoryBound(to: Element.self)
    let size = lines.size
    let first = scratch.bindMemory(to: Entry.self, capacity: size)
    let second = (scratch + size * MemoryLayout<Entry>.stride).bindMemory(to: Entry.self, capacity: size)
    let counts = scratch + 2 * size * MemoryLayout<Entry>.stride
    for line in 0..<(lines.outer &* lines.inner) {
      let start = line / lines.inner &* size &* lines.inner &+ line % lines.inner
      for place in 0..<size {
        let key = elements[start &+ place &* lines.inner].sortingKey(descending: descending)
        first[place] = Entry(key: key, place: Int64(place))
      }
      let sorted: UnsafeMutablePointer<Entry>
      if size <= largestInsertion {
        sortByInsertion(first, size)
        sorted = first
      } else {
        sorted = sortByBytes(first, second, size, counts.bindMemory(to: Int.self, capacity: 8 * 256))
      }
      for place in 0..<size { results[start &+ place &* lines.inner] = sorted[place].place }
    }
  }

  private static func sortByInsertion(_ entries: UnsafeMutablePointer<Entry>, _ count: Int) {
    var end = 1
    while end < count {
      let entry = entries[end]
      var place = end
      while place > 0 && entries[place &- 1].key > entry.key {
        entries[place] = entries[place &- 1]
        place &-= 1
      }
      entries[place] = entry
      end &+= 1
    }
  }

  /// - Returns: where the sorted entries are, one of the two places.
  private static func sortByBytes(
    _ first: UnsafeMutablePointer<Entry>, _ second: UnsafeMutablePointer<Entry>, _ count: Int,
    _ counts: UnsafeMutablePointer<Int>
  ) -> UnsafeMutablePointer<Entry> {
    counts.update(repeating: 0, count: 8 * 256)
    for index in 0..<count {
      var key = first[index].key
      for byte in 0..<8 {
        counts[byte &* 256 &+ Int(key & 255)] &+= 1
        key >>= 8
      }
    }
    var (from, to) = (first, second)
    for byte in 0..<8 {
      let own = counts + byte &* 256
      let shift = UInt64(byte &* 8)
      // A byte that all keys share orders nothing.
      if own[Int(from[0].key &>> shift & 255)] == count { continue }
      var total = 0
      for digit in 0..<256 {
        let occurrences = own[digit]
        own[digit] = total
        total &+= occurrences
      }
      for index in 0..<count {
        let entry = from[index]
        let digit = Int(entry.key &>> shift & 255)
        to[own[digit]] = entry
        own[digit] &+= 1
      }
      swap(&from, &to)
    }
    return from
  }
}

/// An element with a number whose order is its own.
private protocol SortableElement {
  func sortingKey(descending: Bool) -> UInt64
}

extension Double: SortableElement {
  /// The bits, with the sign turned for positive numbers and all bits for negative ones, are in the order of the numbers.
  @inline(__always)
  fileprivate func sortingKey(descending: Bool) -> UInt64 {
    if isNaN { return .max }
    let bits = (self == 0 ? 0 : self).bitPattern
    let key = bits >> 63 == 0 ? bits | 1 << 63 : ~bits
    return descending ? ~key : key
  }
}

extension Float: SortableElement {
  @inline(__always)
  fileprivate func sortingKey(descending: Bool) -> UInt64 { Double(self).sortingKey(descending: descending) }
}

extension Int64: SortableElement {
  @inline(__always)
  fileprivate func sortingKey(descending: Bool) -> UInt64 {
    let key = UInt64(bitPattern: self) ^ 1 << 63
    return descending ? ~key : key
  }
}

extension Int32: SortableElement {
  @inline(__always)
  fileprivate func sortingKey(descending: Bool) -> UInt64 { Int64(self).sortingKey(descending: descending) }
}
