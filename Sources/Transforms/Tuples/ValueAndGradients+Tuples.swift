import ControlPrimitives
import Engines

// Transforms of `valueAndGradients(f)`, whose result is a value and a tuple of gradients.

/// A compiled function to a tree and two further trees, such as `valueAndGradients(f)`.
@_disfavoredOverload
public func jit<First: TensorTree, Second: TensorTree, Value: TensorTree, R1: TensorTree, R2: TensorTree>(
  _ function: @escaping (First, Second) -> (Value, (R1, R2)), guards: JITGuards = .allowed,
  engine: (any Engine)? = nil, statistics: JITStatistics? = nil
) -> (First, Second) -> (value: Value, gradients: (R1, R2)) {
  let compiled = JITFunction<TreeTuple<Value, R1, R2>>(guards, engine, statistics)
  let function = flattened(function)
  return { x, y in
    let (value, first, second) = compiled.applyAll(function, x, y).elements
    return (value, (first, second))
  }
}

/// A compiled function to a tree and three further trees, such as `valueAndGradients(f)` for a function of three arguments.
@_disfavoredOverload
public func jit<
  First: TensorTree, Second: TensorTree, Third: TensorTree, Value: TensorTree, R1: TensorTree, R2: TensorTree,
  R3: TensorTree
>(
  _ function: @escaping (First, Second, Third) -> (Value, (R1, R2, R3)), guards: JITGuards = .allowed,
  engine: (any Engine)? = nil, statistics: JITStatistics? = nil
) -> (First, Second, Third) -> (value: Value, gradients: (R1, R2, R3)) {
  let compiled = JITFunction<TreeTuple<Value, R1, R2, R3>>(guards, engine, statistics)
  let function = flattened(function)
  return { x, y, z in
    let (value, first, second, third) = compiled.applyAll(function, x, y, z).elements
    return (value, (first, second, third))
  }
}

/// A function to a tree and two further trees, such as `valueAndGradients(f)`, over a batch.
///
/// - Parameter axes: the batch axis of each argument, in order; `nil` for an argument that all examples share. Empty
///   means axis 0 of all arguments.
@_disfavoredOverload
public func vmap<First: TensorTree, Second: TensorTree, Value: TensorTree, R1: TensorTree, R2: TensorTree>(
  _ function: @escaping (First, Second) -> (Value, (R1, R2)), axes: [Int?] = [], resultAxis: Int = 0,
  strategy: VMapStrategy = .select
) -> (First, Second) -> (value: Value, gradients: (R1, R2)) {
  let mapped = vmap(flattened(function), axes: axes, resultAxis: resultAxis, strategy: strategy)
  return { x, y in
    let (value, first, second) = mapped(x, y).elements
    return (value, (first, second))
  }
}

/// A function to a tree and three further trees, such as `valueAndGradients(f)` for a function of three arguments, over a batch.
///
/// - Parameter axes: the batch axis of each argument, in order; `nil` for an argument that all examples share. Empty
///   means axis 0 of all arguments.
@_disfavoredOverload
public func vmap<
  First: TensorTree, Second: TensorTree, Third: TensorTree, Value: TensorTree, R1: TensorTree, R2: TensorTree,
  R3: TensorTree
>(
  _ function: @escaping (First, Second, Third) -> (Value, (R1, R2, R3)), axes: [Int?] = [], resultAxis: Int = 0,
  strategy: VMapStrategy = .select
) -> (First, Second, Third) -> (value: Value, gradients: (R1, R2, R3)) {
  let mapped = vmap(flattened(function), axes: axes, resultAxis: resultAxis, strategy: strategy)
  return { x, y, z in
    let (value, first, second, third) = mapped(x, y, z).elements
    return (value, (first, second, third))
  }
}

private func flattened<First, Second, Value: TensorTree, R1: TensorTree, R2: TensorTree>(
  _ function: @escaping (First, Second) -> (Value, (R1, R2))
) -> (First, Second) -> TreeTuple<Value, R1, R2> {
  { x, y in
    let (value, parts) = function(x, y)
    return TreeTuple(value, parts.0, parts.1)
  }
}

private func flattened<First, Second, Third, Value: TensorTree, R1: TensorTree, R2: TensorTree, R3: TensorTree>(
  _ function: @escaping (First, Second, Third) -> (Value, (R1, R2, R3))
) -> (First, Second, Third) -> TreeTuple<Value, R1, R2, R3> {
  { x, y, z in
    let (value, parts) = function(x, y, z)
    return TreeTuple(value, parts.0, parts.1, parts.2)
  }
}
