import ControlPrimitives

/// The values of a function to two trees, such as `valueAndGrad(f)`, and their directional derivatives.
@_disfavoredOverload
public func jvp<Argument: TensorTree, R1: TensorTree, R2: TensorTree>(
  _ function: @escaping (Argument) -> (R1, R2), at point: Argument, along tangent: Argument
) -> (value: (R1, R2), tangent: (R1, R2)) {
  let (value, tangent) = pushforward("jvp", tree(function), at: point, along: tangent)
  return (value.elements, tangent.elements)
}

/// The values of a function of several arguments to two trees, and their derivatives along a direction of the first
/// argument.
@_disfavoredOverload
public func jvp<Argument: TensorTree, Second, each Rest, R1: TensorTree, R2: TensorTree>(
  _ function: @escaping (Argument, Second, repeat each Rest) -> (R1, R2), at point: Argument, _ second: Second,
  _ rest: repeat each Rest, along tangent: Argument
) -> (value: (R1, R2), tangent: (R1, R2)) {
  jvp({ function($0, second, repeat each rest) }, at: point, along: tangent)
}

/// The values of a function to two trees and its pullback, which takes a cotangent for each of them.
@_disfavoredOverload
public func vjp<Argument: TensorTree, R1: TensorTree, R2: TensorTree>(
  _ function: @escaping (Argument) -> (R1, R2), at point: Argument
) -> (value: (R1, R2), pullback: (R1, R2) -> Argument) {
  let (value, pulled) = pullback("vjp", tree(function), at: point)
  return (value.elements, { pulled(TreeTuple($0, $1)) })
}

/// The values of a function of several arguments to two trees and its pullback to the first argument.
@_disfavoredOverload
public func vjp<Argument: TensorTree, Second, each Rest, R1: TensorTree, R2: TensorTree>(
  _ function: @escaping (Argument, Second, repeat each Rest) -> (R1, R2), at point: Argument, _ second: Second,
  _ rest: repeat each Rest
) -> (value: (R1, R2), pullback: (R1, R2) -> Argument) {
  vjp({ function($0, second, repeat each rest) }, at: point)
}

/// The values of a function to two trees and its derivative as a linear function.
@_disfavoredOverload
public func linearize<Argument: TensorTree, R1: TensorTree, R2: TensorTree>(
  _ function: @escaping (Argument) -> (R1, R2), at point: Argument
) -> (value: (R1, R2), differential: (Argument) -> (R1, R2)) {
  let (value, differential) = linearization("linearize", tree(function), at: point)
  return (value.elements, { differential($0).elements })
}

/// The values of a function to three trees, such as `valueAndGrad(f)`, and their directional derivatives.
@_disfavoredOverload
public func jvp<Argument: TensorTree, R1: TensorTree, R2: TensorTree, R3: TensorTree>(
  _ function: @escaping (Argument) -> (R1, R2, R3), at point: Argument, along tangent: Argument
) -> (value: (R1, R2, R3), tangent: (R1, R2, R3)) {
  let (value, tangent) = pushforward("jvp", tree(function), at: point, along: tangent)
  return (value.elements, tangent.elements)
}

/// The values of a function of several arguments to three trees, and their derivatives along a direction of the first
/// argument.
@_disfavoredOverload
public func jvp<Argument: TensorTree, Second, each Rest, R1: TensorTree, R2: TensorTree, R3: TensorTree>(
  _ function: @escaping (Argument, Second, repeat each Rest) -> (R1, R2, R3), at point: Argument, _ second: Second,
  _ rest: repeat each Rest, along tangent: Argument
) -> (value: (R1, R2, R3), tangent: (R1, R2, R3)) {
  jvp({ function($0, second, repeat each rest) }, at: point, along: tangent)
}

/// The values of a function to three trees and its pullback, which takes a cotangent for each of them.
@_disfavoredOverload
public func vjp<Argument: TensorTree, R1: TensorTree, R2: TensorTree, R3: TensorTree>(
  _ function: @escaping (Argument) -> (R1, R2, R3), at point: Argument
) -> (value: (R1, R2, R3), pullback: (R1, R2, R3) -> Argument) {
  let (value, pulled) = pullback("vjp", tree(function), at: point)
  return (value.elements, { pulled(TreeTuple($0, $1, $2)) })
}

/// The values of a function of several arguments to three trees and its pullback to the first argument.
@_disfavoredOverload
public func vjp<Argument: TensorTree, Second, each Rest, R1: TensorTree, R2: TensorTree, R3: TensorTree>(
  _ function: @escaping (Argument, Second, repeat each Rest) -> (R1, R2, R3), at point: Argument, _ second: Second,
  _ rest: repeat each Rest
) -> (value: (R1, R2, R3), pullback: (R1, R2, R3) -> Argument) {
  vjp({ function($0, second, repeat each rest) }, at: point)
}

/// The values of a function to three trees and its derivative as a linear function.
@_disfavoredOverload
public func linearize<Argument: TensorTree, R1: TensorTree, R2: TensorTree, R3: TensorTree>(
  _ function: @escaping (Argument) -> (R1, R2, R3), at point: Argument
) -> (value: (R1, R2, R3), differential: (Argument) -> (R1, R2, R3)) {
  let (value, differential) = linearization("linearize", tree(function), at: point)
  return (value.elements, { differential($0).elements })
}
