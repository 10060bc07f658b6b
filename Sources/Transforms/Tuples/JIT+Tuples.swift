import ControlPrimitives
import Engines

/// A function to two trees, such as `valueAndGrad(f)`, compiled.
@_disfavoredOverload
public func jit<Argument: TensorTree, R1: TensorTree, R2: TensorTree>(
  _ function: @escaping (Argument) -> (R1, R2), guards: JITGuards = .allowed, engine: (any Engine)? = nil,
  statistics: JITStatistics? = nil
) -> (Argument) -> (R1, R2) {
  let compiled = JITFunction<TreeTuple<R1, R2>>(guards, engine, statistics)
  let function = tree(function)
  return { x in compiled.apply(x, function).elements }
}

/// A function of two arguments to two trees, compiled.
@_disfavoredOverload
public func jit<First: TensorTree, Second: TensorTree, R1: TensorTree, R2: TensorTree>(
  _ function: @escaping (First, Second) -> (R1, R2), guards: JITGuards = .allowed,
  engine: (any Engine)? = nil, statistics: JITStatistics? = nil
) -> (First, Second) -> (R1, R2) {
  let compiled = JITFunction<TreeTuple<R1, R2>>(guards, engine, statistics)
  let function = tree(function)
  return { x, y in compiled.applyAll(function, x, y).elements }
}

/// A function of three or more arguments to two trees, compiled.
@_disfavoredOverload
public func jit<
  First: TensorTree, Second: TensorTree, Third: TensorTree, each Rest: TensorTree, R1: TensorTree, R2: TensorTree
>(
  _ function: @escaping (First, Second, Third, repeat each Rest) -> (R1, R2), guards: JITGuards = .allowed,
  engine: (any Engine)? = nil, statistics: JITStatistics? = nil
) -> (First, Second, Third, repeat each Rest) -> (R1, R2) {
  let compiled = JITFunction<TreeTuple<R1, R2>>(guards, engine, statistics)
  let function = tree(function)
  return { (x: First, y: Second, z: Third, rest: repeat each Rest) in
    compiled.applyAll(function, x, y, z, repeat each rest).elements
  }
}

/// A function to three trees, such as `valueAndGrad(f)`, compiled.
@_disfavoredOverload
public func jit<Argument: TensorTree, R1: TensorTree, R2: TensorTree, R3: TensorTree>(
  _ function: @escaping (Argument) -> (R1, R2, R3), guards: JITGuards = .allowed, engine: (any Engine)? = nil,
  statistics: JITStatistics? = nil
) -> (Argument) -> (R1, R2, R3) {
  let compiled = JITFunction<TreeTuple<R1, R2, R3>>(guards, engine, statistics)
  let function = tree(function)
  return { x in compiled.apply(x, function).elements }
}

/// A function of two arguments to three trees, compiled.
@_disfavoredOverload
public func jit<First: TensorTree, Second: TensorTree, R1: TensorTree, R2: TensorTree, R3: TensorTree>(
  _ function: @escaping (First, Second) -> (R1, R2, R3), guards: JITGuards = .allowed,
  engine: (any Engine)? = nil, statistics: JITStatistics? = nil
) -> (First, Second) -> (R1, R2, R3) {
  let compiled = JITFunction<TreeTuple<R1, R2, R3>>(guards, engine, statistics)
  let function = tree(function)
  return { x, y in compiled.applyAll(function, x, y).elements }
}

/// A function of three or more arguments to three trees, compiled.
@_disfavoredOverload
public func jit<
  First: TensorTree, Second: TensorTree, Third: TensorTree, each Rest: TensorTree, R1: TensorTree, R2: TensorTree,
  R3: TensorTree
>(
  _ function: @escaping (First, Second, Third, repeat each Rest) -> (R1, R2, R3), guards: JITGuards = .allowed,
  engine: (any Engine)? = nil, statistics: JITStatistics? = nil
) -> (First, Second, Third, repeat each Rest) -> (R1, R2, R3) {
  let compiled = JITFunction<TreeTuple<R1, R2, R3>>(guards, engine, statistics)
  let function = tree(function)
  return { (x: First, y: Second, z: Third, rest: repeat each Rest) in
    compiled.applyAll(function, x, y, z, repeat each rest).elements
  }
}
