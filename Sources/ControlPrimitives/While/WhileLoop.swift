import Linearization

/// A loop that runs while a condition holds; how often is known at run time only.
///
/// ```swift
/// // The square root of a, by Newton's method.
/// whileLoop({ x in abs(x * x - a) .> 1e-12 * a }, { x in (x + a / x) / 2 }, a)
/// ```
///
/// Both functions are recorded once, on types; see ``scan(_:_:over:reverse:length:checkpoint:)``. It has derivatives in
/// every mode, to any order. Reverse mode runs the steps once more and records them on a stack that the backward sweep
/// consumes. The number of steps itself has no derivative.
///
/// Under `vmap` each example ends by its own condition: those that have ended are frozen, and neither their values nor
/// their derivatives see the further steps of the others.
///
/// - Parameters:
///   - condition: from the state to one truth value.
///   - body: from the state to the next state.
///   - initial: the state before the first step.
///   - maximumSteps: the most steps; if the condition holds still, that is an error. `nil` when there is no limit.
///   - checkpoint: what is kept for reverse mode; `nil` keeps every step.
/// - Returns: the first state for which the condition does not hold.
public func whileLoop(
  _ condition: (Tensor) -> Tensor, _ body: (Tensor) -> Tensor, _ initial: Tensor, maximumSteps: Int? = nil,
  checkpoint: LoopCheckpointing? = nil
) -> Tensor {
  repeated(condition, body, initial, maximumSteps, checkpoint)
}

/// A loop that runs while a condition holds, with a state that is any ``TensorTree``.
@_disfavoredOverload
public func whileLoop<State: TensorTree>(
  _ condition: (State) -> Tensor, _ body: (State) -> State, _ initial: State, maximumSteps: Int? = nil,
  checkpoint: LoopCheckpointing? = nil
) -> State {
  repeated(condition, body, initial, maximumSteps, checkpoint)
}

private func repeated<State: TensorTree>(
  _ condition: (State) -> Tensor, _ body: (State) -> State, _ initial: State, _ maximumSteps: Int?,
  _ checkpoint: LoopCheckpointing?
) -> State {
  if initial.tensors.contains(where: \.isInvalid) {
    _ = poisoned("whileLoop")
    return initial.poisonedTree
  }
  if let maximumSteps, maximumSteps < 0 {
    report(TensorError(.value, "whileLoop", "maximumSteps is \(maximumSteps)", hint: "it must not be negative"))
    return initial.poisonedTree
  }
  var states = StateTensors(initial.tensors, "whileLoop")
  func step(_ inputs: [Tensor]) -> [Tensor]? {
    let next = body(initial.replacingTensors(with: inputs))
    return haveSameStructure(initial, next, "whileLoop") ? next.tensors : nil
  }
  states.adopt([], step)
  let recorded = RecordedFunction.body("step", of: "whileLoop", states.types) { inputs in
    step(inputs).flatMap { states.adopted($0) } ?? [Tensor(.invalid)]
  }
  guard let recorded, states.matches(recorded.program.outputTypes) else { return initial.poisonedTree }
  let test = RecordedFunction.body("condition", of: "whileLoop", states.types) {
    [condition(initial.replacingTensors(with: $0))]
  }
  guard let test else { return initial.poisonedTree }
  let (unified, captures) = RecordedFunction.unified([test.hoisted(), recorded.hoisted()])
  let programs = unified.map { $0.withCapturesInFront(captures.count) }
  let loop = While(
    condition: Subprogram(programs[0]), body: Subprogram(programs[1]), fixedCount: captures.count,
    maximumSteps: maximumSteps, checkpointing: checkpoint)
  let results = loop.bind(captures + states.tensors)
  return results.contains(where: \.isInvalid) ? initial.poisonedTree : initial.replacingTensors(with: results)
}
