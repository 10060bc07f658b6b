import Engines

// Loops that programs contain, as loops of the code.

extension UnitEmitter {
  /// The state of a loop: two places for each tensor, of which one is read while the other is written.
  private struct LoopState {
    let byteCounts: [Int]
    /// The places, in the frame, of the pointers to the tensors that are read; where tensors are small, those themselves.
    let current: [String]
    let next: [String]
    let isSmall: [Bool]
  }

  /// Tensors of at most so many bytes are copied after each step, so that they can be in registers.
  private var largestCopiedByteCount: Int { 64 }

  private func memory(_ byteCount: Int) -> String {
    byteCount <= 256 ? function.text.frame("[\(max(byteCount, 1)) x i8]") : reserve(byteCount)
  }

  /// A state that begins with some tensors.
  private func state(_ initial: [String], _ types: [TensorType]) -> LoopState {
    let byteCounts = types.map { max($0.byteCount ?? 0, 0) }
    let isSmall = byteCounts.map { $0 <= largestCopiedByteCount }
    var (current, next): ([String], [String]) = ([], [])
    for (index, pointer) in initial.enumerated() {
      let places = (memory(byteCounts[index]), memory(byteCounts[index]))
      copy(byteCounts[index], from: pointer, to: places.0)
      if isSmall[index] {
        current.append(places.0)
        next.append(places.1)
      } else {
        let slots = (
          function.text.frame("ptr", alignment: 8), function.text.frame("ptr", alignment: 8)
        )
        function.run("store ptr \(places.0), ptr \(slots.0), align 8")
        function.run("store ptr \(places.1), ptr \(slots.1), align 8")
        current.append(slots.0)
        next.append(slots.1)
      }
    }
    return LoopState(byteCounts: byteCounts, current: current, next: next, isSmall: isSmall)
  }

  private func pointers(_ places: [String], _ state: LoopState) -> [String] {
    zip(places, state.isSmall).map { place, isSmall in
      isSmall ? place : function.add("load ptr, ptr \(place), align 8")
    }
  }

  /// What was written becomes what is read.
  private func advance(_ state: LoopState) {
    for index in state.byteCounts.indices {
      if state.isSmall[index] {
        if state.byteCounts[index] > 0 {
          copy(state.byteCounts[index], from: state.next[index], to: state.current[index])
        }
        continue
      }
      let (a, b) = (
        function.add("load ptr, ptr \(state.current[index]), align 8"),
        function.add("load ptr, ptr \(state.next[index]), align 8")
      )
      function.run("store ptr \(b), ptr \(state.current[index]), align 8")
      function.run("store ptr \(a), ptr \(state.next[index]), align 8")
    }
  }

  private func finish(_ state: LoopState, to results: [String]) {
    for (index, pointer) in pointers(state.current, state).enumerated() where state.byteCounts[index] > 0 {
      copy(state.byteCounts[index], from: pointer, to: results[index])
    }
  }

  /// Writes a loop that runs while a condition holds.
  func loop(_ shape: WhileShape, _ operands: [String], _ results: [String]) {
    let fixed = Array(operands[..<shape.fixedCount])
    let state = state(Array(operands[shape.fixedCount...]), shape.body.program.outputTypes)
    let flag = function.text.frame("i8", alignment: 1)
    let steps = function.text.frame("i64", alignment: 8)
    function.run("store i64 0, ptr \(steps), align 8")
    let (head, inside, after) = (
      function.text.label("while"), function.text.label("step"), function.text.label("done")
    )
    function.text.jump(to: head)
    function.text.begin(head)
    call(shape.condition, fixed + pointers(state.current, state), [flag])
    let holds = function.load(.bool, at: flag).parts[0]
    // A failure ends the loop: what its condition is computed from may be wrong.
    let status = function.add("load i32, ptr %status, align 4")
    let isSound = function.add("icmp eq i32 \(status), 0")
    var goesOn = function.add("and i1 \(holds), \(isSound)")
    let count = function.add("load i64, ptr \(steps), align 8")
    if let maximum = shape.maximumSteps {
      let isTooMany = function.add("icmp sge i64 \(count), \(maximum)")
      function.fail(where: function.add("and i1 \(goesOn), \(isTooMany)"), lanes: 1)
      let isAllowed = function.add("xor i1 \(isTooMany), true")
      goesOn = function.add("and i1 \(goesOn), \(isAllowed)")
    }
    function.text.branch(goesOn, inside, after)
    function.text.begin(inside)
    call(shape.body, fixed + pointers(state.current, state), pointers(state.next, state))
    advance(state)
    let next = function.add("add i64 \(count), 1")
    function.run("store i64 \(next), ptr \(steps), align 8")
    function.text.jump(to: head)
    function.text.begin(after)
    finish(state, to: results)
    function.run(
      "store i64 \(function.add("load i64, ptr \(steps), align 8")), ptr \(results[results.count - 1]), align 8")
  }

  /// Writes a loop of a number of steps that is known before it begins.
  func loop(_ shape: LoopShape, _ step: Graph.Step, _ operands: [String], _ results: [String]) {
    let first = shape.length == nil ? 1 : 0
    var length = shape.length.map(String.init) ?? scalar(step.operands[0]).parts[0]
    if shape.length == nil {
      let isNegative = function.add("icmp slt i64 \(length), 0")
      function.fail(where: isNegative, lanes: 1)
      length = function.add("select i1 \(isNegative), i64 0, i64 \(length)")
    }
    let fixed = Array(operands[first..<(first + shape.fixedCount)])
    var nextOperand = first + shape.fixedCount
    var nextResult = 0
    var records: [(base: String, byteCount: Int)] = []
    var heap: [String] = []
    for sweep in shape.sweeps {
      let program = sweep.step.program
      let outputs = program.outputTypes
      let stackedCount = outputs.count - sweep.stateCount - sweep.recordCount
      let state = state(
        Array(operands[nextOperand..<(nextOperand + sweep.stateCount)]), Array(outputs[..<sweep.stateCount]))
      let sliced = Array(
        operands[(nextOperand + sweep.stateCount)..<(nextOperand + sweep.stateCount + sweep.slicedCount)])
      let slicedBytes = program.inputTypes.suffix(sweep.slicedCount).map { $0.byteCount ?? 0 }
      let stacked = Array(results[(nextResult + sweep.stateCount)..<(nextResult + sweep.stateCount + stackedCount)])
      let own = outputs.suffix(sweep.recordCount).map { type -> (base: String, byteCount: Int) in
        let byteCount = type.byteCount ?? 0
        if let known = shape.length { return (reserve(byteCount * known), byteCount) }
        let size = function.add("mul i64 \(length), \(byteCount)")
        let base = function.add("call ptr \(module.runtimeFunction(.allocate))(i64 \(size))")
        heap.append(base)
        return (base, byteCount)
      }
      let stackedBytes = outputs[sweep.stateCount..<(sweep.stateCount + stackedCount)].map { $0.byteCount ?? 0 }
      function.text.loop(from: "0", to: length) { position in
        var index = position
        if sweep.isDescending {
          let last = function.add("sub i64 \(length), 1")
          index = function.add("sub i64 \(last), \(position)")
        }
        func slice(_ base: String, _ byteCount: Int) -> String {
          let offset = function.add("mul i64 \(index), \(byteCount)")
          return function.add("getelementptr inbounds i8, ptr \(base), i64 \(offset)")
        }
        let inputs =
          fixed + records.map { slice($0.base, $0.byteCount) } + pointers(state.current, state)
          + zip(sliced, slicedBytes).map { slice($0, $1) }
        let written =
          pointers(state.next, state) + zip(stacked, stackedBytes).map { slice($0, $1) }
          + own.map { slice($0.base, $0.byteCount) }
        call(sweep.step, inputs, written)
        advance(state)
      }
      finish(state, to: Array(results[nextResult..<(nextResult + sweep.stateCount)]))
      records += own
      nextOperand += sweep.stateCount + sweep.slicedCount
      nextResult += sweep.stateCount + stackedCount
    }
    for base in heap { function.run("call void \(module.runtimeFunction(.release))(ptr \(base))") }
  }
}
