import ControlPrimitives

/// A function over a whole batch: what the function does to one example, done to all of them at once.
///
/// ```swift
/// vmap { x in x.sum() }(Tensor([[1, 2], [3, 4]]))   // [3, 7]
/// ```
///
/// The function sees one example, without the batch axis. It is traced once, so that it cannot read an example's value
/// in Swift (`if Bool(x > 0)`); use `where`. Tensors that it captures are shared by all examples.
///
/// - Parameters:
///   - function: a function of one example.
///   - axis: the batch axis of the argument; negative counts from the end.
///   - resultAxis: where the batch axis is put in the result.
///   - strategy: how the examples go through `cond` and `whileLoop`.
public func vmap(
  _ function: @escaping (Tensor) -> Tensor, axis: Int = 0, resultAxis: Int = 0, strategy: VMapStrategy = .select
) -> (Tensor) -> Tensor {
  { x in mapped(over: [BatchedArgument(x, axis)], resultAxis, strategy) { function($0[0]) } ?? Tensor(.invalid) }
}

/// How the examples of a batch go through control flow that is not the same for all of them.
public enum VMapStrategy: Sendable {
  /// All examples at once: of `cond` all branches run for all of them, and for each its own is chosen; a `whileLoop` runs
  /// until the last one has ended, while those that have ended are frozen.
  case select
  /// One example after the other, as by ``map(_:over:chunk:)``: each takes its own branches and its own number of steps.
  case sequential
}

/// A function of any ``TensorTree`` over a batch; all of the argument's tensors have the batch axis at the same place.
@_disfavoredOverload
public func vmap<Argument: TensorTree, Result: TensorTree>(
  _ function: @escaping (Argument) -> Result, axis: Int = 0, resultAxis: Int = 0, strategy: VMapStrategy = .select
) -> (Argument) -> Result {
  { x in
    mapped(over: x.tensors.map { BatchedArgument($0, axis) }, resultAxis, strategy) {
      function(x.replacingTensors(with: $0))
    }
      ?? function(x.invalidated)
  }
}

/// A function of two arguments over a batch.
///
/// - Parameter axes: the batch axis of each argument; `nil` for an argument that all examples share. Empty means axis 0
///   of all arguments.
public func vmap<First: TensorTree, Second: TensorTree, Result: TensorTree>(
  _ function: @escaping (First, Second) -> Result, axes: [Int?] = [], resultAxis: Int = 0,
  strategy: VMapStrategy = .select
) -> (First, Second) -> Result {
  { x, y in mappedArguments(function, axes, resultAxis, strategy, x, y) }
}

/// A function of three or more arguments over a batch.
///
/// - Parameter axes: the batch axis of each argument, in order; `nil` for an argument that all examples share. Empty
///   means axis 0 of all arguments.
@_disfavoredOverload
public func vmap<
  First: TensorTree, Second: TensorTree, Third: TensorTree, each Rest: TensorTree, Result: TensorTree
>(
  _ function: @escaping (First, Second, Third, repeat each Rest) -> Result, axes: [Int?] = [], resultAxis: Int = 0,
  strategy: VMapStrategy = .select
) -> (First, Second, Third, repeat each Rest) -> Result {
  { (x: First, y: Second, z: Third, rest: repeat each Rest) in
    mappedArguments(function, axes, resultAxis, strategy, x, y, z, repeat each rest)
  }
}

func mappedArguments<each Argument: TensorTree, Result: TensorTree>(
  _ function: (repeat each Argument) -> Result, _ axes: [Int?], _ resultAxis: Int, _ strategy: VMapStrategy,
  _ arguments: repeat each Argument
) -> Result {
  var batched: [BatchedArgument] = []
  var position = 0
  for argument in repeat each arguments {
    let axis = position < axes.count ? axes[position] : (axes.isEmpty ? 0 : nil)
    batched += argument.tensors.map { BatchedArgument($0, axis) }
    position += 1
  }
  if !axes.isEmpty && axes.count != position {
    report(TensorError(.transform, "vmap", "\(axes.count) axes are given for \(position) arguments"))
    return function(repeat (each arguments).invalidated)
  }
  let result = mapped(over: batched, resultAxis, strategy) { examples in
    var rest = examples[...]
    return function(repeat taking(each arguments, &rest))
  }
  return result ?? function(repeat (each arguments).invalidated)
}

/// A tensor of an argument and its batch axis, `nil` when it has none.
struct BatchedArgument {
  var tensor: Tensor
  var axis: Int?

  init(_ tensor: Tensor, _ axis: Int?) {
    self.tensor = tensor
    self.axis = axis
  }
}

/// Runs a function of one example over a batch. `nil` when the arguments do not fit; the error has been reported.
func mapped<Result: TensorTree>(
  over arguments: [BatchedArgument], _ resultAxis: Int, _ strategy: VMapStrategy = .select,
  _ function: ([Tensor]) -> Result
) -> Result? {
  guard let (size, batches) = batchesInFront(arguments) else { return nil }
  let result = strategy == .select ? atOnce(batches, size, function) : oneByOne(batches, size, function)
  if resultAxis == 0 { return result }
  return result.mapTensors { batch in
    if batch.isInvalid { return batch }
    let rank = batch.rank
    let destination = resultAxis < 0 ? resultAxis + rank : resultAxis
    guard (0..<rank).contains(destination) else {
      return invalidTensor(
        TensorError(.index, "vmap", "result axis \(resultAxis) is not an axis of the batched result of rank \(rank)"))
    }
    return batch.movingAxis(0, to: destination)
  }
}

/// An argument with its batch axis in front, if it has one.
private typealias Batch = (tensor: Tensor, isBatched: Bool)

private func atOnce<Result: TensorTree>(_ batches: [Batch], _ size: Int, _ function: ([Tensor]) -> Result) -> Result {
  let state = ThreadState.current
  let trace = Trace.begin(state, .abstract(unreadable: .readUnderVMap, outside: .unchanged))
  let examples = batches.map { tensor, isBatched in
    let type = tensor.type
    return trace.input(isBatched ? TensorType(type.dtype, type.shape.removing([0])) : type)
  }
  let result = function(examples)
  result.checkCompleteness()
  let usedKeys = KeyLedger.usedInputs(examples)
  trace.end(state)
  KeyLedger.note(usedKeys.map { batches[$0].tensor }, of: "vmap")
  let interpreter = BatchInterpreter(
    running: trace.tape.equations, trace.tape.operandTable, places: trace.tape.places, size: size,
    values: trace.tape.values,
    inputs: 0..<batches.count, arguments: batches.map(\.tensor), argumentsAreBatched: batches.map(\.isBatched))
  return result.mapTensors { tensor in
    if tensor.isInvalid { return tensor }
    if let variable = trace.ownVariable(of: tensor) { return interpreter.batchedValue(variable) }
    return tensor.settled.repeatedAlongNewAxis(size)
  }
}

private func oneByOne<Result: TensorTree>(_ batches: [Batch], _ size: Int, _ function: ([Tensor]) -> Result) -> Result {
  let batched = batches.filter(\.isBatched).map(\.tensor)
  let step = { (state: [Tensor], examples: [Tensor]) -> ([Tensor], Result) in
    var next = examples[...]
    return (state, function(batches.map { $0.isBatched ? next.removeFirst() : $0.tensor }))
  }
  return scan(step, [], over: batched, length: size).results
}

/// The batch size and the tensors with their batch axis in front.
private func batchesInFront(
  _ arguments: [BatchedArgument]
) -> (size: Int, batches: [Batch])? {
  var size: Int?
  var batches: [Batch] = []
  for (index, argument) in arguments.enumerated() {
    if argument.tensor.isInvalid {
      _ = poisoned("vmap")
      return nil
    }
    guard let axis = argument.axis else {
      batches.append((argument.tensor.settled, false))
      continue
    }
    let shape = argument.tensor.shape
    let position = axis < 0 ? axis + shape.rank : axis
    guard (0..<shape.rank).contains(position) else {
      report(
        TensorError(
          .index, "vmap", "argument tensor \(index) of shape \(shape) has no axis \(axis) to map over",
          hint: shape.isScalar
            ? "a scalar cannot be mapped over; pass it with axes: [..., nil], or capture it in the closure"
            : "axes go from 0 to \(shape.rank - 1)"))
      return nil
    }
    if let size, shape[position] != size {
      report(
        TensorError(
          .shape, "vmap",
          "argument tensor \(index) of shape \(shape) has size \(shape[position]) along axis \(axis), "
            + "where the first has \(size)", hint: "all batch axes must have one size"))
      return nil
    }
    size = shape[position]
    batches.append((argument.tensor.settled.movingAxis(position, to: 0), true))
  }
  guard let size else {
    report(
      TensorError(
        .transform, "vmap", "no argument has a batch axis",
        hint: "give at least one tensor, and one axis that is not nil"))
    return nil
  }
  return (size, batches)
}

extension TensorError {
  /// The error for reading an example's value.
  static let readUnderVMap = TensorError(
    .tracing, "vmap", "the function reads the value of a tensor that stands for all examples of the batch",
    hint: "choose with where(condition, a, b) instead of if, and keep numbers as tensors instead of Double(x)")
}
