import Engines

/// Writes the loops of one group: what is stored at each place, and what is combined.
struct GroupEmitter {
  let unit: UnitEmitter
  let group: Schedule.LoopGroup
  let function: FunctionEmitter
  let loops: LoopEmitter
  let analysis: AccessAnalysis
  let space: LoopSpace
  let reduced: [Bool]
  /// How many places vectorized loops compute side by side.
  private(set) var lanes: Int

  /// Spaces of at most so many places are written out, where what is computed at them is short enough.
  private static var largestUnrolling: Int { 16 }
  /// Code that is written out has at most about so many simple operations: LLVM takes more than linear time for longer code
  /// without loops. It is far more than single functions and their derivatives have, as loops may round differently than code
  /// that is written out, and a function beside its derivative should give the bits that it gives alone.
  private static var largestUnrolledCost: Int { 8192 }
  /// So many accumulators of vectors are combined side by side.
  static var accumulatorCount: Int { 4 }
  /// Results side by side are written out where each takes at most so many terms together with those next to it.
  static var largestColumnUnrolling: Int { 32 }
  /// So many elements are combined in vectors before they are added to a total.
  var blockSize: Int { unit.module.options.blockSize }

  init(_ unit: UnitEmitter, _ group: Schedule.LoopGroup) {
    self.unit = unit
    self.group = group
    function = unit.function
    let members = Set(group.members)
    let isInline = { (value: Int) in unit.isComputedWhereRead(value) || members.contains(value) }
    loops = LoopEmitter(unit, rank: group.space.count, isInline: isInline)
    var analysis = AccessAnalysis(unit.graph, space: group.space, isInline: isInline)
    let places = group.space.indices.map { group.space[$0] == 1 ? AffineIndex(0) : AffineIndex(axis: $0) }
    for member in group.members {
      analysis.compute(only: group.space(of: member), of: group.space)
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
    let largest = unit.function.module.processor.width * (analysis.largestElement <= 4 ? 2 : 1)
    lanes = largest
    // Axes that are too short for a whole register may fill a part of one.
    while lanes > 2, case .loops(lanes: 1) = loopStyle { lanes /= 2 }
    if case .loops(lanes: 1) = loopStyle { lanes = largest }
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

// MARK: - What the loops are like

extension GroupEmitter {
  /// The style of the loops.
  enum LoopStyle {
    /// No loops: each place by itself.
    case unrolled
    /// Loops in steps of so many places.
    case loops(lanes: Int)
  }

  /// The style of the innermost loops.
  var loopStyle: LoopStyle {
    if group.reducedAxes != nil {
      let axes = rowAxes
      return .loops(lanes: axes.sideBySide == nil && axes.summed == nil ? 1 : lanes)
    }
    if isUnrolled { return .unrolled }
    return .loops(lanes: vectorAxis == nil ? 1 : lanes)
  }

  /// Whether the places are written out one after the other.
  var isUnrolled: Bool {
    let count = group.space.reduce(1, *)
    return count <= Self.largestUnrolling && (count <= 1 || count * analysis.cost <= Self.largestUnrolledCost)
  }

  /// Whether threads share the outermost loop.
  var isDivided: Bool {
    guard case .loops(let lanes) = loopStyle else { return false }
    let loops = group.reducedAxes == nil ? lineAxes : space.loops.filter { !reduced[$0] }
    guard let outer = loops.first else { return false }
    let hasLanes = group.reducedAxes == nil ? loops.count == 1 : outer == rowAxes.sideBySide
    return space.ranges(of: outer).contains { blockLength(of: outer, $0.count, step: hasLanes ? lanes : 1) != nil }
  }
}

// MARK: - What all loops share

extension GroupEmitter {
  /// Writes each member at the place that is computed.
  func writeMembers(_ combine: (Int, ScalarCode) -> Void) {
    let here = loops.here
    for member in group.members where loops.isInside(group.space(of: member), of: group.space) {
      if unit.combination(of: member) != nil {
        combine(member, unit.term(of: member, at: here, loops))
      } else if unit.isStored(member) {
        loops.store(loops.value(member, at: here), to: member, at: here)
      } else {
        // In order: what is computed where it is read asks for what comes before, one inside the other.
        _ = loops.value(member, at: here)
      }
    }
  }

  /// Writes code once for each combination of some axes' indices.
  func forEachFixed(_ axes: [Int], _ write: () -> Void) {
    guard let axis = axes.first else { return write() }
    for index in 0..<group.space[axis] {
      loops.set(axis, .fixed(index))
      forEachFixed(Array(axes.dropFirst()), write)
    }
  }

  /// Writes code for each index of a range of an axis.
  func forEach(_ axis: Int, _ range: Range<Int>, _ write: () -> Void) {
    if range.isEmpty { return }
    if range.count == 1 {
      loops.set(axis, .fixed(range.lowerBound))
      return write()
    }
    function.text.loop(from: "\(range.lowerBound)", to: "\(range.upperBound)") { index in
      loops.set(axis, .variable(index, range))
      write()
    }
  }

  /// Loops over some axes, one inside the other; of the first one perhaps only over a range.
  func nestLoops(_ axes: ArraySlice<Int>, only range: Range<Int>? = nil, _ write: () -> Void) {
    guard let axis = axes.first else { return write() }
    for range in range.map({ [$0] }) ?? space.ranges(of: axis) {
      forEach(axis, range) { nestLoops(axes.dropFirst(), write) }
    }
  }

  /// The length of the blocks into which the outermost loop is divided, where there is enough work for several threads.
  ///
  /// It does not depend on how many there are: results are the same with one.
  func blockLength(of axis: Int, _ count: Int, step: Int) -> Int? {
    let all = max(group.space.reduce(1, *), 1)
    let work = all * (1 + analysis.cost / 8)
    if work < unit.module.options.smallestDividedWork || count < 2 * step { return nil }
    // So that a block is about as long as one of a sum.
    let inner = max(all / max(space.count(of: axis), 1), 1)
    let length = max(blockSize / inner / step, 1) * step
    return length * 2 > count ? nil : length
  }

  /// The end of a block that begins at an index.
  func end(of first: String, _ length: Int, limit: Int) -> String {
    let next = function.add("add nsw i64 \(first), \(length)")
    let isLast = function.add("icmp slt i64 \(limit), \(next)")
    return function.add("select i1 \(isLast), i64 \(limit), i64 \(next)")
  }

  func foldAxes() {
    for (axis, kind) in space.axes.enumerated() where kind == .folded { loops.set(axis, .folded) }
  }

  func accumulator(_ member: Int, lanes: Int) -> Accumulator {
    Accumulator(
      unit.combination(of: member) ?? .sum, unit.graph.values[member].type.dtype, lanes: lanes, function)
  }
}
