import Linearization

// Once a loop has ended the number of its steps is known, so that its derivative is that of a loop of so many steps.

extension While {
  public func linearized(_ operands: [Tensor], isActive: [Bool]) -> (results: [Tensor], map: JointLinearMap) {
    let results = bind(operands)
    guard results.count == stateCount + 1 else { return failedLinearization(stateCount + 1) }
    let derivative = RecomputedLoop(
      derivativeLoop, [results[stateCount]] + operands, isActive: [false] + isActive)
    let map = JointLinearMap(
      apply: { derivative.applied(to: [nil] + $0, isMasked: &$1) + [nil] },
      transpose: { Array(derivative.transposed($0.dropLast() + [], isMasked: &$1).dropFirst()) })
    return (results, map)
  }
}

extension While {
  /// The loop of the number of steps that this one took, which is its first operand.
  var derivativeLoop: Loop {
    Loop(
      length: nil, fixedCount: fixedCount, sweeps: [Sweep(body, stateCount: stateCount, slicedCount: 0)],
      checkpointing: checkpointing)
  }
}
