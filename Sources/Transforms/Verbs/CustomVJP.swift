import ControlPrimitives

/// A function with a derivative of its own, as rules for reverse mode. Forward mode is the transposed backward rule, and
/// derivatives of higher order are those of the rules.
///
/// ```swift
/// let root = customVJP({ x in sqrt(x) }, { x in (sqrt(x), sqrt(x)) }) { y, ct in ct / (2 * y) }
/// ```
///
/// The rules are recorded when the function is applied under a transform, on its values where there are any, so that
/// `if` and `while` on `x` and on residuals work. The backward rule must be linear in the cotangent, whose value it cannot
/// read. Without a transform the function is just called. In debug builds the rules are compared with the function's own
/// derivative at their first use.
///
/// - Parameters:
///   - function: the function. With respect to tensors that it captures its derivative is its own.
///   - isExact: `false` for rules that deviate from the function's derivative on purpose, such as clipped gradients.
///   - forward: from `x` to the result and what the backward rule needs (the residuals).
///   - backward: from the residuals and the result's cotangent to the cotangent of `x`.
public func customVJP<Residuals: TensorTree>(
  _ function: @escaping (Tensor) -> Tensor, isExact: Bool = true,
  _ forward: @escaping (_ x: Tensor) -> (Tensor, Residuals),
  _ backward: @escaping (_ residuals: Residuals, _ cotangent: Tensor) -> Tensor
) -> (Tensor) -> Tensor {
  let custom = CustomFunction("customVJP", function, .adjoint(forward, backward, isExact))
  return { custom($0) }
}

/// A function of any ``TensorTree`` with rules for reverse mode.
///
/// The cotangents of integers and booleans in the result are zeros, and those that the rule gives for such tensors of the
/// argument are ignored.
@_disfavoredOverload
public func customVJP<Argument: TensorTree, Result: TensorTree, Residuals: TensorTree>(
  _ function: @escaping (Argument) -> Result, isExact: Bool = true,
  _ forward: @escaping (_ x: Argument) -> (Result, Residuals),
  _ backward: @escaping (_ residuals: Residuals, _ cotangent: Result) -> Argument
) -> (Argument) -> Result {
  let custom = CustomFunction("customVJP", function, .adjoint(forward, backward, isExact))
  return { custom($0) }
}

/// A function of a static argument of any type, which the rules are not a derivative of, and of an argument that they are.
///
/// Tensors in the static argument are tensors from outside.
public func customVJP<Static, Argument: TensorTree, Result: TensorTree, Residuals: TensorTree>(
  _ function: @escaping (Static, Argument) -> Result, isExact: Bool = true,
  _ forward: @escaping (_ parameters: Static, _ x: Argument) -> (Result, Residuals),
  _ backward: @escaping (_ parameters: Static, _ residuals: Residuals, _ cotangent: Result) -> Argument
) -> (Static, Argument) -> Result {
  let check = FirstUse()
  return { parameters, x in
    let rule = CustomRule<Argument, Result>.adjoint(
      { forward(parameters, $0) }, { backward(parameters, $0, $1) }, isExact)
    return CustomFunction("customVJP", { function(parameters, $0) }, rule, check)(x)
  }
}

extension CustomRule {
  fileprivate static func adjoint<Residuals: TensorTree>(
    _ forward: @escaping (Argument) -> (Result, Residuals), _ backward: @escaping (Residuals, Result) -> Argument,
    _ isExact: Bool
  ) -> CustomRule {
    CustomRule(
      vjp: { x in
        let (y, residuals) = forward(x)
        return (y, { backward(residuals, $0) })
      }, isExact: isExact)
  }
}
