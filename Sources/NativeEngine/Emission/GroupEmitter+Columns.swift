import Engines

// Loops in which several results are combined side by side, each in one lane of the vectors.

extension GroupEmitter {
  /// Writes several results side by side, each combined in the order of its own elements.
  ///
  /// - Parameters:
  ///   - axis: the one along which results are side by side.
  ///   - kept: all axes of the results that are loops here.
  ///   - isOutermost: whether threads may share the loop along the axis.
  func writeSideBySide(_ axis: Int, _ kept: ArraySlice<Int>, _ summed: [Int], isOutermost: Bool) {
    let inner = kept.drop { $0 != axis }.dropFirst()
    // Axes inside give independent sums already.
    let copies = inner.isEmpty ? Self.accumulatorCount : 1
    nestLoops(kept.prefix { $0 != axis }) {
      for range in space.ranges(of: axis) where !range.isEmpty {
        var first = range.lowerBound
        for vectors in copies == 1 ? [1] : [copies, 1] {
          let step = vectors * lanes
          let whole = (range.upperBound - first) / step * step
          if whole == 0 { continue }
          let columns = Columns(axis: axis, range: range, vectors: vectors, width: lanes)
          if isOutermost, let length = blockLength(of: axis, whole, step: step) {
            writeBlocks(columns, from: first, whole, length, inner, summed)
          } else {
            write(columns, from: "\(first)", to: "\(first + whole)", inner, summed)
          }
          first += whole
        }
        if first < range.upperBound {
          let single = Columns(axis: axis, range: range, vectors: 1, width: 1)
          write(single, from: "\(first)", to: "\(range.upperBound)", inner, summed)
        }
      }
    }
  }

  /// Blocks of the loop along the axis of the columns, which threads share.
  private func writeBlocks(
    _ columns: Columns, from first: Int, _ whole: Int, _ length: Int, _ inner: ArraySlice<Int>, _ summed: [Int]
  ) {
    unit.inBlocks((whole + length - 1) / length, of: group, sharing: []) { block, _ in
      let own = GroupEmitter(unit, group)
      own.foldAxes()
      let start = own.function.add("mul i64 \(block), \(length)")
      let begin = own.function.add("add i64 \(start), \(first)")
      own.write(columns, from: begin, to: own.end(of: begin, length, limit: first + whole), inner, summed)
    }
  }

  /// The loop along the axis of the columns.
  private func write(
    _ columns: Columns, from first: String, to end: String, _ inner: ArraySlice<Int>, _ summed: [Int]
  ) {
    function.text.loop(from: first, to: end, step: columns.vectors * columns.width) { start in
      let isUnrolled =
        inner.reduce(1) { $0 * space.count(of: $1) } * summed.reduce(1) { $0 * space.count(of: $1) }
        <= Self.largestColumnUnrolling
      nest(inner, isUnrolled: isUnrolled) { write(columns, at: start, summed, isUnrolled: isUnrolled) }
    }
  }

  private func write(_ columns: Columns, at start: String, _ summed: [Int], isUnrolled: Bool) {
    let (range, width) = (columns.range, columns.width)
    let sets = group.members.map { member in
      (0..<columns.vectors).map { _ in accumulator(member, lanes: width) }
    }
    for accumulator in sets.flatMap({ $0 }) { accumulator.reset(function) }
    let starts = (0..<columns.vectors).map {
      $0 == 0 ? start : function.add("add nsw i64 \(start), \($0 * width)")
    }
    func place(_ copy: Int) {
      loops.set(
        columns.axis, width == 1 ? .variable(starts[copy], range) : .lanes(starts[copy], range), lanes: width)
    }
    nest(summed[...], isUnrolled: isUnrolled) {
      for copy in 0..<columns.vectors {
        place(copy)
        for (index, member) in group.members.enumerated() {
          sets[index][copy].add(unit.term(of: member, at: loops.here, loops), function)
        }
      }
    }
    for axis in summed { loops.set(axis, .fixed(0)) }
    for copy in 0..<columns.vectors {
      place(copy)
      for (index, member) in group.members.enumerated() { store(sets[index][copy].read(function), member) }
    }
  }

  /// Code for each index of some axes: written out, or as loops.
  private func nest(_ axes: ArraySlice<Int>, isUnrolled: Bool, _ write: () -> Void) {
    guard isUnrolled else { return nestLoops(axes, write) }
    guard let axis = axes.first else { return write() }
    for index in 0..<space.count(of: axis) {
      loops.set(axis, .fixed(index))
      nest(axes.dropFirst(), isUnrolled: true, write)
    }
  }
}

/// Results side by side.
private struct Columns {
  let axis: Int
  /// Where along the axis they are.
  let range: Range<Int>
  /// So many vectors of so many results at a time.
  let vectors: Int
  let width: Int
}
