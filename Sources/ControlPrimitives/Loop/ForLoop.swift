import Linearization

/// A loop over the integers from a first one up to, but not including, a last one.
///
/// ```swift
/// forLoop(from: 0, to: 10, x) { i, y in y * x + i.asType(.float64) }
/// ```
///
/// The function is recorded once, on types; see ``scan(_:_:over:reverse:length:checkpoint:)``.
///
/// - Parameters:
///   - first: the first index.
///   - last: the index after the last one; where it is not larger than `first` there are no steps.
///   - initial: the state before the first step.
///   - checkpoint: what is kept for reverse mode; `nil` keeps what the derivative needs of every step.
///   - body: from the index, an int64 scalar, and the state to the next state.
/// - Returns: the state after the last step.
public func forLoop(
  from first: Int, to last: Int, _ initial: Tensor, checkpoint: LoopCheckpointing? = nil,
  _ body: (Tensor, Tensor) -> Tensor
) -> Tensor {
  countedFrom(first, last, initial, checkpoint, body)
}

/// A loop over integers with a state that is any ``TensorTree``.
@_disfavoredOverload
public func forLoop<State: TensorTree>(
  from first: Int, to last: Int, _ initial: State, checkpoint: LoopCheckpointing? = nil,
  _ body: (Tensor, State) -> State
) -> State {
  countedFrom(first, last, initial, checkpoint, body)
}

/// A loop over integers whose bounds are known at run time.
///
/// - Parameters:
///   - first: the first index, an integer scalar.
///   - last: the index after the last one, an integer scalar; where it is not larger than `first` there are no steps.
///   - initial: the state before the first step.
///   - checkpoint: what is kept for reverse mode, which runs the steps once more; `nil` then keeps all of them.
///   - body: from the index, an int64 scalar, and the state to the next state.
/// - Returns: the state after the last step.
public func forLoop(
  from first: Tensor, to last: Tensor, _ initial: Tensor, checkpoint: LoopCheckpointing? = nil,
  _ body: (Tensor, Tensor) -> Tensor
) -> Tensor {
  countedFrom(first, last, initial, checkpoint, body)
}

/// A loop over integers whose bounds are known at run time, with a state that is any ``TensorTree``.
@_disfavoredOverload
public func forLoop<State: TensorTree>(
  from first: Tensor, to last: Tensor, _ initial: State, checkpoint: LoopCheckpointing? = nil,
  _ body: (Tensor, State) -> State
) -> State {
  countedFrom(first, last, initial, checkpoint, body)
}

private func countedFrom<State: TensorTree>(
  _ first: Int, _ last: Int, _ initial: State, _ checkpoint: LoopCheckpointing?, _ body: (Tensor, State) -> State
) -> State {
  let (length, overflow) = last.subtractingReportingOverflow(first)
  if overflow && last > first {
    report(TensorError(.value, "forLoop", "from \(first) to \(last) is more than an integer can count"))
    return initial.poisonedTree
  }
  return counted(Tensor(Int64(first)), length: overflow ? 0 : max(0, length), [], initial, checkpoint, body)
}

private func countedFrom<State: TensorTree>(
  _ first: Tensor, _ last: Tensor, _ initial: State, _ checkpoint: LoopCheckpointing?,
  _ body: (Tensor, State) -> State
) -> State {
  guard let from = loopBound(first), let to = loopBound(last) else { return initial.poisonedTree }
  // A difference beyond integers is negative, which the loop reports.
  let length = Tensor.where(to .> from, to - from, Tensor(Int64(0)))
  return counted(from, length: nil, [length], initial, checkpoint, body)
}

private func loopBound(_ bound: Tensor) -> Tensor? {
  if bound.isInvalid {
    _ = poisoned("forLoop")
    return nil
  }
  let type = bound.type
  if type.shape.isScalar && (bound.isLiteral || type.dtype == .int64 || type.dtype == .int32) {
    return bound.asType(.int64)
  }
  report(
    TensorError(
      type.shape.isScalar ? .dtype : .shape, "forLoop", "a bound has type \(type); it must be one integer",
      hint: "convert it with .asType(.int64)"))
  return nil
}

private func counted<State: TensorTree>(
  _ first: Tensor, length: Int?, _ lengthOperand: [Tensor], _ initial: State, _ checkpoint: LoopCheckpointing?,
  _ body: (Tensor, State) -> State
) -> State {
  if initial.tensors.contains(where: \.isInvalid) {
    _ = poisoned("forLoop")
    return initial.poisonedTree
  }
  var states = StateTensors(initial.tensors, "forLoop")
  func step(_ inputs: [Tensor]) -> [Tensor]? {
    let next = body(inputs[inputs.count - 1], initial.replacingTensors(with: inputs))
    return haveSameStructure(initial, next, "forLoop") ? next.tensors : nil
  }
  let index = TensorType(.int64, .scalar)
  states.adopt([index], step)
  let recorded = RecordedFunction.body("step", of: "forLoop", states.types + [index]) { inputs in
    guard let next = step(inputs), let adopted = states.adopted(next) else { return [Tensor(.invalid)] }
    return adopted + [inputs[inputs.count - 1] + Tensor(Int64(1))]
  }
  guard let body = recorded?.hoisted(), states.matches(body.program.outputTypes) else { return initial.poisonedTree }
  let sweep = Sweep(
    Subprogram(body.program.withCapturesInFront(body.captures.count)), stateCount: states.tensors.count + 1,
    slicedCount: 0)
  let loop = Loop(length: length, fixedCount: body.captures.count, sweeps: [sweep], checkpointing: checkpoint)
  let results = loop.bind(lengthOperand + body.captures + states.tensors + [first])
  return results.contains(where: \.isInvalid) ? initial.poisonedTree : initial.replacingTensors(with: results)
}
