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
