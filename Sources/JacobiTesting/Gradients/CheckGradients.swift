import Jacobi

/// A way of computing derivatives.
public enum GradientMode: String, Hashable, Sendable, CaseIterable {
  /// From the arguments to the results: `jvp`.
  case forward
  /// From the results to the arguments: `vjp` and `grad`.
  case reverse
}

/// Checks the derivatives of a function against finite differences, in a test:
///
/// ```swift
/// try checkGradients({ x in sin(x) * x }, at: [1, 2, 3])
/// ```
///
/// Forward mode is compared with 5-point differences along a random direction, reverse mode with forward mode by the
/// adjoint identity Re<ct, J v> = Re<transposed J ct, v>; then the same for the derivatives as functions of point and
/// direction, up to `order`. For complex numbers the adjoint is that of the real inner product Re(conj(a)·b).
///
/// The function must be differentiable at the point, and near it: not at a kink, not at the edge of its domain.
///
/// - Parameters:
///   - function: any function of tensors; integers and booleans in argument and result take no part.
///   - point: where the derivatives are checked. Single precision is compared with differences in double precision
///     where the function can be evaluated in it.
///   - order: up to which order; 2 checks second derivatives in all combinations of the modes.
///   - modes: which modes are checked.
///   - tolerance: how far the derivatives may differ; `nil` for what is usual for the element types.
///   - seed: of the random directions; failures print it.
/// - Returns: every comparison that was made.
/// - Throws: ``GradientCheckError`` when a comparison fails, a `TensorError` when the function is not valid there.
@discardableResult
public func checkGradients(
  _ function: @escaping (Tensor) -> Tensor, at point: Tensor, order: Int = 2,
  modes: Set<GradientMode> = [.forward, .reverse], tolerance: GradientTolerance? = nil, seed: UInt64 = 1
) throws -> GradientReport {
  try checked([point], order, modes, tolerance, seed) { [function($0[0])] }
}

/// Checks the derivatives of a function of any ``TensorTree`` against finite differences.
@_disfavoredOverload
@discardableResult
public func checkGradients<Argument: TensorTree, Result: TensorTree>(
  _ function: @escaping (Argument) -> Result, at point: Argument, order: Int = 2,
  modes: Set<GradientMode> = [.forward, .reverse], tolerance: GradientTolerance? = nil, seed: UInt64 = 1
) throws -> GradientReport {
  try checked(point.tensors, order, modes, tolerance, seed) { function(point.replacingTensors(with: $0)).tensors }
}

/// Checks the derivatives of a function with respect to all of its arguments against finite differences.
@_disfavoredOverload
@discardableResult
public func checkGradients<each Argument: TensorTree, Result: TensorTree>(
  _ function: @escaping (repeat each Argument) -> Result, at points: repeat each Argument, order: Int = 2,
  modes: Set<GradientMode> = [.forward, .reverse], tolerance: GradientTolerance? = nil, seed: UInt64 = 1
) throws -> GradientReport {
  var tensors: [Tensor] = []
  for point in repeat each points { tensors += point.tensors }
  return try checked(tensors, order, modes, tolerance, seed) { given in
    var rest = given[...]
    return function(repeat (each points).mapTensors { _ in rest.popFirst() ?? Tensor(.invalid) }).tensors
  }
}

/// Checks a function of a list of tensors, of which only the floating-point ones move.
private func checked(
  _ tensors: [Tensor], _ order: Int, _ modes: Set<GradientMode>, _ tolerance: GradientTolerance?, _ seed: UInt64,
  _ function: @escaping ListFunction
) throws -> GradientReport {
  var point: [Tensor] = []
  for tensor in tensors { point.append(Tensor(try tensor.hostValue())) }
  let active = point.indices.filter { point[$0].dtype.isDifferentiable }
  if active.isEmpty {
    throw TensorError(
      .dtype, "checkGradients", "the argument has no floating-point tensor", hint: "convert it: x.asType(.float64)")
  }
  var checker = GradientChecker(modes: modes, tolerance: tolerance, seed: seed)
  let fixed = point
  // Errors inside the function are thrown, and do not stop the tests.
  try catchingTensorErrors {
    try checker.check(
      { moving in
        var all = fixed
        for (place, tensor) in zip(active, moving) { all[place] = tensor }
        // Differences need the same random numbers each time.
        return KeyReuse.withReporting(.ignored) { function(all).filter(\.dtype.isDifferentiable) }
      }, at: active.map { point[$0] }, name: "f", order: order)
  }
  if !checker.report.isPassed { throw GradientCheckError(report: checker.report) }
  return checker.report
}
