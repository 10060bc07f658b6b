/// A fact about the tensors of a loop, such as which of them are batched, or differentiable: one flag for each.
///
/// A state is set when it is so before the first step or after any later one.
package struct LoopFlags {
  /// The flags of one sweep.
  package struct OfSweep {
    package fileprivate(set) var state: [Bool]
    package fileprivate(set) var sliced: [Bool]
    /// The records of the earlier sweeps.
    package fileprivate(set) var earlierRecords: [Bool]
    package fileprivate(set) var stacked: [Bool] = []
    package fileprivate(set) var records: [Bool] = []
    /// The states before the first step.
    package fileprivate(set) var initial: [Bool]

    /// The flags of the step's inputs.
    package func inputs(_ fixed: [Bool]) -> [Bool] { fixed + earlierRecords + state + sliced }
    /// The flags of the step's outputs.
    package var outputs: [Bool] { state + stacked + records }
  }

  package let fixed: [Bool]
  package private(set) var sweeps: [OfSweep] = []

  /// The flags that follow from those of the operands.
  ///
  /// - Parameters:
  ///   - setsAllStates: whether all states and records are set, whatever the operands are.
  ///   - propagate: the flags of a program's outputs from those of its inputs.
  package init(
    _ loop: Loop, _ operands: [Bool], setsAllStates: Bool = false, _ propagate: (Program, [Bool]) -> [Bool]
  ) {
    fixed = Array(operands[loop.fixedOperands])
    var records: [Bool] = []
    for (number, sweep) in loop.sweeps.enumerated() {
      let first = loop.firstOperand(of: number)
      let initial = Array(operands[first..<(first + sweep.stateCount)])
      var flags = OfSweep(
        state: setsAllStates ? initial.map { _ in true } : initial,
        sliced: Array(operands[(first + sweep.stateCount)..<(first + sweep.operandCount)]), earlierRecords: records,
        initial: initial)
      while true {
        let outputs = propagate(sweep.step.program, flags.inputs(fixed))
        let state = zip(flags.state, outputs).map { $0 || $1 }
        flags.stacked = Array(outputs[sweep.stateCount..<(sweep.stateCount + sweep.stackedCount)])
        flags.records = Array(outputs[(sweep.stateCount + sweep.stackedCount)...])
        if setsAllStates { flags.records = flags.records.map { _ in true } }
        if state == flags.state { break }
        flags.state = state
      }
      records += flags.records
      sweeps.append(flags)
    }
  }
}
