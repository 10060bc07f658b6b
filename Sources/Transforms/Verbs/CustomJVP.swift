import ControlPrimitives

/// A function with a derivative of its own, as a rule for tangents. Reverse mode is the transposed rule, and derivatives of
/// higher order are those of the rule.
///
/// ```swift
/// let root = customJVP({ x in sqrt(x) }) { x, dx in (sqrt(x), dx / (2 * sqrt(x))) }
/// ```
///
/// The rule is recorded when the function is applied under a transform, on its values where there are any, so that both
/// may use `if` and `while` on `x`. It must be linear in `dx`, whose value it cannot read. Without a transform the function
/// is just called. In debug builds the rule is compared with the function's own derivative at its first use.
///
/// - Parameters:
///   - function: the function. With respect to tensors that it captures its derivative is its own.
///   - isExact: `false` for a rule that deviates from the function's derivative on purpose.
///   - rule: from `x` and its tangent to the result and its tangent.
public func customJVP(
  _ function: @escaping (Tensor) -> Tensor, isExact: Bool = true,
  _ rule: @escaping (_ x: Tensor, _ dx: Tensor) -> (Tensor, Tensor)
) -> (Tensor) -> Tensor {
  let custom = CustomFunction("customJVP", function, CustomRule(jvp: rule, isExact: isExact))
  return { custom($0) }
}

/// A function of any ``TensorTree`` with a rule for tangents.
///
/// The tangents of integers and booleans in the argument are zeros, and those that the rule gives for them are ignored.
@_disfavoredOverload
public func customJVP<Argument: TensorTree, Result: TensorTree>(
  _ function: @escaping (Argument) -> Result, isExact: Bool = true,
  _ rule: @escaping (_ x: Argument, _ dx: Argument) -> (Result, Result)
) -> (Argument) -> Result {
  let custom = CustomFunction("customJVP", function, CustomRule(jvp: rule, isExact: isExact))
  return { custom($0) }
}

/// A function of a static argument of any type, which the rule is not a derivative of, and of an argument that it is.
///
/// Tensors in the static argument are tensors from outside.
public func customJVP<Static, Argument: TensorTree, Result: TensorTree>(
  _ function: @escaping (Static, Argument) -> Result, isExact: Bool = true,
  _ rule: @escaping (_ parameters: Static, _ x: Argument, _ dx: Argument) -> (Result, Result)
) -> (Static, Argument) -> Result {
  let check = FirstUse()
  return { parameters, x in
    let rule = CustomRule<Argument, Result>(jvp: { rule(parameters, $0, $1) }, isExact: isExact)
    return CustomFunction("customJVP", { function(parameters, $0) }, rule, check)(x)
  }
}
