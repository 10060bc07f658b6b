import Engines

// Loops in which each place is stored, or combined with all others.

extension GroupEmitter {
  private var reductions: [Int] { group.members.filter { unit.combination(of: $0) != nil } }

  /// Writes loops over the whole space.
  func writeElements() {
    if isUnrolled { return writeUnrolled() }
    foldAxes()
    let axes = lineAxes
    guard let outer = axes.first else { return }
    let vector = vectorAxis
    let sums = Sums(
      reductions.map { (unit.combination(of: $0) ?? .sum, unit.graph.values[$0].type.dtype) },
      lanes: vector == nil ? 1 : lanes, function)
    for range in space.ranges(of: outer) where !range.isEmpty {
      // Of a single loop the part that is done in whole steps is divided.
      let whole = axes.count > 1 ? range.count : wholeCount(range.count, sums)
      if let length = blockLength(of: outer, whole, step: axes.count > 1 ? 1 : sums.step) {
        writeBlocks(outer, range, whole, length, sums)
        if axes.count == 1 { writeRest(outer, (range.lowerBound + whole)..<range.upperBound, sums) }
      } else if axes.count == 1 {
        writeLine(outer, range, sums)
      } else {
        nestLoops([outer], only: range) { writeInside(axes.dropFirst(), sums) }
      }
    }
    for (member, total) in zip(reductions, sums.finished(function)) {
      unit.setScalar(member, unit.finished(total, of: member))
    }
  }

  private func writeUnrolled() {
    var totals: [Int: ScalarCode] = [:]
    forEachFixed(group.space.indices.filter { group.space[$0] != 1 }) {
      writeMembers { member, value in
        guard let combination = unit.combination(of: member) else { return }
        totals[member] = totals[member].map { combination.combined($0, value, function) } ?? value
      }
    }
    for (member, total) in totals.sorted(by: { $0.key < $1.key }) {
      unit.setScalar(member, unit.finished(total, of: member))
    }
  }

  /// How many of so many places are done in whole steps.
  private func wholeCount(_ count: Int, _ sums: Sums) -> Int {
    sums.width == 1 && reductions.isEmpty ? 0 : count / sums.step * sums.step
  }

  private func writeInside(_ axes: ArraySlice<Int>, _ sums: Sums) {
    nestLoops(axes.dropLast()) {
      guard let inner = axes.last else { return }
      for range in space.ranges(of: inner) where !range.isEmpty { writeLine(inner, range, sums) }
    }
  }

  /// Writes the innermost loop.
  private func writeLine(_ axis: Int, _ range: Range<Int>, _ sums: Sums) {
    let whole = wholeCount(range.count, sums)
    let (first, end) = (range.lowerBound, range.lowerBound + whole)
    if !reductions.isEmpty && whole > 2 * blockSize {
      // Blocks keep the rounding errors of long sums small. What other lines have left goes first.
      sums.addVectors(function)
      function.text.loop(from: "\(first)", to: "\(end)", step: blockSize) { block in
        sums.resetVectors(function)
        writeSteps(axis, from: block, to: self.end(of: block, blockSize, limit: end), range, sums)
        sums.addVectors(function)
      }
      sums.resetVectors(function)
    } else if whole > 0 {
      writeSteps(axis, from: "\(first)", to: "\(end)", range, sums)
    }
    writeRest(axis, end..<range.upperBound, sums)
  }

  /// Writes a loop in steps of several places.
  private func writeSteps(_ axis: Int, from first: String, to end: String, _ range: Range<Int>, _ sums: Sums) {
    function.text.loop(from: first, to: end, step: sums.step) { index in
      for copy in 0..<sums.copies {
        let start = copy == 0 ? index : function.add("add nsw i64 \(index), \(copy * sums.width)")
        loops.set(axis, sums.width == 1 ? .variable(start, range) : .lanes(start, range), lanes: sums.width)
        writeColumns(lanes: sums.width) { member, value in
          if let place = reductions.firstIndex(of: member) { sums.add(value, place, copy, function) }
        }
      }
    }
  }

  /// Writes what remains of a range, one place after the other.
  private func writeRest(_ axis: Int, _ remaining: Range<Int>, _ sums: Sums) {
    forEach(axis, remaining) {
      writeColumns(lanes: 1) { member, value in
        if let place = reductions.firstIndex(of: member) { sums.addRest(value, place, function) }
      }
    }
  }

  /// Writes blocks of the outermost loop, which threads share.
  private func writeBlocks(_ axis: Int, _ range: Range<Int>, _ whole: Int, _ length: Int, _ sums: Sums) {
    let count = (whole + length - 1) / length
    let size = 16
    let partials = reductions.isEmpty ? "%arena" : unit.reserve(count * reductions.count * size)
    func slot(_ block: String, _ place: Int, _ base: String, _ function: FunctionEmitter) -> String {
      let index = function.add("mul i64 \(block), \(reductions.count * size)")
      let offset = function.add("add i64 \(index), \(place * size)")
      return function.add("getelementptr inbounds i8, ptr \(base), i64 \(offset)")
    }
    unit.inBlocks(count, of: group, sharing: [partials]) { block, shared in
      let own = GroupEmitter(unit, group)
      let ownSums = Sums(sums.kinds, lanes: sums.width, own.function)
      let start = own.function.add("mul i64 \(block), \(length)")
      let first = own.function.add("add i64 \(start), \(range.lowerBound)")
      own.writeBlock(axis, from: first, to: own.end(of: first, length, limit: range.lowerBound + whole), range, ownSums)
      for (place, total) in ownSums.finished(own.function).enumerated() {
        own.function.store(total, at: slot(block, place, shared[0], own.function))
      }
    }
    if reductions.isEmpty { return }
    function.text.loop(from: "0", to: "\(count)") { block in
      for (place, kind) in sums.kinds.enumerated() {
        sums.addTotal(function.load(kind.dtype, at: slot(block, place, partials, function)), place, function)
      }
    }
  }

  private func writeBlock(_ axis: Int, from first: String, to end: String, _ range: Range<Int>, _ sums: Sums) {
    foldAxes()
    let axes = lineAxes
    if axes.count == 1 { return writeSteps(axis, from: first, to: end, range, sums) }
    function.text.loop(from: first, to: end) { index in
      loops.set(axis, .variable(index, range))
      writeInside(axes.dropFirst(), sums)
    }
  }
}

/// What loops combine: in vectors, in single places, and in totals.
private struct Sums {
  let kinds: [(combination: Combination, dtype: DType)]
  let width: Int
  private let vectors: [[Accumulator]]
  private let rests: [Accumulator]
  private let totals: [Accumulator]

  init(_ kinds: [(combination: Combination, dtype: DType)], lanes: Int, _ function: FunctionEmitter) {
    self.kinds = kinds
    width = lanes
    func make(_ lanes: Int) -> [Accumulator] {
      kinds.map { Accumulator($0.combination, $0.dtype, lanes: lanes, function) }
    }
    let sets = (0..<GroupEmitter.accumulatorCount).map { _ in make(lanes) }
    vectors = kinds.indices.map { place in sets.map { $0[place] } }
    rests = make(1)
    totals = make(1)
    for accumulator in rests + totals { accumulator.reset(function) }
    resetVectors(function)
  }

  /// How many vectors a step has.
  var copies: Int { kinds.isEmpty ? 1 : GroupEmitter.accumulatorCount }
  /// How many places a step has.
  var step: Int { width * copies }

  func resetVectors(_ function: FunctionEmitter) { for vector in vectors.joined() { vector.reset(function) } }

  func add(_ value: ScalarCode, _ place: Int, _ copy: Int, _ function: FunctionEmitter) {
    vectors[place][copy].add(value, function)
  }

  func addRest(_ value: ScalarCode, _ place: Int, _ function: FunctionEmitter) { rests[place].add(value, function) }

  func addTotal(_ value: ScalarCode, _ place: Int, _ function: FunctionEmitter) { totals[place].add(value, function) }

  /// Adds the vectors to the totals.
  func addVectors(_ function: FunctionEmitter) {
    for (total, set) in zip(totals, vectors) { total.add(function.total(set), function) }
  }

  /// The results.
  func finished(_ function: FunctionEmitter) -> [ScalarCode] {
    addVectors(function)
    return zip(totals, rests).map { $0.combination.combined($0.read(function), $1.read(function), function) }
  }
}
