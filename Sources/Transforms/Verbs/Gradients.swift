import ControlPrimitives

/// The gradients with respect to both arguments of a function with one real number as its result, from one run.
///
/// ```swift
/// func loss(_ w: Tensor, _ b: Tensor) -> Tensor { square(w * 2 + b).sum() }
/// let (dw, db) = gradients(loss)([1, 2], 3)   // [20. 28.], 24
/// ```
///
/// - Returns: a function of the same arguments to a tuple of gradients, one of the structure of each argument; `jit` and
///   `vmap` take it as it is.
public func gradients<First: TensorTree, Second: TensorTree>(
  _ function: @escaping (First, Second) -> Tensor
) -> (First, Second) -> (First, Second) {
  { x, y in allGradients("gradients", function, x, y).gradients }
}

/// The gradients with respect to all three arguments of a function.
public func gradients<First: TensorTree, Second: TensorTree, Third: TensorTree>(
  _ function: @escaping (First, Second, Third) -> Tensor
) -> (First, Second, Third) -> (First, Second, Third) {
  { x, y, z in allGradients("gradients", function, x, y, z).gradients }
}

/// The value of a function, together with the gradients with respect to both its arguments, from one run.
public func valueAndGradients<First: TensorTree, Second: TensorTree>(
  _ function: @escaping (First, Second) -> Tensor
) -> (First, Second) -> (value: Tensor, gradients: (First, Second)) {
  { x, y in allGradients("valueAndGradients", function, x, y) }
}

/// The value of a function, together with the gradients with respect to all its three arguments, from one run.
public func valueAndGradients<First: TensorTree, Second: TensorTree, Third: TensorTree>(
  _ function: @escaping (First, Second, Third) -> Tensor
) -> (First, Second, Third) -> (value: Tensor, gradients: (First, Second, Third)) {
  { x, y, z in allGradients("valueAndGradients", function, x, y, z) }
}

private func allGradients<each Argument: TensorTree>(
  _ operation: String, _ function: (repeat each Argument) -> Tensor, _ arguments: repeat each Argument
) -> (value: Tensor, gradients: (repeat each Argument)) {
  let (value, all) = gradient(
    operation,
    { (all: TreeTuple<repeat each Argument>) in
      var tensors = all.tensors[...]
      return function(repeat taking(each arguments, &tensors))
    }, at: TreeTuple(repeat each arguments))
  return (value, all.elements)
}
