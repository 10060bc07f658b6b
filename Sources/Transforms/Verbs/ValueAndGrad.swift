import Primitives

/// The value of a function with one real number as its result, together with its gradient, from one run.
public func valueAndGrad(
  _ function: @escaping (Tensor) -> Tensor
) -> (Tensor) -> (value: Tensor, gradient: Tensor) {
  { x in gradient("valueAndGrad", function, at: x) }
}

/// The value and the gradient of a function of any ``TensorTree``.
public func valueAndGrad<Argument: TensorTree>(
  _ function: @escaping (Argument) -> Tensor
) -> (Argument) -> (value: Tensor, gradient: Argument) {
  { x in gradient("valueAndGrad", function, at: x) }
}

/// The value, and the gradient with respect to the first of several arguments.
@_disfavoredOverload
public func valueAndGrad<Argument: TensorTree, each Rest>(
  _ function: @escaping (Argument, repeat each Rest) -> Tensor
) -> (Argument, repeat each Rest) -> (value: Tensor, gradient: Argument) {
  { (x: Argument, rest: repeat each Rest) in
    gradient("valueAndGrad", { function($0, repeat each rest) }, at: x)
  }
}
