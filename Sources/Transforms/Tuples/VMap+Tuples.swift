import ControlPrimitives

/// A function to two trees, such as `valueAndGrad(f)`, over a batch; all of the argument's tensors have the batch axis at
/// the same place.
@_disfavoredOverload
public func vmap<Argument: TensorTree, R1: TensorTree, R2: TensorTree>(
  _ function: @escaping (Argument) -> (R1, R2), axis: Int = 0, resultAxis: Int = 0, strategy: VMapStrategy = .select
) -> (Argument) -> (R1, R2) {
  let mapped = vmap(tree(function), axis: axis, resultAxis: resultAxis, strategy: strategy)
  return { x in mapped(x).elements }
}

/// A function of two arguments to two trees over a batch.
///
/// - Parameter axes: the batch axis of each argument, in order; `nil` for an argument that all examples share. Empty
///   means axis 0 of all arguments.
@_disfavoredOverload
public func vmap<First: TensorTree, Second: TensorTree, R1: TensorTree, R2: TensorTree>(
  _ function: @escaping (First, Second) -> (R1, R2), axes: [Int?] = [], resultAxis: Int = 0,
  strategy: VMapStrategy = .select
) -> (First, Second) -> (R1, R2) {
  let function = tree(function)
  return { x, y in mappedArguments(function, axes, resultAxis, strategy, x, y).elements }
}

/// A function of three or more arguments to two trees over a batch.
@_disfavoredOverload
public func vmap<
  First: TensorTree, Second: TensorTree, Third: TensorTree, each Rest: TensorTree, R1: TensorTree, R2: TensorTree
>(
  _ function: @escaping (First, Second, Third, repeat each Rest) -> (R1, R2), axes: [Int?] = [], resultAxis: Int = 0,
  strategy: VMapStrategy = .select
) -> (First, Second, Third, repeat each Rest) -> (R1, R2) {
  let function = tree(function)
  return { (x: First, y: Second, z: Third, rest: repeat each Rest) in
    mappedArguments(function, axes, resultAxis, strategy, x, y, z, repeat each rest).elements
  }
}

/// A function to three trees, such as `valueAndGrad(f)`, over a batch; all of the argument's tensors have the batch axis at
/// the same place.
@_disfavoredOverload
public func vmap<Argument: TensorTree, R1: TensorTree, R2: TensorTree, R3: TensorTree>(
  _ function: @escaping (Argument) -> (R1, R2, R3), axis: Int = 0, resultAxis: Int = 0, strategy: VMapStrategy = .select
) -> (Argument) -> (R1, R2, R3) {
  let mapped = vmap(tree(function), axis: axis, resultAxis: resultAxis, strategy: strategy)
  return { x in mapped(x).elements }
}

/// A function of two arguments to three trees over a batch.
///
/// - Parameter axes: the batch axis of each argument, in order; `nil` for an argument that all examples share. Empty
///   means axis 0 of all arguments.
@_disfavoredOverload
public func vmap<First: TensorTree, Second: TensorTree, R1: TensorTree, R2: TensorTree, R3: TensorTree>(
  _ function: @escaping (First, Second) -> (R1, R2, R3), axes: [Int?] = [], resultAxis: Int = 0,
  strategy: VMapStrategy = .select
) -> (First, Second) -> (R1, R2, R3) {
  let function = tree(function)
  return { x, y in mappedArguments(function, axes, resultAxis, strategy, x, y).elements }
}

/// A function of three or more arguments to three trees over a batch.
@_disfavoredOverload
public func vmap<
  First: TensorTree, Second: TensorTree, Third: TensorTree, each Rest: TensorTree, R1: TensorTree, R2: TensorTree,
  R3: TensorTree
>(
  _ function: @escaping (First, Second, Third, repeat each Rest) -> (R1, R2, R3), axes: [Int?] = [],
  resultAxis: Int = 0,
  strategy: VMapStrategy = .select
) -> (First, Second, Third, repeat each Rest) -> (R1, R2, R3) {
  let function = tree(function)
  return { (x: First, y: Second, z: Third, rest: repeat each Rest) in
    mappedArguments(function, axes, resultAxis, strategy, x, y, z, repeat each rest).elements
  }
}
