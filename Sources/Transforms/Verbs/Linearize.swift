import ControlPrimitives

/// The value of a function and its derivative as a linear function, which can be used any number of times without
/// running the function again.
///
/// - Returns: the value, and the function from a tangent of the argument to the tangent of the result.
public func linearize(
  _ function: (Tensor) -> Tensor, at point: Tensor
) -> (value: Tensor, differential: (Tensor) -> Tensor) {
  linearization("linearize", function, at: point)
}

/// The value of a function of any ``TensorTree`` and its derivative as a linear function.
@_disfavoredOverload
public func linearize<Argument: TensorTree, Result: TensorTree>(
  _ function: (Argument) -> Result, at point: Argument
) -> (value: Result, differential: (Argument) -> Result) {
  linearization("linearize", function, at: point)
}

/// The value of a function of several arguments and its derivative with respect to the first one as a linear function.
@_disfavoredOverload
public func linearize<Argument: TensorTree, Result: TensorTree, each Rest>(
  _ function: (Argument, repeat each Rest) -> Result, at point: Argument, _ rest: repeat each Rest
) -> (value: Result, differential: (Argument) -> Result) {
  linearization("linearize", { function($0, repeat each rest) }, at: point)
}

func linearization<Argument: TensorTree, Result: TensorTree>(
  _ operation: String, _ function: (Argument) -> Result, at point: Argument
) -> (value: Result, differential: (Argument) -> Result) {
  guard checkDifferentiable(point, operation) else {
    let value = function(point.invalidated).invalidated
    return (value, { _ in value })
  }
  let recording = record(function, at: point)
  if recording.value.isPoisoned(operation) {
    let value = recording.value.invalidated
    return (value, { _ in value })
  }
  let linear = LinearTape(linearizing: recording.tape)
  let value = recording.value
  let types = point.tensors.map(\.type)
  return (
    value,
    { tangent in
      guard let tangents = matchingTensors(tangent, to: point, types: types, operation, "tangent") else {
        return value.invalidated
      }
      let results = linear.applied(to: tangents, outputs: recording.outputs)
      return filledTangents(results, like: value, beside: tangents)
    }
  )
}

/// Tangents in the structure of a result; zeros where there is none, also for integers and booleans.
private func filledTangents<Tree: TensorTree>(_ tangents: [Tensor?], like tree: Tree, beside: [Tensor]) -> Tree {
  var index = 0
  return tree.mapTensors { value in
    defer { index += 1 }
    return tangents[index] ?? zeros(value.type, beside: beside.first ?? value)
  }
}
