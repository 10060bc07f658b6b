import Engines
import ControlPrimitives

/// The same function, compiled: it is run once on types, and from then on what it did is run as a program.
///
/// ```swift
/// let fast = jit(grad(f))
/// fast(x)   // traced and compiled
/// fast(x)   // run
/// ```
///
/// There is one program for each combination of types of the arguments' tensors. A function that reads a value in Swift
/// (`if Bool(x .> 0)`, `Int(n)`) gets one for each combination of the values that it reads: a *path*. A call whose values
/// fit no path is traced again, up to a number of paths.
///
/// What else the function does happens only when it is traced: it prints nothing, and changes no variable, in later calls.
/// Tensors that it captures are constants of the program: a captured variable that changes later is not looked at again.
///
/// It composes with all transforms, inside and outside. Where its argument is traced, it is one equation: a call of the
/// program, whose derivatives are compiled, too. Under another `jit` what it reads is also a guard of that one.
///
/// - Parameters:
///   - function: the function.
///   - guards: what happens when the function reads a value; `.forbidden` makes it an error.
///   - engine: what runs the program; `nil` for the best one there is.
///   - statistics: where to see what happened, and why.
public func jit(
  _ function: @escaping (Tensor) -> Tensor, guards: JITGuards = .allowed, engine: (any Engine)? = nil,
  statistics: JITStatistics? = nil
) -> (Tensor) -> Tensor {
  let compiled = JITFunction<Tensor>(guards, engine, statistics)
  return { x in compiled(x, function) }
}

/// A function of any ``TensorTree``, compiled. What the argument holds besides tensors (numbers, flags) is compared, too.
@_disfavoredOverload
public func jit<Argument: TensorTree, Result: TensorTree>(
  _ function: @escaping (Argument) -> Result, guards: JITGuards = .allowed, engine: (any Engine)? = nil,
  statistics: JITStatistics? = nil
) -> (Argument) -> Result {
  let compiled = JITFunction<Result>(guards, engine, statistics)
  return { x in compiled.apply(x, function) }
}

/// A function of two arguments, compiled.
public func jit<First: TensorTree, Second: TensorTree, Result: TensorTree>(
  _ function: @escaping (First, Second) -> Result, guards: JITGuards = .allowed, engine: (any Engine)? = nil,
  statistics: JITStatistics? = nil
) -> (First, Second) -> Result {
  let compiled = JITFunction<Result>(guards, engine, statistics)
  return { x, y in compiled.applyAll(function, x, y) }
}

/// A function of three or more arguments, compiled.
@_disfavoredOverload
public func jit<First: TensorTree, Second: TensorTree, Third: TensorTree, each Rest: TensorTree, Result: TensorTree>(
  _ function: @escaping (First, Second, Third, repeat each Rest) -> Result, guards: JITGuards = .allowed,
  engine: (any Engine)? = nil, statistics: JITStatistics? = nil
) -> (First, Second, Third, repeat each Rest) -> Result {
  let compiled = JITFunction<Result>(guards, engine, statistics)
  return { (x: First, y: Second, z: Third, rest: repeat each Rest) in
    compiled.applyAll(function, x, y, z, repeat each rest)
  }
}

/// A function of a static argument and a tree, compiled for each value of the static argument.
///
/// ```swift
/// let power = jit { (n: Int, x: Tensor) in (0..<n).reduce(1) { y, _ in y * x } }
/// power(3, 2)   // 8
/// ```
@_disfavoredOverload
public func jit<Static: Hashable, Argument: TensorTree, Result: TensorTree>(
  _ function: @escaping (Static, Argument) -> Result, guards: JITGuards = .allowed, engine: (any Engine)? = nil,
  statistics: JITStatistics? = nil
) -> (Static, Argument) -> Result {
  let compiled = JITFunction<Result>(guards, engine, statistics)
  return { parameters, x in
    if let result = compiled.shortly(AnyHashable(parameters), { $0.read(x) }) { return result }
    compiled.learnWhetherCounted { CountedTrees.contain(x) }
    var arguments = JITArguments()
    arguments.add(static: parameters)
    arguments.add(x)
    return compiled(arguments) { function(parameters, x.replacingTensors(with: $0)) }
  }
}

/// A function that changes its first argument, compiled.
///
/// The memory of what it changes is used for what becomes of it, unless somebody else refers to it: a step of an
/// optimization, or a time step, needs no new memory, and writing an element of a large tensor does not copy the others.
///
/// ```swift
/// let step = jitInPlace { (w: inout Tensor, g: Tensor) in w = w - 0.1 * g }
/// var w: Tensor = [1, 2]
/// step(&w, [10, 10])
/// w   // [0. 1.]
/// ```
///
/// What can fail, such as a computed index, is run in new memory. Under transforms it is the function itself.
public func jitInPlace<State: TensorTree, each Argument: TensorTree>(
  _ function: @escaping (inout State, repeat each Argument) -> Void, guards: JITGuards = .allowed,
  engine: (any Engine)? = nil, statistics: JITStatistics? = nil
) -> (inout State, repeat each Argument) -> Void {
  let compiled = JITFunction<Updated<State, [Tensor]>>(guards, engine, statistics, isUpdating: true)
  return { (state: inout State, arguments: repeat each Argument) in
    _ = compiled.update(&state, repeat each arguments) { (state: inout State, arguments: repeat each Argument) in
      function(&state, repeat each arguments)
      return [Tensor]()
    }
  }
}

/// A function that changes its first argument and has a result, such as a loss, compiled; see the form without a result.
public func jitInPlace<State: TensorTree, each Argument: TensorTree, Result: TensorTree>(
  _ function: @escaping (inout State, repeat each Argument) -> Result, guards: JITGuards = .allowed,
  engine: (any Engine)? = nil, statistics: JITStatistics? = nil
) -> (inout State, repeat each Argument) -> Result {
  let compiled = JITFunction<Updated<State, Result>>(guards, engine, statistics, isUpdating: true)
  return { (state: inout State, arguments: repeat each Argument) in
    compiled.update(&state, repeat each arguments, by: function)
  }
}

extension JITFunction {
  /// The function's result for one tree.
  func apply<Argument: TensorTree>(_ x: Argument, _ function: (Argument) -> Result) -> Result {
    if let result = shortly(nil, { $0.read(x) }) { return result }
    learnWhetherCounted { CountedTrees.contain(x) }
    var arguments = JITArguments()
    arguments.add(x)
    return self(arguments) { function(x.replacingTensors(with: $0)) }
  }

  /// The function's result for several trees.
  func applyAll<each Argument: TensorTree>(
    _ function: (repeat each Argument) -> Result, _ trees: repeat each Argument
  ) -> Result {
    if let result = shortly(nil, { for tree in repeat each trees { $0.read(tree) } }) { return result }
    learnWhetherCounted {
      var areCounted = true
      for tree in repeat each trees { areCounted = areCounted && CountedTrees.contain(tree) }
      return areCounted
    }
    var arguments = JITArguments()
    for tree in repeat each trees { arguments.add(tree) }
    return self(arguments) { tensors in
      var rest = tensors[...]
      return function(repeat taking(each trees, &rest))
    }
  }
}
