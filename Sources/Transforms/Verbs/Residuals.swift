import ControlPrimitives

/// What reverse mode of a function keeps from its forward run, and why: see what ``checkpoint(_:keeping:)`` saves.
///
/// ```swift
/// print(residuals(of: { x in sin(x) * x }, at: [1, 2, 3], isLocating: true))
/// // kept for reverse mode: 3 tensors, 72 bytes, 48 of them computed
/// //   float64[3]  24 bytes  cos, for the derivative of sin (Model.swift:1), needed by sin
/// //   ...
/// ```
///
/// It shows what the derivative needs when the program is transformed as a whole: what a call, a loop or a checkpoint
/// inside needs is listed by the one equation that it is. A loop with `checkpoint:` keeps its operands, as does one whose
/// number of steps is known at run time only; what it keeps at a time while reverse mode runs is listed by itself.
///
/// - Parameter isLocating: whether to find the place of each operation in the source, which takes long.
public func residuals(
  of function: (Tensor) -> Tensor, at point: Tensor, isLocating: Bool = false
) -> ResidualReport {
  report(on: recorded(function, at: point, isLocating))
}

/// What reverse mode of a function of any ``TensorTree`` keeps from its forward run, and why.
@_disfavoredOverload
public func residuals<Argument: TensorTree, Result: TensorTree>(
  of function: (Argument) -> Result, at point: Argument, isLocating: Bool = false
) -> ResidualReport {
  report(on: recorded(function, at: point, isLocating))
}

private func recorded<Argument: TensorTree, Result: TensorTree>(
  _ function: (Argument) -> Result, at point: Argument, _ isLocating: Bool
) -> Program {
  let state = ThreadState.current
  let before = state.keepsLocations
  state.keepsLocations = isLocating
  defer { state.keepsLocations = before }
  return program(of: function, at: point)
}

private func report(on program: Program) -> ResidualReport {
  var finder = ResidualFinder(program)
  return finder.found()
}
