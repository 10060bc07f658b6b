import Linearization

/// A fact about the tensors of a loop, such as which of them are batched, or differentiable: one flag for each.
///
/// A state is set when it is so before the first step or after any later one.
package struct LoopFlags {
  /// The flags of one sweep.
  package struct OfSweep {
    package private(set) var state: [Bool]
    package private(set) var sliced: [Bool]
    /// The records of the earlier sweeps.
    package private(set) var earlierRecords: [Bool]
    package private(set) var stacked: [Bool]
    package private(set) var records: [Bool]
    /// The states before the first step.
    package private(set) var initial: [Bool]

    /// The flags of the step's inputs.
    package func inputs(_ fixed: [Bool]) -> [Bool] { fixed + earlierRecords + state + sliced }
    /// The flags of the step's outputs.
    package var outputs: [Bool] { state + stacked + records }
  }

  package let fixed: [Bool]
  package private(set) var sweeps: [OfSweep] = []

  /// The flags by sweeps.
  ///
  /// - Parameter operands: the flags of the loop's operands.
  package init(_ loop: Loop, _ operands: [Bool], _ flags: PortFlags) {
    fixed = Array(operands[loop.fixedOperands])
    var records: [Bool] = []
    var firstState = 0
    for (number, sweep) in loop.sweeps.enumerated() {
      let first = loop.firstOperand(of: number)
      let firstRecord = sweep.stateCount + sweep.stackedCount
      let outputs = flags.outputs[number]
      sweeps.append(
        OfSweep(
          state: Array(flags.states[firstState..<(firstState + sweep.stateCount)]),
          sliced: Array(operands[(first + sweep.stateCount)..<(first + sweep.operandCount)]), earlierRecords: records,
          stacked: Array(outputs[sweep.stateCount..<firstRecord]), records: Array(outputs[firstRecord...]),
          initial: Array(operands[first..<(first + sweep.stateCount)])))
      records += outputs[firstRecord...]
      firstState += sweep.stateCount
    }
  }
}
