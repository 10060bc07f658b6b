import ControlPrimitives

/// The value of a function and its pullback: the function from a cotangent of the result to the cotangent of the
/// argument, which is the transposed Jacobian times the cotangent, in one reverse sweep.
///
/// - Returns: the value, and the pullback, which can be used any number of times. For complex numbers it is the adjoint
///   with respect to the real inner product Re(conj(a)·b).
public func vjp(
  _ function: (Tensor) -> Tensor, at point: Tensor
) -> (value: Tensor, pullback: (Tensor) -> Tensor) {
  pullback("vjp", function, at: point)
}

/// The value of a function of any ``TensorTree`` and its pullback.
@_disfavoredOverload
public func vjp<Argument: TensorTree, Result: TensorTree>(
  _ function: (Argument) -> Result, at point: Argument
) -> (value: Result, pullback: (Result) -> Argument) {
  pullback("vjp", function, at: point)
}

/// The value of a function of several arguments and its pullback to the first one.
@_disfavoredOverload
public func vjp<Argument: TensorTree, Result: TensorTree, each Rest>(
  _ function: (Argument, repeat each Rest) -> Result, at point: Argument, _ rest: repeat each Rest
) -> (value: Result, pullback: (Result) -> Argument) {
  pullback("vjp", { function($0, repeat each rest) }, at: point)
}

func pullback<Argument: TensorTree, Result: TensorTree>(
  _ operation: String, _ function: (Argument) -> Result, at point: Argument
) -> (value: Result, pullback: (Result) -> Argument) {
  guard checkDifferentiable(point, operation) else {
    return (function(point.invalidated).invalidated, { _ in point.invalidated })
  }
  let recording = record(function, at: point)
  if recording.value.isPoisoned(operation) { return (recording.value.invalidated, { _ in point.invalidated }) }
  let linear = LinearTape(linearizing: recording.tape)
  let value = recording.value
  let types = value.tensors.map(\.type)
  return (
    value,
    { cotangent in
      guard let cts = matchingTensors(cotangent, to: value, types: types, operation, "cotangent") else {
        return point.invalidated
      }
      let seeds = zip(recording.outputs, cts).compactMap { variable, ct in variable.map { ($0, ct) } }
      return filled(linear.transposed(seeds: seeds), like: point)
    }
  )
}
