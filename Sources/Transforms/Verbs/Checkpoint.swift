import ControlPrimitives

/// The same function, which keeps less for reverse mode: what it needs is computed again from the arguments when the
/// derivative runs. Memory is exchanged for time, at most one more run of the function.
///
/// ```swift
/// let block = checkpoint { x in sin(matmul(weights, sin(x))) }
/// let loss = checkpoint(model, keeping: .matrixProducts)
/// ```
///
/// Values and derivatives are those of the function, in every mode and order; it may use tensors from outside, and `if`
/// and `while` on known values. In programs it is one equation. ``residuals(of:at:isLocating:)`` shows what is kept.
///
/// - Parameters:
///   - function: the function.
///   - policy: what is kept besides the arguments.
public func checkpoint(
  _ function: @escaping (Tensor) -> Tensor, keeping policy: CheckpointPolicy = .nothing
) -> (Tensor) -> Tensor {
  { checkpointed(function, policy, $0) }
}

/// A function of any ``TensorTree`` that keeps less for reverse mode.
@_disfavoredOverload
public func checkpoint<Argument: TensorTree, Result: TensorTree>(
  _ function: @escaping (Argument) -> Result, keeping policy: CheckpointPolicy = .nothing
) -> (Argument) -> Result {
  { checkpointed(function, policy, $0) }
}

/// A function of several arguments that keeps less for reverse mode.
@_disfavoredOverload
public func checkpoint<First: TensorTree, Second: TensorTree, each Rest: TensorTree, Result: TensorTree>(
  _ function: @escaping (First, Second, repeat each Rest) -> Result, keeping policy: CheckpointPolicy = .nothing
) -> (First, Second, repeat each Rest) -> Result {
  { (x: First, y: Second, rest: repeat each Rest) in
    var tensors = x.tensors + y.tensors
    for tree in repeat each rest { tensors += tree.tensors }
    return checkpointed(
      { (all: [Tensor]) in
        var left = all[...]
        return function(taking(x, &left), taking(y, &left), repeat taking(each rest, &left))
      }, policy, tensors)
  }
}

private func checkpointed<Argument: TensorTree, Result: TensorTree>(
  _ function: (Argument) -> Result, _ policy: CheckpointPolicy, _ argument: Argument
) -> Result {
  let tensors = argument.tensors
  // Without a trace nothing is recorded; with an invalid operand nothing can be.
  if ThreadState.current.traces.isEmpty || tensors.contains(where: \.isInvalid) { return function(argument) }
  // Literals stay what they are: inside the function they adopt the element type that they meet.
  let operands = tensors.filter { !$0.isLiteral }
  var result: Result?
  let recorded = RecordedFunction(
    "checkpoint", operands.map { .tensor($0) }, .partial(unreadable: .unknown(among: operands))
  ) {
    inputs in
    var rest = inputs[...]
    let found = function(argument.mapTensors { $0.isLiteral ? $0 : rest.popFirst() ?? Tensor(.invalid) })
    result = found
    return found.tensors.filter { !$0.isLiteral }
  }
  func failed() -> Result { (result ?? function(argument.invalidated)).invalidated }
  guard let recorded, let result else { return failed() }
  let call = Checkpoint(Subprogram(recorded.program), policy)
  let results = call.bind(operands + recorded.captures, known: recorded.known)
  guard results.count == recorded.program.outputs.count else { return failed() }
  var rest = results[...]
  return result.mapTensors { $0.isLiteral ? $0 : rest.popFirst() ?? Tensor(.invalid) }
}

extension TensorError {
  /// Why a value that depends on some tensors cannot be read: the error of the first whose value cannot.
  static func unknown(among operands: [Tensor]) -> TensorError {
    for operand in operands {
      if let error = operand.readingError { return error }
    }
    return TensorError(.tracing, "reading", "the function reads the value of a tensor that has none")
  }
}
