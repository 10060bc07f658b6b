import ControlPrimitives

/// The value of a function with one real number as its result, together with its gradient, from one run.
public func valueAndGrad(
  _ function: @escaping (Tensor) -> Tensor
) -> (Tensor) -> (value: Tensor, gradient: Tensor) {
  { x in gradient("valueAndGrad", function, at: x) }
}

/// The value and the gradient of a function of any ``TensorTree``.
@_disfavoredOverload
public func valueAndGrad<Argument: TensorTree>(
  _ function: @escaping (Argument) -> Tensor
) -> (Argument) -> (value: Tensor, gradient: Argument) {
  { x in gradient("valueAndGrad", function, at: x) }
}

/// The value, and the gradient with respect to the first of two arguments.
public func valueAndGrad<Argument: TensorTree, Second>(
  _ function: @escaping (Argument, Second) -> Tensor
) -> (Argument, Second) -> (value: Tensor, gradient: Argument) {
  { x, y in gradient("valueAndGrad", { function($0, y) }, at: x) }
}

/// The value, and the gradient with respect to the first of three or more arguments.
@_disfavoredOverload
public func valueAndGrad<Argument: TensorTree, Second, Third, each Rest>(
  _ function: @escaping (Argument, Second, Third, repeat each Rest) -> Tensor
) -> (Argument, Second, Third, repeat each Rest) -> (value: Tensor, gradient: Argument) {
  { (x: Argument, y: Second, z: Third, rest: repeat each Rest) in
    gradient("valueAndGrad", { function($0, y, z, repeat each rest) }, at: x)
  }
}

/// The value and the gradient of a function that also returns something else, such as predictions or statistics.
///
/// - Returns: a function to the value, the auxiliary result, which may be any ``TensorTree``, and the gradient.
public func valueAndGrad<Argument: TensorTree, Auxiliary: TensorTree>(
  withAuxiliary function: @escaping (Argument) -> (Tensor, Auxiliary)
) -> (Argument) -> (value: Tensor, auxiliary: Auxiliary, gradient: Argument) {
  { x in gradient("valueAndGrad", function, at: x) }
}

/// The value, an auxiliary result, and the gradient with respect to the first of several arguments.
@_disfavoredOverload
public func valueAndGrad<Argument: TensorTree, Auxiliary: TensorTree, Second, each Rest>(
  withAuxiliary function: @escaping (Argument, Second, repeat each Rest) -> (Tensor, Auxiliary)
) -> (Argument, Second, repeat each Rest) -> (value: Tensor, auxiliary: Auxiliary, gradient: Argument) {
  { (x: Argument, y: Second, rest: repeat each Rest) in
    gradient("valueAndGrad", { function($0, y, repeat each rest) }, at: x)
  }
}

/// A function's value and what else it returns, as one tree.
private struct WithAuxiliary<Auxiliary: TensorTree>: TensorTree {
  var value: Tensor
  var auxiliary: Auxiliary

  mutating func forEachTensor(_ body: (inout Tensor) -> Void) {
    body(&value)
    auxiliary.forEachTensor(body)
  }
}

private func gradient<Argument: TensorTree, Auxiliary: TensorTree>(
  _ operation: String, _ function: (Argument) -> (Tensor, Auxiliary), at point: Argument
) -> (value: Tensor, auxiliary: Auxiliary, gradient: Argument) {
  let recording = record(
    { x in
      let (value, auxiliary) = function(x)
      return WithAuxiliary(value: value, auxiliary: auxiliary)
    }, at: point)
  let result = recording.value
  guard let gradient = gradient(operation, recording.tape, recording.outputs[0], value: result.value, at: point) else {
    return (Tensor(.invalid), result.auxiliary.invalidated, point.invalidated)
  }
  return (result.value, result.auxiliary, gradient)
}
