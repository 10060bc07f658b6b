import Linearization

/// A loop while it runs on the host. An object, as a value would be copied in every step.
final class LoopRun {
  private let loop: Loop
  private let operands: [HostTensor]
  private let fixed: [HostTensor]
  /// The number of steps.
  private let length: Int
  /// The states of the sweeps.
  @exclusivity(unchecked) private var states: [[HostTensor]]
  /// The stacked results, by sweep.
  @exclusivity(unchecked) private var stacks: [[HostTensor]]
  /// The records by sweep.
  @exclusivity(unchecked) private var records: [StepRecords]

  init(_ loop: Loop, _ operands: [HostTensor]) throws(TensorError) {
    self.loop = loop
    self.operands = operands
    length = loop.length ?? Int(operands[0].onlyElement(as: Int64.self))
    guard length >= 0 else {
      throw TensorError(.value, Loop.name, "the number of steps is \(length)", hint: "it must not be negative")
    }
    fixed = Array(operands[loop.fixedOperands])
    states = loop.sweeps.indices.map { index in
      let first = loop.firstOperand(of: index)
      return Array(operands[first..<(first + loop.sweeps[index].stateCount)])
    }
    stacks = []
    records = []
    for sweep in loop.sweeps {
      var results: [HostTensor] = []
      for type in sweep.stackedTypes {
        results.append(try HostTensor.uninitialized(type.batched(length), for: Loop.name) { _ in })
      }
      stacks.append(results)
      let keepsFew = loop.isReversedFromSnapshots
      // So many references at least.
      if sweep.recordCount > 0 && !keepsFew { try MemoryLimit.check(TensorType(.int64, [length]), for: Loop.name) }
      records.append(StepRecords(stepCount: sweep.recordCount > 0 ? length : 0, keepsFew: keepsFew))
    }
  }

  /// Runs the sweeps.
  ///
  /// - Throws: an error when an equation fails, or a result does not fit into memory.
  func results() throws(TensorError) -> [HostTensor] {
    switch loop.reversal {
    case .every(let distance): try runSegments(of: distance, from: states[0])
    case .binomial(let slots): try reverseAll(from: states[0], slots: slots)
    case nil:
      for sweep in loop.sweeps.indices {
        for position in 0..<length { try advance(sweep, index(sweep, position), keepsRecords: true) }
      }
    }
    return loop.sweeps.indices.flatMap { states[$0] + stacks[$0] }
  }

  /// The step at a position of a sweep.
  private func index(_ sweep: Int, _ position: Int) -> Int {
    loop.sweeps[sweep].isDescending ? length - 1 - position : position
  }

  /// Runs one step of a sweep.
  private func advance(_ number: Int, _ index: Int, keepsRecords: Bool) throws(TensorError) {
    let sweep = loop.sweeps[number]
    let (outputs, made) = try step(number, index, states[number])
    states[number] = Array(outputs[..<sweep.stateCount])
    for result in 0..<sweep.stackedCount {
      try stacks[number][result].setBlock(index, to: outputs[sweep.stateCount + result])
    }
    if keepsRecords && sweep.recordCount > 0 { records[number][index] = made }
    // Nothing reads the records of a step after the last sweep.
    if number == loop.sweeps.count - 1 {
      for earlier in 0..<number where !records[earlier].isEmpty { records[earlier][index] = [] }
    }
  }

  /// The outputs of a step without its records, and those.
  private func step(
    _ number: Int, _ index: Int, _ state: [HostTensor]
  ) throws(TensorError) -> (outputs: [HostTensor], records: [HostTensor]) {
    let sweep = loop.sweeps[number]
    var inputs = fixed
    for earlier in 0..<number where !records[earlier].isEmpty { inputs += records[earlier][index] }
    inputs += state
    let first = loop.firstOperand(of: number) + sweep.stateCount
    for operand in first..<(first + sweep.slicedCount) {
      inputs.append(try operands[operand].block(index, for: Loop.name))
    }
    let outputs = try sweep.step.evaluateChecked(inputs)
    if sweep.recordCount == 0 { return (outputs, []) }
    let count = outputs.count - sweep.recordCount
    return (Array(outputs[..<count]), Array(outputs[count...]))
  }
}

/// The records of a sweep by step; empty where they are not kept, or have been used.
private struct StepRecords {
  private var all: [[HostTensor]] = []
  /// Those of few steps of many.
  private var few: [Int: [HostTensor]] = [:]
  private let keepsFew: Bool
  let isEmpty: Bool

  init(stepCount: Int, keepsFew: Bool) {
    isEmpty = stepCount == 0
    self.keepsFew = keepsFew
    if !keepsFew { all = [[HostTensor]](repeating: [], count: stepCount) }
  }

  subscript(step: Int) -> [HostTensor] {
    get { keepsFew ? few[step] ?? [] : all[step] }
    set {
      if !keepsFew {
        all[step] = newValue
      } else {
        few[step] = newValue.isEmpty ? nil : newValue
      }
    }
  }
}

extension Loop {
  /// Whether the first sweep makes records of a few steps at a time, which the second one uses in the opposite order.
  fileprivate var isReversedFromSnapshots: Bool {
    checkpointing != nil && sweeps.count == 2 && sweeps[0].recordCount > 0
      && sweeps[0].isDescending != sweeps[1].isDescending
  }
}

// MARK: - Reversal with few states kept

// The first sweep makes the records, the second one uses them in the opposite order. Positions count the steps in the
// order of the first sweep.

extension LoopRun {
  private func runSegments(of distance: Int, from initial: [HostTensor]) throws(TensorError) {
    var kept: [[HostTensor]] = []
    for position in 0..<length {
      if position % distance == 0 { kept.append(states[0]) }
      try advance(0, index(0, position), keepsRecords: false)
    }
    let last = states[0]
    for segment in kept.indices.reversed() {
      let positions = (segment * distance)..<min(length, (segment + 1) * distance)
      try record(positions, from: kept[segment])
      kept.removeLast()
      for position in positions.reversed() { try advance(1, index(0, position), keepsRecords: true) }
    }
    states[0] = last
  }

  /// Steps that are still to be reversed.
  private struct Pending {
    var positions: Range<Int>
    /// The state before the first of them.
    var state: [HostTensor]
    /// How many more states may be kept.
    var slots: Int
    /// Whether these steps have not run before, so that their stacked results are to be kept.
    var isFirst: Bool
  }

  /// Reverses all steps. What is pending is on a list of its own: there may be as many parts as there are slots, more than
  /// a thread has stack for.
  private func reverseAll(from initial: [HostTensor], slots: Int) throws(TensorError) {
    var pending = [Pending(positions: 0..<length, state: initial, slots: slots, isFirst: true)]
    while let part = pending.popLast() {
      guard let position = part.positions.first else { continue }
      if part.positions.count == 1 {
        try reverseStep(position, from: part.state, isFirst: part.isFirst)
      } else if part.slots == 0 {
        for position in part.positions.reversed() {
          let isFirst = part.isFirst && position == part.positions.upperBound - 1
          let before = try run(part.positions.lowerBound..<position, from: part.state, isFirst: isFirst)
          try reverseStep(position, from: before, isFirst: isFirst)
        }
      } else {
        let middle = position + CheckpointSchedule.split(steps: part.positions.count, slots: part.slots)
        let between = try run(position..<middle, from: part.state, isFirst: part.isFirst)
        pending.append(
          Pending(positions: position..<middle, state: part.state, slots: part.slots, isFirst: false))
        pending.append(
          Pending(
            positions: middle..<part.positions.upperBound, state: between, slots: part.slots - 1,
            isFirst: part.isFirst))
      }
    }
  }

  /// Runs one step of the first sweep, from the state before it, and of the second.
  private func reverseStep(
    _ position: Int, from state: [HostTensor], isFirst: Bool
  ) throws(TensorError) {
    if isFirst {
      states[0] = state
      try advance(0, index(0, position), keepsRecords: true)
    } else {
      try record(position..<(position + 1), from: state)
    }
    try advance(1, index(0, position), keepsRecords: true)
  }

  /// The state after some steps of the first sweep.
  private func run(
    _ positions: Range<Int>, from state: [HostTensor], isFirst: Bool
  ) throws(TensorError) -> [HostTensor] {
    if isFirst {
      states[0] = state
      for position in positions { try advance(0, index(0, position), keepsRecords: false) }
      return states[0]
    }
    var state = state
    for position in positions {
      state = Array(try step(0, index(0, position), state).outputs[..<loop.sweeps[0].stateCount])
    }
    return state
  }

  /// Runs some steps of the first sweep once more, for their records alone.
  private func record(_ positions: Range<Int>, from state: [HostTensor]) throws(TensorError) {
    var state = state
    for position in positions {
      let (outputs, made) = try step(0, index(0, position), state)
      records[0][index(0, position)] = made
      state = Array(outputs[..<loop.sweeps[0].stateCount])
    }
  }
}
