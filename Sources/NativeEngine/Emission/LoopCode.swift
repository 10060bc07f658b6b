import Engines

/// A loop where it is written: its number of steps, and where the tensors of its sweeps are.
final class LoopCode {
  let unit: UnitEmitter
  let shape: LoopShape
  /// The number of steps, a number or a value.
  private(set) var length: String
  let sweeps: [SweepCode]
  private let fixed: [String]
  /// Memory that is given back in the end.
  private var borrowed: [String] = []

  /// One slice of a tensor for each step.
  struct Stack {
    let base: String
    let byteCount: Int
  }

  /// The tensors of a sweep.
  struct SweepCode {
    let shape: LoopShape.SweepShape
    let initial: [String]
    let sliced: [Stack]
    /// Where the last state belongs.
    let last: [String]
    let stacked: [Stack]

    var outputTypes: [TensorType] { shape.step.program.outputTypes }
    var stateTypes: [TensorType] { Array(outputTypes[..<shape.stateCount]) }
    var recordTypes: [TensorType] { Array(outputTypes.suffix(shape.recordCount)) }
  }

  var function: FunctionEmitter { unit.function }

  init(_ unit: UnitEmitter, _ shape: LoopShape, _ operation: Graph.Operation, _ operands: [String], _ results: [String])
  {
    self.unit = unit
    self.shape = shape
    let function = unit.function
    let first = shape.length == nil ? 1 : 0
    if let known = shape.length {
      length = "\(known)"
    } else {
      let given = unit.scalar(operation.operands[0]).parts[0]
      var isSound = function.add("icmp sge i64 \(given), 0")
      if shape.sweeps.contains(where: { $0.recordCount > 0 }) {
        // So many records must be possible, whatever is kept of them.
        let bytes = MemoryLayout<Int64>.size
        let fits = function.add("call i32 \(unit.module.runtimeFunction(.fits))(i64 \(given), i64 \(bytes))")
        isSound = function.add("and i1 \(isSound), \(function.add("icmp ne i32 \(fits), 0"))")
      }
      function.fail(where: function.add("xor i1 \(isSound), true"), lanes: 1)
      length = function.add("select i1 \(isSound), i64 \(given), i64 0")
    }
    fixed = Array(operands[first..<(first + shape.fixedCount)])
    var operand = first + shape.fixedCount
    var result = 0
    sweeps = shape.sweeps.map { sweep in
      let program = sweep.step.program
      let stackedCount = program.outputs.count - sweep.stateCount - sweep.recordCount
      func stacks(_ bases: ArraySlice<String>, _ types: ArraySlice<TensorType>) -> [Stack] {
        zip(bases, types).map { Stack(base: $0, byteCount: max($1.byteCount ?? 0, 0)) }
      }
      let (state, end) = (operand + sweep.stateCount, operand + sweep.stateCount + sweep.slicedCount)
      let (last, next) = (result + sweep.stateCount, result + sweep.stateCount + stackedCount)
      defer { (operand, result) = (end, next) }
      return SweepCode(
        shape: sweep, initial: Array(operands[operand..<state]),
        sliced: stacks(operands[state..<end], program.inputTypes.suffix(sweep.slicedCount)),
        last: Array(results[result..<last]),
        stacked: stacks(results[last..<next], program.outputTypes[sweep.stateCount..<(sweep.stateCount + stackedCount)])
      )
    }
  }

  /// Runs the sweeps one after the other, and keeps all records.
  func write() {
    var records: [Stack] = []
    let own = sweeps.map { self.records($0, count: length, known: shape.length) }
    for (sweep, own) in zip(sweeps, own) {
      let inPlace = unit.module.unit(of: sweep.shape.step).inPlace
      let firstState = fixed.count + records.count
      let state = LoopState(unit, sweep.stateTypes, results: sweep.last) { inPlace[$0] == firstState + $0 }
      state.begin(sweep.initial)
      function.text.loop(from: "0", to: length) { position in
        let index = index(sweep, position)
        let given = records.map { slice($0, index) }
        self.step(
          sweep, given, state, at: index,
          outputs: state.next() + sweep.stacked.map { slice($0, index) } + own.map { slice($0, index) })
        state.advance()
      }
      state.copy(to: sweep.last)
      records += own
    }
    finish()
  }
}

// MARK: - Parts

extension LoopCode {
  /// The step at a position of a sweep.
  func index(_ sweep: SweepCode, _ position: String) -> String {
    if !sweep.shape.isDescending { return position }
    return function.add("sub i64 \(function.add("sub i64 \(length), 1")), \(position)")
  }

  /// The slice of a tensor at a step.
  func slice(_ stack: Stack, _ index: String) -> String {
    let offset = function.add("mul i64 \(index), \(stack.byteCount)")
    return function.add("getelementptr inbounds i8, ptr \(stack.base), i64 \(offset)")
  }

  /// Runs a step of a sweep, or a part of it.
  func step(
    _ sweep: SweepCode, _ records: [String], _ state: LoopState, at index: String, part: Subprogram? = nil,
    outputs: [String]
  ) {
    unit.call(
      part ?? sweep.shape.step, fixed + records + state.current() + sweep.sliced.map { slice($0, index) }, outputs)
  }

  /// Memory for the records that a sweep makes in so many steps.
  func records(_ sweep: SweepCode, count: String, known: Int?) -> [Stack] {
    sweep.recordTypes.map { type in
      let byteCount = max(type.byteCount ?? 0, 0)
      return Stack(base: blocks(count, known: known, byteCount: byteCount), byteCount: byteCount)
    }
  }

  /// Blocks of so many bytes, in the memory of the call where their number is known and they are not very large. Where
  /// memory is not to be had, the loop has no steps and fails.
  func blocks(_ count: String, known: Int?, byteCount: Int) -> String {
    if let known {
      let (total, overflow) = known.multipliedReportingOverflow(by: byteCount)
      if !overflow && total <= 1 << 28 { return unit.reserve(total) }
    }
    let base = function.add(
      "call ptr \(unit.module.runtimeFunction(.allocate))(i64 \(count), i64 \(byteCount))")
    let isMissing = function.add("icmp eq ptr \(base), null")
    function.fail(where: isMissing, lanes: 1)
    length = function.add("select i1 \(isMissing), i64 0, i64 \(length)")
    borrowed.append(base)
    return base
  }

  /// Gives memory back.
  func finish() {
    for base in borrowed {
      function.run("call void \(unit.module.runtimeFunction(.release))(ptr \(base))")
    }
  }
}
