import ControlPrimitives

/// The Hessian of a function with one real number as its result, by forward over reverse mode.
///
/// - Returns: a function to the Hessian, of shape `argument.shape + argument.shape`.
public func hessian(
  _ function: @escaping (Tensor) -> Tensor, memoryBudget: Int = 1 << 28
) -> (Tensor) -> Tensor {
  { x in hessians(function, at: x, memoryBudget)[0] }
}

/// The Hessian of a function of any ``TensorTree``: for each tensor of the argument, by its name or place, a tree like the
/// argument with tensors of shape `that tensor's shape + its own shape`.
@_disfavoredOverload
public func hessian<Argument: TensorTree>(
  _ function: @escaping (Argument) -> Tensor, memoryBudget: Int = 1 << 28
) -> (Argument) -> TreeMatrix<Argument, Argument> {
  { x in hessians(function, at: x, memoryBudget) }
}

/// The Hessian with respect to the first of two arguments.
public func hessian<Argument: TensorTree, Second>(
  _ function: @escaping (Argument, Second) -> Tensor, memoryBudget: Int = 1 << 28
) -> (Argument, Second) -> TreeMatrix<Argument, Argument> {
  { x, y in hessians({ function($0, y) }, at: x, memoryBudget) }
}

/// The Hessian with respect to the first of three or more arguments.
@_disfavoredOverload
public func hessian<Argument: TensorTree, Second, Third, each Rest>(
  _ function: @escaping (Argument, Second, Third, repeat each Rest) -> Tensor, memoryBudget: Int = 1 << 28
) -> (Argument, Second, Third, repeat each Rest) -> TreeMatrix<Argument, Argument> {
  { (x: Argument, y: Second, z: Third, rest: repeat each Rest) in
    hessians({ function($0, y, z, repeat each rest) }, at: x, memoryBudget)
  }
}

private func hessians<Argument: TensorTree>(
  _ function: (Argument) -> Tensor, at point: Argument, _ memoryBudget: Int
) -> TreeMatrix<Argument, Argument> {
  let options = JacobianOptions(mode: .forward, isHolomorphic: false, memoryBudget: memoryBudget)
  return jacobians("hessian", { gradient("hessian", function, at: $0).gradient }, at: point, options)
    ?? TreeMatrix(point.tensors.map { _ in point.invalidated }, like: point)
}
