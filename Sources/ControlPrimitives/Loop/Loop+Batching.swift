import Linearization

// A loop over a batch. Where the examples have different numbers of steps, those that have ended are frozen: each step
// computes the whole batch and chooses, for each example, the new state or the old one. What is not chosen has a strong
// zero as its derivative, so that an ended example gets neither values nor derivatives from steps that it did not take.

extension Loop {
  public func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
    let batching = batchedParts(isBatched)
    if length == nil && isBatched[0] { return batchedLanes(operands, batching, size) }
    var given = Array(operands[..<fixedOperands.upperBound])
    var steps: [Sweep] = []
    for (number, sweep) in sweeps.enumerated() {
      let flags = batching.sweeps[number]
      guard let step = sweep.step.batched(flags.inputs(batching.fixed), size: size, outputs: flags.outputs) else {
        return [Tensor(.invalid)]
      }
      steps.append(sweep.replacingStep(step))
      given += batchedOperands(operands, of: number, isBatched, flags, size)
    }
    let loop = Loop(length: length, fixedCount: fixedCount, sweeps: steps, checkpointing: checkpointing)
    let results = loop.bind(given)
    if results.count != firstResult(of: sweeps.count) { return results }
    return batchedResults(results, batching, size)
  }

  /// Which tensors differ between the examples: all states where examples end at different steps.
  private func batchedParts(_ isBatched: [Bool]) -> LoopFlags {
    let flags = PortFlags(
      self, operands: isBatched, resultCount: firstResult(of: sweeps.count), steering: .spreads
    ) { $0.batchedOutputs($1) }
    return LoopFlags(self, isBatched, flags)
  }

  /// The operands of a sweep: states with the batch axis where some step makes it so, and the batch axis of sliced
  /// operands behind the one that is sliced.
  private func batchedOperands(
    _ operands: [Tensor], of number: Int, _ isBatched: [Bool], _ flags: LoopFlags.OfSweep, _ size: Int
  ) -> [Tensor] {
    let first = firstOperand(of: number)
    let sweep = sweeps[number]
    let states = (0..<sweep.stateCount).map { index in
      let operand = operands[first + index]
      return flags.state[index] && !isBatched[first + index] ? operand.repeatedAlongNewAxis(size) : operand
    }
    let sliced = (0..<sweep.slicedCount).map { index in
      let operand = operands[first + sweep.stateCount + index]
      return flags.sliced[index] ? operand.movingAxis(0, to: 1) : operand
    }
    return states + sliced
  }

  private func batchedResults(_ results: [Tensor], _ batching: LoopFlags, _ size: Int) -> [Tensor] {
    var batched: [Tensor] = []
    for (number, sweep) in sweeps.enumerated() {
      let first = firstResult(of: number)
      let flags = batching.sweeps[number]
      for index in 0..<sweep.stateCount {
        let result = results[first + index]
        batched.append(flags.state[index] ? result : result.repeatedAlongNewAxis(size))
      }
      for index in 0..<sweep.stackedCount {
        let result = results[first + sweep.stateCount + index]
        batched.append(flags.stacked[index] ? result.movingAxis(1, to: 0) : result.repeatedAlongNewAxis(size))
      }
    }
    return batched
  }

  /// A loop in which each example has its own number of steps.
  private func batchedLanes(_ operands: [Tensor], _ batching: LoopFlags, _ size: Int) -> [Tensor] {
    let lengths = operands[0]
    let longest = size == 0 ? Tensor(Int64(0)) : lengths.max()
    // Fixed: those of the examples, and their lengths. State: that of the examples, and the index of the step.
    var given = [longest] + operands[fixedOperands] + [lengths]
    var steps: [Sweep] = []
    for (number, sweep) in sweeps.enumerated() {
      let flags = batching.sweeps[number]
      guard let step = laneStep(number, batching, size) else { return [Tensor(.invalid)] }
      steps.append(
        Sweep(
          step, stateCount: sweep.stateCount + 1, slicedCount: 0, recordCount: sweep.recordCount,
          isDescending: sweep.isDescending))
      let first = firstOperand(of: number)
      given += (0..<sweep.stateCount).map { index in
        flags.initial[index] ? operands[first + index] : operands[first + index].repeatedAlongNewAxis(size)
      }
      given.append(sweep.isDescending ? longest - Tensor(Int64(1)) : Tensor(Int64(0)))
    }
    let loop = Loop(length: nil, fixedCount: fixedCount + 1, sweeps: steps, checkpointing: checkpointing)
    let results = loop.bind(given)
    if results.count < sweeps.count { return results }
    var batched: [Tensor] = []
    var first = 0
    for sweep in sweeps {
      batched += results[first..<(first + sweep.stateCount)]
      first += sweep.stateCount + 1
    }
    return batched
  }

  /// A step of a sweep for a whole batch, in which ended examples keep their state.
  private func laneStep(_ number: Int, _ batching: LoopFlags, _ size: Int) -> Subprogram? {
    let sweep = sweeps[number]
    let flags = batching.sweeps[number]
    let isInputBatched = flags.inputs(batching.fixed)
    let inputTypes = zip(sweep.step.program.inputTypes, isInputBatched).map { $1 ? $0.batched(size) : $0 }
    let index = TensorType(.int64, .scalar)
    let types = inputTypes[..<fixedCount] + [index.batched(size)] + inputTypes[fixedCount...] + [index]
    let name = sweep.step.program.name
    let recorded = Program.tracing(name, Array(types), unreadable: .readInBatch) { inputs in
      let lengths = inputs[fixedCount]
      let step = inputs[inputs.count - 1]
      let given = Array(inputs[..<fixedCount] + inputs[(fixedCount + 1)..<(inputs.count - 1)])
      let isRunning = step.repeatedAlongNewAxis(size) .< lengths
      let predicated = sweep.step.predicated()
      let outputs = (predicated ?? sweep.step).program.applied(
        to: predicated == nil ? given : [isRunning] + given,
        isBatched: predicated == nil ? isInputBatched : [true] + isInputBatched, size: size, outputs: flags.outputs)
      let firstState = given.count - sweep.stateCount
      let states = (0..<sweep.stateCount).map {
        choosing(outputs[$0], where: isRunning, else: given[firstState + $0])
      }
      let next = sweep.isDescending ? step - Tensor(Int64(1)) : step + Tensor(Int64(1))
      return states + [next] + outputs[sweep.stateCount...]
    }
    return recorded.map { Subprogram($0.program) }
  }
}

/// New states of a batch where a flag for each example is set, else old ones.
func choosing(_ new: Tensor, where flags: Tensor, else old: Tensor) -> Tensor {
  if new.isInvalid { return new }
  let shape = new.shape
  let mask = shape.rank > 1 ? Broadcast(shape: shape.dimensions, axes: [0]).bind(flags) : flags
  return Select().bind([mask, new, old])[0]
}

extension Sweep {
  /// The same with another step that has the same parts.
  package func replacingStep(_ step: Subprogram) -> Sweep {
    Sweep(
      step, stateCount: stateCount, slicedCount: slicedCount, recordCount: recordCount, isDescending: isDescending)
  }
}
