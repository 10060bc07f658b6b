import ControlPrimitives

/// How a Jacobian is computed.
public enum JacobianMode: String, Hashable, Sendable, CaseIterable {
  /// Forward when the argument has no more numbers than the result, else reverse.
  case automatic
  /// One column per number of the argument, by forward mode.
  case forward
  /// One row per number of the result, by reverse mode.
  case reverse
}

/// The Jacobian of a function: the derivative of each number of the result by each number of the argument.
///
/// Many columns (or rows) are computed at once, as many as fit into the budget.
///
/// - Parameters:
///   - function: a function of real tensors; for complex ones set `isHolomorphic`.
///   - mode: forward, reverse, or chosen by the shapes.
///   - isHolomorphic: states that the function of complex tensors has a complex derivative.
///   - memoryBudget: about how many bytes intermediate values may take.
/// - Returns: a function to the Jacobian, of shape `result.shape + argument.shape`.
public func jacobian(
  _ function: @escaping (Tensor) -> Tensor, mode: JacobianMode = .automatic, isHolomorphic: Bool = false,
  memoryBudget: Int = 1 << 28
) -> (Tensor) -> Tensor {
  let options = JacobianOptions(mode: mode, isHolomorphic: isHolomorphic, memoryBudget: memoryBudget)
  return { x in jacobians("jacobian", function, at: x, options)?[0] ?? Tensor(.invalid) }
}

/// The Jacobian of a function of any ``TensorTree`` with one tensor as its result: a tree like the argument, each tensor
/// of shape `result.shape + its own shape`.
@_disfavoredOverload
public func jacobian<Argument: TensorTree>(
  _ function: @escaping (Argument) -> Tensor, mode: JacobianMode = .automatic, isHolomorphic: Bool = false,
  memoryBudget: Int = 1 << 28
) -> (Argument) -> Argument {
  let options = JacobianOptions(mode: mode, isHolomorphic: isHolomorphic, memoryBudget: memoryBudget)
  return { x in jacobians("jacobian", function, at: x, options)?[0] ?? x.invalidated }
}

/// The Jacobian of a function with several tensors as its result: for each of them, by its name or place, a tree like the
/// argument.
@_disfavoredOverload
public func jacobian<Argument: TensorTree, Result: TensorTree>(
  _ function: @escaping (Argument) -> Result, mode: JacobianMode = .automatic, isHolomorphic: Bool = false,
  memoryBudget: Int = 1 << 28
) -> (Argument) -> TreeMatrix<Result, Argument> {
  let options = JacobianOptions(mode: mode, isHolomorphic: isHolomorphic, memoryBudget: memoryBudget)
  return { x in
    if let jacobian = jacobians("jacobian", function, at: x, options) { return jacobian }
    let result = function(x.invalidated)
    return TreeMatrix(result.tensors.map { _ in x.invalidated }, like: result)
  }
}

/// The Jacobian with respect to the first of two arguments.
public func jacobian<Argument: TensorTree, Second>(
  _ function: @escaping (Argument, Second) -> Tensor, mode: JacobianMode = .automatic,
  isHolomorphic: Bool = false, memoryBudget: Int = 1 << 28
) -> (Argument, Second) -> Argument {
  let options = JacobianOptions(mode: mode, isHolomorphic: isHolomorphic, memoryBudget: memoryBudget)
  return { x, y in jacobians("jacobian", { function($0, y) }, at: x, options)?[0] ?? x.invalidated }
}

/// The Jacobian with respect to the first of three or more arguments.
@_disfavoredOverload
public func jacobian<Argument: TensorTree, Second, Third, each Rest>(
  _ function: @escaping (Argument, Second, Third, repeat each Rest) -> Tensor, mode: JacobianMode = .automatic,
  isHolomorphic: Bool = false, memoryBudget: Int = 1 << 28
) -> (Argument, Second, Third, repeat each Rest) -> Argument {
  let options = JacobianOptions(mode: mode, isHolomorphic: isHolomorphic, memoryBudget: memoryBudget)
  return { (x: Argument, y: Second, z: Third, rest: repeat each Rest) in
    jacobians("jacobian", { function($0, y, z, repeat each rest) }, at: x, options)?[0] ?? x.invalidated
  }
}
