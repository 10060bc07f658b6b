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
    guard let outer = kept.first else { return writeResults([], summed, nil, summedAxis) }
    if outer == sideBySide { return writeSideBySide(outer, kept[...], summed, isOutermost: true) }
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

  private func writeResults(_ kept: ArraySlice<Int>, _ summed: [Int], _ sideBySide: Int?, _ summedAxis: Int?) {
    if let sideBySide {
      writeSideBySide(sideBySide, kept, summed, isOutermost: false)
    } else {
      nestLoops(kept) { writeRow(summed, lanesAlong: summedAxis) }
    }
  }

  /// The place of a result.
  func store(_ value: ScalarCode, _ member: Int) {
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
}
