import ControlPrimitives

/// The value of a function and its directional derivative: the Jacobian times a tangent, in one forward sweep.
///
/// - Parameters:
///   - function: any function of tensors.
///   - point: where it is evaluated.
///   - tangent: the direction, with the structure, shapes and element types of the point.
/// - Returns: the value, and the tangent of the result.
public func jvp(
  _ function: (Tensor) -> Tensor, at point: Tensor, along tangent: Tensor
) -> (value: Tensor, tangent: Tensor) {
  pushforward("jvp", function, at: point, along: tangent)
}

/// The value of a function of any ``TensorTree`` and its directional derivative.
@_disfavoredOverload
public func jvp<Argument: TensorTree, Result: TensorTree>(
  _ function: (Argument) -> Result, at point: Argument, along tangent: Argument
) -> (value: Result, tangent: Result) {
  pushforward("jvp", function, at: point, along: tangent)
}

/// The value of a function of several arguments and its derivative along a direction of the first one.
@_disfavoredOverload
public func jvp<Argument: TensorTree, Result: TensorTree, each Rest>(
  _ function: (Argument, repeat each Rest) -> Result, at point: Argument, _ rest: repeat each Rest,
  along tangent: Argument
) -> (value: Result, tangent: Result) {
  pushforward("jvp", { function($0, repeat each rest) }, at: point, along: tangent)
}

func pushforward<Argument: TensorTree, Result: TensorTree>(
  _ operation: String, _ function: (Argument) -> Result, at point: Argument, along tangent: Argument
) -> (value: Result, tangent: Result) {
  let (value, differential) = linearization(operation, function, at: point)
  return (value, differential(tangent))
}
