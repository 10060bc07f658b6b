import Linearization

/// A loop over the first axis of tensors, with a state that goes from step to step and a result of each step.
///
/// ```swift
/// scan({ total, x in (total + x, total) }, 0, over: [1, 2, 3])   // (state: 6, results: [0, 1, 3])
/// ```
///
/// The function is recorded once, on types: it is one equation of the program, however many steps there are. It may use
/// tensors from outside, also traced ones; what depends on those alone is computed once and not in every step.
///
/// - Parameters:
///   - body: from the state and one slice of `elements` to the next state and the step's result.
///   - initial: the state before the first step. A literal adopts the element type that a step gives.
///   - elements: what is gone over: all tensors have one size along their first axis.
///   - reverse: whether to go from the last slice to the first; the results stay in the order of the slices.
///   - length: the number of steps, where it is to be checked.
///   - checkpoint: what is kept for reverse mode; `nil` keeps what the derivative needs of every step.
/// - Returns: the state after the last step, and the results of the steps along a new first axis.
public func scan(
  _ body: (Tensor, Tensor) -> (Tensor, Tensor), _ initial: Tensor, over elements: Tensor, reverse: Bool = false,
  length: Int? = nil, checkpoint: LoopCheckpointing? = nil
) -> (state: Tensor, results: Tensor) {
  scanned(body, initial, elements, reverse, length, checkpoint)
}

/// A loop over the first axis of any ``TensorTree``, with a state and results that are trees too; see
/// ``scan(_:_:over:reverse:length:checkpoint:)``.
@_disfavoredOverload
public func scan<State: TensorTree, Element: TensorTree, Result: TensorTree>(
  _ body: (State, Element) -> (State, Result), _ initial: State, over elements: Element, reverse: Bool = false,
  length: Int? = nil, checkpoint: LoopCheckpointing? = nil
) -> (state: State, results: Result) {
  scanned(body, initial, elements, reverse, length, checkpoint)
}

/// A loop of a number of steps, with a state that goes from step to step and a result of each step.
///
/// - Parameters:
///   - body: from the state to the next state and the step's result.
///   - initial: the state before the first step.
///   - length: the number of steps.
///   - reverse: whether the results stand in the opposite order of the steps.
///   - checkpoint: what is kept for reverse mode; `nil` keeps what the derivative needs of every step.
/// - Returns: the state after the last step, and the results of the steps along a new first axis.
public func scan(
  _ body: (Tensor) -> (Tensor, Tensor), _ initial: Tensor, length: Int, reverse: Bool = false,
  checkpoint: LoopCheckpointing? = nil
) -> (state: Tensor, results: Tensor) {
  scanned({ (state: Tensor, _: [Tensor]) in body(state) }, initial, [], reverse, length, checkpoint)
}

/// A loop of a number of steps, with a state and results that are any ``TensorTree``.
@_disfavoredOverload
public func scan<State: TensorTree, Result: TensorTree>(
  _ body: (State) -> (State, Result), _ initial: State, length: Int, reverse: Bool = false,
  checkpoint: LoopCheckpointing? = nil
) -> (state: State, results: Result) {
  scanned({ (state: State, _: [Tensor]) in body(state) }, initial, [], reverse, length, checkpoint)
}

/// A loop over the first axis of tensors with a state alone: the steps have no results.
///
/// ```swift
/// scan({ (s: [Tensor], x: Tensor) in [s[0] + x, s[1] * x] }, [0, 1], over: [1, 2, 3]).state
/// ```
///
/// Write `[]` in place of a step's result. A state of several tensors is a list or a struct.
@_disfavoredOverload
public func scan<State: TensorTree, Element: TensorTree>(
  _ body: (State, Element) -> (State, [Tensor]), _ initial: State, over elements: Element, reverse: Bool = false,
  length: Int? = nil, checkpoint: LoopCheckpointing? = nil
) -> (state: State, results: [Tensor]) {
  scanned(body, initial, elements, reverse, length, checkpoint)
}

/// A loop of a number of steps with a state alone: write `[]` in place of a step's result.
@_disfavoredOverload
public func scan<State: TensorTree>(
  _ body: (State) -> (State, [Tensor]), _ initial: State, length: Int, reverse: Bool = false,
  checkpoint: LoopCheckpointing? = nil
) -> (state: State, results: [Tensor]) {
  scanned({ (state: State, _: [Tensor]) in body(state) }, initial, [], reverse, length, checkpoint)
}

private func scanned<State: TensorTree, Element: TensorTree, Result: TensorTree>(
  _ body: (State, Element) -> (State, Result), _ initial: State, _ elements: Element, _ reverse: Bool, _ length: Int?,
  _ checkpoint: LoopCheckpointing?
) -> (state: State, results: Result) {
  let tensors = elements.tensors
  func failed() -> (state: State, results: Result) {
    let (state, result) = body(initial.poisonedTree, elements.poisonedTree)
    return (state.poisonedTree, result.poisonedTree)
  }
  guard let steps = lengthOfScan(tensors, length) else { return failed() }
  var states = StateTensors(initial.tensors, "scan")
  let stateCount = states.tensors.count
  let slices = tensors.map { TensorType($0.dtype, Shape(Array($0.shape.dimensions.dropFirst()))) }
  var outcome: (state: State, result: Result)?
  func step(_ inputs: [Tensor]) -> (state: [Tensor], result: [Tensor])? {
    let state = initial.replacingTensors(with: inputs)
    let element = elements.replacingTensors(with: Array(inputs[stateCount...]))
    let (next, result) = body(state, element)
    outcome = (next, result)
    return haveSameStructure(initial, next, "scan") ? (next.tensors, result.tensors) : nil
  }
  states.adopt(slices) { step($0)?.state }
  let recorded = RecordedFunction.body("step", of: "scan", states.types + slices) { inputs in
    guard let (next, result) = step(inputs), let adopted = states.adopted(next) else { return [Tensor(.invalid)] }
    return adopted + result
  }
  guard let outcome else { return failed() }
  let invalid = (state: initial.poisonedTree, results: outcome.result.poisonedTree)
  guard let body = recorded?.hoisted(), states.matches(body.program.outputTypes) else { return invalid }
  let sweep = Sweep(
    Subprogram(body.program.withCapturesInFront(body.captures.count)), stateCount: stateCount,
    slicedCount: tensors.count, isDescending: reverse)
  let loop = Loop(length: steps, fixedCount: body.captures.count, sweeps: [sweep], checkpointing: checkpoint)
  let results = loop.bind(body.captures + states.tensors + tensors.map(\.settled))
  if results.contains(where: \.isInvalid) { return invalid }
  return (
    initial.replacingTensors(with: results),
    outcome.result.replacingTensors(with: Array(results[stateCount...]))
  )
}

/// The number of steps; `nil` when there is none, which has been reported.
private func lengthOfScan(_ elements: [Tensor], _ length: Int?) -> Int? {
  if elements.contains(where: \.isInvalid) {
    _ = poisoned("scan")
    return nil
  }
  if let length, length < 0 {
    report(TensorError(.value, "scan", "the length is \(length)", hint: "it must not be negative"))
    return nil
  }
  var steps = length
  for (index, element) in elements.enumerated() {
    guard let size = element.shape.dimensions.first else {
      report(
        TensorError(
          .shape, "scan", "tensor \(index) to go over is a scalar",
          hint: "give tensors with an axis to go over, or let the function capture what is the same in every step"))
      return nil
    }
    if let steps, steps != size {
      report(
        TensorError(
          .shape, "scan", "tensor \(index) has \(size) slices along its first axis, where \(steps) are expected",
          hint: "all tensors to go over, and length, must agree"))
      return nil
    }
    steps = size
  }
  if steps == nil {
    report(TensorError(.transform, "scan", "there is nothing to go over", hint: "give tensors, or a length"))
  }
  return steps
}
