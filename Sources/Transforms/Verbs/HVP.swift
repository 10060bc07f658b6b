import ControlPrimitives

/// The Hessian of a function times a vector, by forward over reverse mode: about four evaluations of the function, and
/// the Hessian is never formed.
public func hvp(_ function: @escaping (Tensor) -> Tensor, at point: Tensor, along tangent: Tensor) -> Tensor {
  hessianVectorProduct(function, at: point, along: tangent)
}

/// The Hessian times a vector for a function of any ``TensorTree``.
@_disfavoredOverload
public func hvp<Argument: TensorTree>(
  _ function: @escaping (Argument) -> Tensor, at point: Argument, along tangent: Argument
) -> Argument {
  hessianVectorProduct(function, at: point, along: tangent)
}

/// The Hessian with respect to the first of several arguments, times a vector.
@_disfavoredOverload
public func hvp<Argument: TensorTree, each Rest>(
  _ function: @escaping (Argument, repeat each Rest) -> Tensor, at point: Argument, _ rest: repeat each Rest,
  along tangent: Argument
) -> Argument {
  hessianVectorProduct({ function($0, repeat each rest) }, at: point, along: tangent)
}

private func hessianVectorProduct<Argument: TensorTree>(
  _ function: (Argument) -> Tensor, at point: Argument, along tangent: Argument
) -> Argument {
  pushforward("hvp", { gradient("hvp", function, at: $0).gradient }, at: point, along: tangent).tangent
}
