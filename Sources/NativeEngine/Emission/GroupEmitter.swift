import Engines

/// Writes the loops of one group: what is stored at each place, and what is combined.
struct GroupEmitter {
  let unit: UnitEmitter
  let group: Schedule.LoopGroup
  private let function: FunctionEmitter
  private let loops: LoopEmitter
  private let analysis: AccessAnalysis
  private let space: LoopSpace
  private let reduced: [Bool]
  private let lanes: Int

  /// Spaces of at most so many places are written out.
  private static var largestUnrolling: Int { 16 }
  /// So many accumulators of vectors are combined side by side.
  static var accumulatorCount: Int { 4 }
  /// So many elements are combined in vectors before they are added to a total.
  private static var blockSize: Int { 1 << 14 }

  init(_ unit: UnitEmitter, _ group: Schedule.LoopGroup) {
    self.unit = unit
    self.group = group
    function = unit.function
    let members = Set(group.members)
    let isInline = { (value: Int) in unit.isComputedWhereRead(value) || members.contains(value) }
    loops = LoopEmitter(unit, rank: group.space.count, isInline: isInline)
    var analysis = AccessAnalysis(unit.graph, space: group.space, isInline: isInline)
    let places = group.space.indices.map { group.space[$0] == 1 ? Place(0) : Place(axis: $0) }
    for member in group.members {
      for (value, place) in unit.terms(of: member, at: places) { analysis.read(value, at: place) }
      if unit.isStored(member) && group.reducedAxes == nil {
        analysis.write(unit.graph.values[member].type, at: places)
      }
    }
    let axes = group.reducedAxes
    if let axes {
      let kept = group.space.indices.filter { !axes.contains($0) }
      for member in group.members { analysis.write(unit.graph.values[member].type, at: kept.map { places[$0] }) }
    }
    self.analysis = analysis
    let all = group.members.contains { unit.combination(of: $0) != nil } && axes == nil
    reduced = group.space.indices.map { axes?.contains($0) ?? all }
    space = LoopSpace(group.space, reduced: axes == nil ? group.space.map { _ in false } : reduced, analysis)
    lanes = unit.function.module.processor.width * (analysis.largestElement <= 4 ? 2 : 1)
  }

  /// Writes the loops.
  func write() {
    if group.space.contains(0) && group.reducedAxes == nil {
      for member in group.members {
        if let combination = unit.combination(of: member) {
          unit.setScalar(member, combination.empty(unit.graph.values[member].type.dtype, function))
        }
      }
      return
    }
    if let axes = group.reducedAxes {
      if !group.space.indices.contains(where: { !axes.contains($0) && group.space[$0] == 0 }) { writeRows() }
    } else {
      writeElements()
    }
  }
}

// MARK: - Elements

extension GroupEmitter {
  private var combined: [Int] { group.members.filter { unit.combination(of: $0) != nil } }

  private func writeElements() {
    let count = group.space.reduce(1, *)
    let reductions = combined
    if count <= Self.largestUnrolling {
      var totals: [Int: ScalarCode] = [:]
      forEachFixed(group.space.indices.filter { group.space[$0] != 1 }) {
        writeMembers { member, value in
          guard let combination = unit.combination(of: member) else { return }
          totals[member] = totals[member].map { combination.combined($0, value, function) } ?? value
        }
      }
      for (member, total) in totals.sorted(by: { $0.key < $1.key }) { unit.setScalar(member, total) }
      return
    }
    let axes = space.loops
    let vector = vectorAxis(axes)
    let width = vector == nil ? 1 : lanes
    let unroll = reductions.isEmpty ? 1 : Self.accumulatorCount
    let accumulators = reductions.map { member in
      (0..<unroll).map { _ in accumulator(member, lanes: width) }
    }
    let rests = reductions.map { accumulator($0, lanes: 1) }
    let totals = reductions.map { accumulator($0, lanes: 1) }
    for total in rests + totals + accumulators.flatMap({ $0 }) { total.reset(function) }
    func gather(_ sets: [[Accumulator]]) {
      for (total, set) in zip(totals, sets) { total.add(function.total(set), function) }
    }
    nest(axes.dropLast()) {
      guard let inner = axes.last else { return }
      for range in space.ranges(of: inner) where !range.isEmpty {
        let step = width * unroll
        let whole = vector == nil && reductions.isEmpty ? 0 : range.count / step * step
        let isBlocked = !reductions.isEmpty && whole > 2 * Self.blockSize
        func run(from first: String, to end: String) {
          function.text.loop(from: first, to: end, step: step) { index in
            for copy in 0..<unroll {
              let start = copy == 0 ? index : function.add("add nsw i64 \(index), \(copy * width)")
              let known = range.lowerBound..<range.upperBound
              loops.set(inner, width == 1 ? .variable(start, known) : .lanes(start, known), lanes: width)
              writeMembers { member, value in
                if let place = reductions.firstIndex(of: member) { accumulators[place][copy].add(value, function) }
              }
            }
          }
        }
        if isBlocked {
          function.text.loop(
            from: "\(range.lowerBound)", to: "\(range.lowerBound + whole)", step: Self.blockSize
          ) { block in
            let next = function.add("add nsw i64 \(block), \(Self.blockSize)")
            let end = "\(range.lowerBound + whole)"
            let isLast = function.add("icmp slt i64 \(end), \(next)")
            let last = function.add("select i1 \(isLast), i64 \(end), i64 \(next)")
            for accumulator in accumulators.flatMap({ $0 }) { accumulator.reset(function) }
            run(from: block, to: last)
            gather(accumulators)
          }
          for accumulator in accumulators.flatMap({ $0 }) { accumulator.reset(function) }
        } else if whole > 0 {
          run(from: "\(range.lowerBound)", to: "\(range.lowerBound + whole)")
        }
        rest(inner, (range.lowerBound + whole)..<range.upperBound, range) {
          writeMembers { member, value in
            if let place = reductions.firstIndex(of: member) { rests[place].add(value, function) }
          }
        }
      }
    }
    if reductions.isEmpty { return }
    gather(accumulators)
    for (index, member) in reductions.enumerated() {
      let total = totals[index].combination.combined(
        totals[index].read(function), rests[index].read(function), function)
      unit.setScalar(member, total)
    }
  }

  /// Writes what remains of a range, one place after the other.
  private func rest(_ axis: Int, _ remaining: Range<Int>, _ range: Range<Int>, _ write: () -> Void) {
    if remaining.isEmpty { return }
    if remaining.count == 1 {
      loops.set(axis, .fixed(remaining.lowerBound))
      write()
      return
    }
    function.text.loop(from: "\(remaining.lowerBound)", to: "\(remaining.upperBound)") { index in
      loops.set(axis, .variable(index, remaining))
      write()
    }
  }

  /// Writes each member at the place that is computed.
  private func writeMembers(_ combine: (Int, ScalarCode) -> Void) {
    let here = loops.here
    for member in group.members {
      if unit.combination(of: member) != nil {
        combine(member, unit.term(of: member, at: here, loops))
      } else if unit.isStored(member) {
        loops.store(loops.value(member, at: here), to: member, at: here)
      }
    }
  }

  /// Writes code once for each combination of some axes' indices.
  private func forEachFixed(_ axes: [Int], _ write: () -> Void) {
    guard let axis = axes.first else { return write() }
    for index in 0..<group.space[axis] {
      loops.set(axis, .fixed(index))
      forEachFixed(Array(axes.dropFirst()), write)
    }
  }

  /// Loops over some axes, one inside the other.
  private func nest(_ axes: ArraySlice<Int>, _ write: () -> Void) {
    foldAxes()
    nestLoops(axes, write)
  }

  private func nestLoops(_ axes: ArraySlice<Int>, _ write: () -> Void) {
    guard let axis = axes.first else { return write() }
    for range in space.ranges(of: axis) where !range.isEmpty {
      if range.count == 1 {
        loops.set(axis, .fixed(range.lowerBound))
        nestLoops(axes.dropFirst(), write)
        continue
      }
      function.text.loop(from: "\(range.lowerBound)", to: "\(range.upperBound)") { index in
        loops.set(axis, .variable(index, range))
        nestLoops(axes.dropFirst(), write)
      }
    }
  }

  private func foldAxes() {
    for (axis, form) in space.axes.enumerated() where form == .folded { loops.set(axis, .folded) }
  }

  private func accumulator(_ member: Int, lanes: Int) -> Accumulator {
    Accumulator(
      unit.combination(of: member) ?? .sum, unit.graph.values[member].type.dtype, lanes: lanes, function)
  }

  /// The axis along which places are computed side by side: the innermost one, unless its accesses are not of that kind.
  private func vectorAxis(_ axes: [Int]) -> Int? {
    guard let axis = axes.last, space.count(of: axis) >= lanes, canHaveLanes(axis) else { return nil }
    return axis
  }

  private func canHaveLanes(_ axis: Int) -> Bool {
    !analysis.hasComplex && !analysis.isGuarded[axis] && !analysis.hasDynamicGuard
      && (analysis.breaks[axis].isEmpty || space.ranges(of: axis).count > 1 || cutsNothing(axis))
  }

  /// Whether the breaks of an axis all lie at its ends.
  private func cutsNothing(_ axis: Int) -> Bool {
    analysis.breaks[axis].allSatisfy { $0 <= 0 || $0 >= group.space[axis] }
  }
}

// MARK: - Rows

extension GroupEmitter {
  /// How many accesses walk through memory element by element along an axis, or do not depend on it; and how many do not.
  private func regularity(_ axis: Int) -> (regular: Int, irregular: Int) {
    analysis.accesses.reduce(into: (0, 0)) { counts, access in
      let factor = access.factor(of: axis)
      if factor == 0 || factor == 1 { counts.0 += 1 } else { counts.1 += 1 }
    }
  }

  private func writeRows() {
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
    let keptAxis = kept.last.flatMap { isRegular($0) ? $0 : nil }
    let summedAxis = summed.last.flatMap { isRegular($0) ? $0 : nil }
    if let keptAxis, summedAxis == nil || space.count(of: keptAxis) >= 2 * lanes {
      writeSideBySide(keptAxis, kept.dropLast(), summed)
    } else {
      nestLoops(kept[...]) { writeRow(summed, lanesAlong: summedAxis) }
    }
  }

  private func isRegular(_ axis: Int) -> Bool {
    canHaveLanes(axis) && space.count(of: axis) >= lanes && regularity(axis).irregular == 0
  }

  /// The place of a result.
  private func store(_ value: ScalarCode, _ member: Int) {
    let here = loops.here
    loops.store(value, to: member, at: here.indices.filter { !reduced[$0] }.map { here[$0] })
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
        rest(inner, (range.lowerBound + whole)..<range.upperBound, range) {
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
