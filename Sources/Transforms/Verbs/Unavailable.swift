import ControlPrimitives

// What people who come from JAX write first.

/// Unavailable: `grad` differentiates by the first argument, `gradients` by all.
@available(*, unavailable, message: "grad(f) is by the first argument, gradients(f) is by all of them")
public func grad<Function>(_ function: Function, argnums: Int) -> Function { fatalError("unavailable") }

// swift-format-ignore: AlwaysUseLowerCamelCase
/// Unavailable: the axes are `axis:` of one argument, `axes:` of several.
@available(*, unavailable, message: "write vmap(f, axis: 1), or of several arguments vmap(f, axes: [0, nil])")
public func vmap<Function>(_ function: Function, in_axes: Int) -> Function { fatalError("unavailable") }

/// Unavailable: elements have a label, `over:`.
@available(*, unavailable, message: "write scan(body, initial, over: elements), and a step's result as (state, result)")
public func scan(
  _ body: (Tensor, Tensor) -> (Tensor, Tensor), _ initial: Tensor, _ elements: Tensor
) -> (state: Tensor, results: Tensor) { fatalError("unavailable") }

// Functions of Swift's numbers, which carry no derivatives.

/// Unavailable: a number carries no derivative, a tensor does.
@_disfavoredOverload
@available(*, unavailable, message: "write the function with Tensor in place of Double, which carries no derivative")
public func grad(_ function: @escaping (Double) -> Double) -> (Double) -> Double { fatalError("unavailable") }

/// Unavailable: a number carries no derivative, a tensor does.
@_disfavoredOverload
@available(*, unavailable, message: "write the function with Tensor in place of Double, which carries no derivative")
public func valueAndGrad(
  _ function: @escaping (Double) -> Double
) -> (Double) -> (value: Double, gradient: Double) { fatalError("unavailable") }

/// Unavailable: a number carries no derivative, a tensor does.
@_disfavoredOverload
@available(*, unavailable, message: "write the function with Tensor in place of Double, which carries no derivative")
public func hessian(_ function: @escaping (Double) -> Double) -> (Double) -> Double { fatalError("unavailable") }

/// Unavailable: operations on numbers leave no trace that could be compiled, those on tensors do.
@_disfavoredOverload
@available(*, unavailable, message: "write the function with Tensor in place of Double, which leaves no trace")
public func jit(_ function: @escaping (Double) -> Double) -> (Double) -> Double { fatalError("unavailable") }

// Two arguments for a function of one.

/// Unavailable: the gradient has the arguments of the function.
@_disfavoredOverload
@available(*, unavailable, message: "the function takes one argument, and so does its gradient: write grad(f)(x)")
public func grad(_ function: @escaping (Tensor) -> Tensor) -> (Tensor, Tensor) -> Tensor { fatalError("unavailable") }

/// Unavailable: the compiled function has the arguments of the function.
@_disfavoredOverload
@available(*, unavailable, message: "the function takes one argument, and so does the compiled one: write jit(f)(x)")
public func jit(_ function: @escaping (Tensor) -> Tensor) -> (Tensor, Tensor) -> Tensor { fatalError("unavailable") }
