import ControlPrimitives

/// The gradient of a function with one real number as its result.
///
/// ```swift
/// let x: Tensor = [2, 5]
/// grad { x in log(x[0]) + x[0] * x[1] - sin(x[1]) }(x)   // [5.5, 1.7163378145367738]
/// ```
///
/// - Returns: a function from the argument to the gradient, which has the argument's structure and shapes. For complex
///   arguments it is the direction of steepest ascent: the derivative by the real part plus i times the derivative by
///   the imaginary part.
public func grad(_ function: @escaping (Tensor) -> Tensor) -> (Tensor) -> Tensor {
  { x in gradient("grad", function, at: x).gradient }
}

/// The gradient of a function of any ``TensorTree``.
@_disfavoredOverload
public func grad<Argument: TensorTree>(
  _ function: @escaping (Argument) -> Tensor
) -> (Argument) -> Argument {
  { x in gradient("grad", function, at: x).gradient }
}

/// The gradient with respect to the first of two arguments.
public func grad<Argument: TensorTree, Second>(
  _ function: @escaping (Argument, Second) -> Tensor
) -> (Argument, Second) -> Argument {
  { x, y in gradient("grad", { function($0, y) }, at: x).gradient }
}

/// The gradient with respect to the first of three or more arguments.
@_disfavoredOverload
public func grad<Argument: TensorTree, Second, Third, each Rest>(
  _ function: @escaping (Argument, Second, Third, repeat each Rest) -> Tensor
) -> (Argument, Second, Third, repeat each Rest) -> Argument {
  { (x: Argument, y: Second, z: Third, rest: repeat each Rest) in
    gradient("grad", { function($0, y, z, repeat each rest) }, at: x).gradient
  }
}

/// The value and the gradient of a function, from one run.
func gradient<Argument: TensorTree>(
  _ operation: String, _ function: (Argument) -> Tensor, at point: Argument
) -> (value: Tensor, gradient: Argument) {
  let recording = record(function, at: point)
  let value = recording.value
  guard let gradient = gradient(operation, recording.tape, recording.outputs[0], value: value, at: point) else {
    return (Tensor(.invalid), point.invalidated)
  }
  ThreadState.current.recycle(recording.tape)
  return (value, gradient)
}

/// The gradient of a variable of a tape. `nil` when it does not exist; the error has been reported.
func gradient<Argument: TensorTree>(
  _ operation: String, _ tape: Tape, _ output: Int32?, value: Tensor, at point: Argument
) -> Argument? {
  guard checkScalar(value, operation), checkDifferentiable(point, operation) else { return nil }
  guard let output else {
    if !tape.readings.isEmpty { DroppedDerivative.warn(operation, LinearTape(linearizing: tape)) }
    return filled([], like: point)
  }
  let linear = LinearTape(linearizing: tape)
  if !tape.readings.isEmpty, !linear.isActive(output) { DroppedDerivative.warn(operation, linear) }
  return filled(linear.transposed(seeds: [(output, one(value.dtype))]), like: point)
}

/// Checks that a function's result is one real number.
private func checkScalar(_ value: Tensor, _ operation: String) -> Bool {
  if value.isInvalid {
    _ = poisoned(operation)
    return false
  }
  let type = value.type
  if type.shape.isScalar && type.dtype.isReal { return true }
  let problem: TensorError
  if !type.shape.isScalar {
    problem = TensorError(
      .transform, operation, "the function's result has type \(type); a gradient exists for a single number only",
      hint: "reduce the result (for example .sum()), or use jacobian(f), or vjp(f, at: x) with a cotangent")
  } else if type.dtype.isComplex {
    problem = TensorError(
      .transform, operation, "the function's result is complex (\(type)); a gradient needs a real number",
      hint: "take a real part, or use vjp(f, at: x) with a cotangent")
  } else {
    problem = TensorError(
      .dtype, operation, "the function's result is \(type); integers and booleans have no derivative",
      hint: "convert the result with .asType(.float64)")
  }
  report(problem)
  return false
}

/// Checks that all tensors of an argument can have a derivative.
func checkDifferentiable(_ tree: some TensorTree, _ operation: String) -> Bool {
  var wrong: TensorType?
  var isInvalid = false
  var copy = tree
  copy.forEachTensor { tensor in
    if tensor.isInvalid { isInvalid = true }
    if !tensor.isInvalid && !tensor.dtype.isDifferentiable { wrong = wrong ?? tensor.type }
  }
  if isInvalid {
    _ = poisoned(operation)
    return false
  }
  guard let wrong else { return true }
  report(
    TensorError(
      .dtype, operation, "the argument has a tensor of type \(wrong); integers and booleans have no derivative",
      hint: "convert it (x.asType(.float64)), or let the closure capture it instead of taking it as an argument"))
  return false
}

/// The number 1 of an element type.
func one(_ dtype: DType) -> Tensor {
  dtype == .float64
    ? Tensor(1.0)
    : reporting { () throws(TensorError) in
      Tensor(try HostTensor(TensorType(dtype, .scalar), filledWith: 1))
    }
}

/// Cotangents in the structure of a tree, zeros where there is none.
func filled<Tree: TensorTree>(_ tensors: [Tensor?], like tree: Tree) -> Tree {
  var index = 0
  return tree.mapTensors { original in
    defer { index += 1 }
    if index < tensors.count, let tensor = tensors[index] { return tensor }
    return zeros(original.type, beside: original)
  }
}
