import Engines

// Loops of two sweeps of which the second one goes back, and few states of the first one are kept. Positions count the
// steps in the order of the first sweep.

extension LoopCode {
  private var forward: SweepCode { sweeps[0] }
  private var backward: SweepCode { sweeps[1] }

  /// The step of the first sweep with some of its outputs.
  private func forwardStep(state: Bool, stacked: Bool, records: Bool) -> Subprogram {
    let (step, sweep) = (forward.shape.step, forward.shape)
    let outputs = step.program.outputs
    let (first, last) = (sweep.stateCount, outputs.count - sweep.recordCount)
    var kept: [Int32] = []
    if state { kept += outputs[..<first] }
    if stacked { kept += outputs[first..<last] }
    if records { kept += outputs[last...] }
    return kept.count == outputs.count ? step : Subprogram(step.program.computing(kept, from: step.program.inputs))
  }

  private func advance(_ state: LoopState, at position: String, stacked: Bool) {
    let index = index(forward, position)
    step(
      forward, [], state, at: index, part: forwardStep(state: true, stacked: stacked, records: false),
      outputs: state.next() + (stacked ? forward.stacked.map { slice($0, index) } : []))
    state.advance()
  }

  /// Runs a step of the second sweep with the records of the first one, and records its own where nothing reads them.
  private func goBack(_ state: LoopState, at position: String, _ records: [String], _ unread: [Stack]) {
    let index = index(forward, position)
    step(
      backward, records, state, at: index,
      outputs: state.next() + backward.stacked.map { slice($0, index) } + unread.map(\.base))
    state.advance()
  }

  // MARK: - Segments

  /// Keeps the state before every so many steps, and the records of the steps between two of them.
  func writeSegments(of distance: Int) {
    let layout = StateLayout(forward.stateTypes)
    // At least 1, and at most the number of steps, so that nothing overflows.
    let size = least("\(distance)", greatest(length, "1"))
    let count = function.add(
      "sdiv i64 \(function.add("add i64 \(length), \(function.add("sub i64 \(size), 1"))")), \(size)")
    let known = shape.length.map { (size: min(distance, max($0, 1)), length: $0) }
    let kept = blocks(
      count, known: known.map { ($0.length + $0.size - 1) / $0.size }, byteCount: layout.byteCount)
    let records = records(forward, count: size, known: known?.size)
    let unread = self.records(backward, count: "1", known: 1)
    // Where memory was not to be had there are no steps.
    let segments = function.add("select i1 \(function.add("icmp eq i64 \(length), 0")), i64 0, i64 \(count)")
    func block(_ segment: String) -> [String] {
      layout.pointers(in: slice(Stack(base: kept, byteCount: layout.byteCount), segment), function)
    }
    func range(_ segment: String) -> (first: String, end: String) {
      let first = function.add("mul i64 \(segment), \(size)")
      return (first, least(function.add("add i64 \(first), \(size)"), length))
    }
    let state = LoopState(unit, forward.stateTypes)
    state.begin(forward.initial)
    function.text.loop(from: "0", to: segments) { segment in
      state.copy(to: block(segment))
      let (first, end) = range(segment)
      function.text.loop(from: first, to: end) { advance(state, at: $0, stacked: true) }
    }
    state.copy(to: forward.last)
    let back = LoopState(unit, backward.stateTypes, results: backward.last)
    back.begin(backward.initial)
    let again = forwardStep(state: true, stacked: false, records: true)
    function.text.loop(from: "0", to: segments) { number in
      let segment = function.add("sub i64 \(function.add("sub i64 \(segments), 1")), \(number)")
      let (first, end) = range(segment)
      func record(_ position: String) -> [String] {
        let place = function.add("sub i64 \(position), \(first)")
        return records.map { slice($0, place) }
      }
      state.begin(block(segment))
      function.text.loop(from: first, to: end) { position in
        step(forward, [], state, at: index(forward, position), part: again, outputs: state.next() + record(position))
        state.advance()
      }
      function.text.loop(from: first, to: end) { offset in
        let position = function.add(
          "sub i64 \(function.add("sub i64 \(function.add("add i64 \(first), \(end)")), 1")), \(offset)")
        goBack(back, at: position, record(position), unread)
      }
    }
    back.copy(to: backward.last)
    finish()
  }

  // MARK: - Few states

  /// Keeps at most so many states, where ``CheckpointSchedule`` puts them.
  ///
  /// What is still to be reversed is a stack of ranges of steps, each with the state before it. The last range is taken:
  /// its state is run to where another one is kept, which makes two ranges of it, or to the last step, which is reversed.
  func writeReversal(slots: Int) {
    let layout = StateLayout(forward.stateTypes)
    let blockByteCount = Range.byteCount + layout.byteCount
    // Every range but the last has a step of its own.
    let depth = function.add("add i64 \(least("\(slots)", greatest(function.add("sub i64 \(length), 1"), "0"))), 1")
    let base = blocks(
      depth, known: shape.length.map { min(slots, max($0 - 1, 0)) + 1 }, byteCount: blockByteCount)
    let records = records(forward, count: "1", known: 1)
    let unread = self.records(backward, count: "1", known: 1)
    func range(_ level: String) -> Range {
      Range(function, slice(Stack(base: base, byteCount: blockByteCount), level))
    }
    let state = LoopState(unit, forward.stateTypes)
    let back = LoopState(unit, backward.stateTypes, results: backward.last)
    back.begin(backward.initial)
    let level = function.text.frame("i64", alignment: 8)
    let end = function.text.frame("i64", alignment: 8)
    let isEmpty = function.add("icmp eq i64 \(length), 0")
    state.begin(forward.initial)
    state.copy(to: forward.last)
    function.text.when(function.add("xor i1 \(isEmpty), true")) {
      let all = range("0")
      all.set(first: "0", end: length, slots: "\(slots)", isFirst: "1")
      state.copy(to: layout.pointers(in: all.state, function))
    }
    function.run("store i64 \(function.add("select i1 \(isEmpty), i64 -1, i64 0")), ptr \(level), align 8")
    whileHolds({
      // After a failure nothing is worth computing.
      let isSound = function.add("icmp eq i32 \(function.add("load i32, ptr %status, align 4")), 0")
      let remains = function.add("icmp sge i64 \(function.add("load i64, ptr \(level), align 8")), 0")
      return function.add("and i1 \(isSound), \(remains)")
    }) {
      let number = function.add("load i64, ptr \(level), align 8")
      let part = range(number)
      let (first, last, free) = (part.read(0), part.read(1), part.read(2))
      let isFirst = function.add("icmp ne i64 \(part.read(3)), 0")
      let count = function.add("sub i64 \(last), \(first)")
      let isSplit = function.add(
        "and i1 \(function.add("icmp sgt i64 \(count), 1")), \(function.add("icmp sgt i64 \(free), 0"))")
      function.run("store i64 \(function.add("sub i64 \(last), 1")), ptr \(end), align 8")
      function.text.when(isSplit) {
        let split = function.add(
          "call i64 \(unit.module.runtimeFunction(.checkpointSplit))(i64 \(count), i64 \(free))")
        function.run("store i64 \(function.add("add i64 \(first), \(split)")), ptr \(end), align 8")
      }
      let middle = function.add("load i64, ptr \(end), align 8")
      state.begin(layout.pointers(in: part.state, function))
      either(isFirst) { isFirst in
        function.text.loop(from: first, to: middle) { advance(state, at: $0, stacked: isFirst) }
      }
      let next = function.add("add i64 \(number), 1")
      part.set(first: first, end: middle, slots: free, isFirst: "0")
      either(isSplit) { isSplit in
        if isSplit {
          let rest = range(next)
          rest.set(
            first: middle, end: last, slots: function.add("sub i64 \(free), 1"),
            isFirst: function.add("zext i1 \(isFirst) to i64"))
          state.copy(to: layout.pointers(in: rest.state, function))
          function.run("store i64 \(next), ptr \(level), align 8")
          return
        }
        reverse(middle, state, isFirst, records.map(\.base))
        goBack(back, at: middle, records.map(\.base), unread)
        let isDone = function.add("icmp eq i64 \(middle), \(first)")
        let below = function.add("sub i64 \(number), 1")
        function.run(
          "store i64 \(function.add("select i1 \(isDone), i64 \(below), i64 \(number)")), ptr \(level), align 8")
      }
    }
    back.copy(to: backward.last)
    finish()
  }

  /// Makes the records of a step. The step that has not run before is the last one of all: its state is the result.
  private func reverse(_ position: String, _ state: LoopState, _ isFirst: String, _ records: [String]) {
    let index = index(forward, position)
    either(isFirst) { isFirst in
      if isFirst {
        step(
          forward, [], state, at: index,
          outputs: state.next() + forward.stacked.map { slice($0, index) } + records)
        state.advance()
        state.copy(to: forward.last)
      } else {
        step(
          forward, [], state, at: index, part: forwardStep(state: false, stacked: false, records: true),
          outputs: records)
      }
    }
  }

  /// Steps that are still to be reversed, in memory: the first one, where they end, how many more states may be kept, and
  /// whether they have not run before, so that their stacked results are to be kept; then the state before them.
  private struct Range {
    private let function: FunctionEmitter
    private let address: String
    /// Where the state is.
    let state: String

    static var byteCount: Int { 64 }

    init(_ function: FunctionEmitter, _ address: String) {
      self.function = function
      self.address = address
      state = function.add("getelementptr inbounds i8, ptr \(address), i64 \(Self.byteCount)")
    }

    private func field(_ number: Int) -> String { function.address(address, "\(number)", .int64) }

    func read(_ number: Int) -> String { function.add("load i64, ptr \(field(number)), align 8") }

    func set(first: String, end: String, slots: String, isFirst: String) {
      for (number, value) in [first, end, slots, isFirst].enumerated() {
        function.run("store i64 \(value), ptr \(field(number)), align 8")
      }
    }
  }
}

// MARK: - Control

extension LoopCode {
  private func least(_ a: String, _ b: String) -> String {
    function.add("select i1 \(function.add("icmp slt i64 \(a), \(b)")), i64 \(a), i64 \(b)")
  }

  private func greatest(_ a: String, _ b: String) -> String {
    function.add("select i1 \(function.add("icmp sgt i64 \(a), \(b)")), i64 \(a), i64 \(b)")
  }

  /// Writes code for both values of a flag.
  private func either(_ flag: String, _ write: (Bool) -> Void) {
    let (yes, no, after) = (function.text.label("yes"), function.text.label("no"), function.text.label("after"))
    function.text.branch(flag, yes, no)
    for (label, value) in [(yes, true), (no, false)] {
      function.text.begin(label)
      write(value)
      function.text.jump(to: after)
    }
    function.text.begin(after)
  }

  /// Writes a loop that goes on while a condition holds.
  private func whileHolds(_ condition: () -> String, _ write: () -> Void) {
    let (head, inside, after) = (function.text.label("while"), function.text.label("part"), function.text.label("done"))
    function.text.jump(to: head)
    function.text.begin(head)
    function.text.branch(condition(), inside, after)
    function.text.begin(inside)
    write()
    function.text.jump(to: head)
    function.text.begin(after)
  }
}
