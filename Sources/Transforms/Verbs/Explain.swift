import Engines
import Passes
import ControlPrimitives

/// What running a function compiled does: the optimized program, which work is done together, the memory and its size, about
/// how many operations and bytes that is, and the generated code.
///
/// ```swift
/// let plan = try explain(grad(rosenbrock), at: x)
/// print(plan)                     // the work and the memory
/// print(plan.program)             // the program
/// print(plan.optimizedCode ?? "") // LLVM's text of the code
/// ```
///
/// Nothing is run but the function, to trace it.
///
/// - Parameters:
///   - function: the function. Its own control flow is followed at this point.
///   - point: where it is traced.
///   - engine: what would run it; `nil` for the best one there is. What keeps better ones from being used stands in
///     ``ExecutionPlan/refusals``.
/// - Throws: an error when the engine cannot run the program.
public func explain(
  _ function: (Tensor) -> Tensor, at point: Tensor, engine: (any Engine)? = nil
) throws(TensorError) -> ExecutionPlan {
  try plan(of: program(of: function, at: point), engine)
}

/// What running a function of any ``TensorTree`` compiled does.
@_disfavoredOverload
public func explain<Argument: TensorTree, Result: TensorTree>(
  _ function: (Argument) -> Result, at point: Argument, engine: (any Engine)? = nil
) throws(TensorError) -> ExecutionPlan {
  try plan(of: program(of: function, at: point), engine)
}

/// What running a function of several arguments compiled does.
@_disfavoredOverload
public func explain<each Argument: TensorTree, Result: TensorTree>(
  _ function: (repeat each Argument) -> Result, at points: repeat each Argument, engine: (any Engine)? = nil
) throws(TensorError) -> ExecutionPlan {
  try plan(of: program(of: function, at: repeat each points), engine)
}

private func plan(of program: Program, _ engine: (any Engine)?) throws(TensorError) -> ExecutionPlan {
  var plan = try (engine ?? EngineRegistry.preferred).plan(of: try program.optimized())
  if engine == nil { plan.refusals = EngineRegistry.refusals }
  return plan
}
