import Engines

// Loops in which elements are combined along some axes.

extension GroupEmitter {
  /// Writes loops over the results, each of which combines its own elements.
  func writeRows() {
    foldAxes()
    let kept = space.loops.filter { !reduced[$0] }
    let summed = space.loops.filter { reduced[$0] }
    if group.space.indices.contains(where: { reduced[$0] && group.space[$0] == 0 }) {
      nestLoops(kept[...]) {
        for member in group.members {
          let dtype = unit.graph.values[member].type.dtype
          store(unit.combination(of: member)?.empty(dtype, function) ?? function.constant(0, dtype), member)
        }
      }
      return
    }
    let (sideBySide, summedAxis) = rowAxes
    guard let outer = kept.first, outer != sideBySide else {
      return writeResults(kept[...], summed, sideBySide, summedAxis)
    }
    for range in space.ranges(of: outer) where !range.isEmpty {
      if let length = blockLength(of: outer, range.count, step: 1) {
        unit.inBlocks((range.count + length - 1) / length, of: group, sharing: []) { block, _ in
          let own = GroupEmitter(unit, group)
          own.foldAxes()
          let start = own.function.add("mul i64 \(block), \(length)")
          let first = own.function.add("add i64 \(start), \(range.lowerBound)")
          let end = own.end(of: first, length, limit: range.upperBound)
          own.function.text.loop(from: first, to: end) { index in
            own.loops.set(outer, .variable(index, range))
            own.writeResults(kept.dropFirst(), summed, sideBySide, summedAxis)
          }
        }
      } else {
        nestLoops([outer], only: range) { writeResults(kept.dropFirst(), summed, sideBySide, summedAxis) }
      }
    }
  }

  /// The axis along which results are computed side by side, and the one along which elements are combined in vectors.
  var rowAxes: (sideBySide: Int?, summed: Int?) {
    let kept = space.loops.last { !reduced[$0] }.flatMap { isRegular($0) ? $0 : nil }
    let summed = space.loops.last { reduced[$0] }.flatMap { isRegular($0) ? $0 : nil }
    return (kept.flatMap { summed == nil || space.count(of: $0) >= 2 * lanes ? $0 : nil }, summed)
  }

  private func writeResults(_ kept: ArraySlice<Int>, _ summed: [Int], _ sideBySide: Int?, _ summedAxis: Int?) {
    if let sideBySide {
      writeSideBySide(sideBySide, kept.dropLast(), summed)
    } else {
      nestLoops(kept) { writeRow(summed, lanesAlong: summedAxis) }
    }
  }

  /// Whether all accesses walk through memory element by element along an axis, or do not depend on it.
  private func isRegular(_ axis: Int) -> Bool {
    canHaveLanes(axis) && space.count(of: axis) >= lanes
      && analysis.accesses.allSatisfy { (0...1).contains($0.factor(of: axis)) }
  }

  /// The place of a result.
  private func store(_ value: ScalarCode, _ member: Int) {
    let here = loops.here
    loops.store(
      unit.finished(value, of: member), to: member, at: here.indices.filter { !reduced[$0] }.map { here[$0] })
  }

  /// One result after the other, each combined along vectors.
  private func writeRow(_ summed: [Int], lanesAlong vector: Int?) {
    let width = vector == nil ? 1 : lanes
    let sets = group.members.map { member in (0..<Self.accumulatorCount).map { _ in accumulator(member, lanes: width) }
    }
    let rests = group.members.map { accumulator($0, lanes: 1) }
    for accumulator in sets.flatMap({ $0 }) + rests { accumulator.reset(function) }
    nestLoops(summed.dropLast()) {
      guard let inner = summed.last else {
        for (index, member) in group.members.enumerated() {
          rests[index].add(unit.term(of: member, at: loops.here, loops), function)
        }
        return
      }
      for range in space.ranges(of: inner) where !range.isEmpty {
        let step = width * Self.accumulatorCount
        let whole = range.count / step * step
        if whole > 0 {
          function.text.loop(from: "\(range.lowerBound)", to: "\(range.lowerBound + whole)", step: step) { index in
            for copy in 0..<Self.accumulatorCount {
              let start = copy == 0 ? index : function.add("add nsw i64 \(index), \(copy * width)")
              loops.set(inner, width == 1 ? .variable(start, range) : .lanes(start, range), lanes: width)
              for (index, member) in group.members.enumerated() {
                sets[index][copy].add(unit.term(of: member, at: loops.here, loops), function)
              }
            }
          }
        }
        forEach(inner, (range.lowerBound + whole)..<range.upperBound) {
          for (index, member) in group.members.enumerated() {
            rests[index].add(unit.term(of: member, at: loops.here, loops), function)
          }
        }
      }
    }
    for (index, member) in group.members.enumerated() {
      let total = function.total(sets[index])
      store(rests[index].combination.combined(total, rests[index].read(function), function), member)
    }
  }

  /// Several results side by side, each combined along its own column.
  private func writeSideBySide(_ axis: Int, _ outer: ArraySlice<Int>, _ summed: [Int]) {
    func columns(_ start: String, _ range: Range<Int>, vectors: Int, width: Int) {
      let sets = group.members.map { member in (0..<vectors).map { _ in accumulator(member, lanes: width) } }
      for accumulator in sets.flatMap({ $0 }) { accumulator.reset(function) }
      let starts = (0..<vectors).map { $0 == 0 ? start : function.add("add nsw i64 \(start), \($0 * width)") }
      func place(_ copy: Int) {
        loops.set(
          axis, width == 1 ? .variable(starts[copy], range) : .lanes(starts[copy], range), lanes: width)
      }
      nestLoops(summed[...]) {
        for copy in 0..<vectors {
          place(copy)
          for (index, member) in group.members.enumerated() {
            sets[index][copy].add(unit.term(of: member, at: loops.here, loops), function)
          }
        }
      }
      for axis in summed { loops.set(axis, .fixed(0)) }
      for copy in 0..<vectors {
        place(copy)
        for (index, member) in group.members.enumerated() { store(sets[index][copy].read(function), member) }
      }
    }
    nestLoops(outer) {
      for range in space.ranges(of: axis) where !range.isEmpty {
        var first = range.lowerBound
        for vectors in [4, 1] {
          let step = vectors * lanes
          let whole = (range.upperBound - first) / step * step
          if whole == 0 { continue }
          function.text.loop(from: "\(first)", to: "\(first + whole)", step: step) { index in
            columns(index, range, vectors: vectors, width: lanes)
          }
          first += whole
        }
        if first < range.upperBound {
          function.text.loop(from: "\(first)", to: "\(range.upperBound)") { index in
            columns(index, range, vectors: 1, width: 1)
          }
        }
      }
    }
  }
}
