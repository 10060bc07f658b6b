import ControlPrimitives

/// Rules for a function that replace, or add to, what would be derived from its own operations; ``withRule(_:_:)``
/// attaches them. What a rule does not say is derived from what it says:
///
/// - forward mode from `jvp`, else from the transposed `vjp`, else from the function where there is a `transpose`;
/// - reverse mode from `vjp`, else from `transpose`, else from the transposed `jvp`;
/// - without any of the three, both from the function itself;
/// - batches from `vmap`, else from the batches of function and rules.
///
/// Rules are recorded when the function is applied. They may use tensors from outside, also traced ones. With respect to
/// tensors from outside that the *function* uses, its derivative is that of its own operations.
public struct CustomRule<Argument: TensorTree, Result: TensorTree> {
  /// From the argument and its tangent to the result and its tangent. It must be linear in the tangent, and cannot read
  /// its value.
  public var jvp: ((_ x: Argument, _ dx: Argument) -> (Result, Result))?
  /// From the argument to the result and a pullback, from the result's cotangent to the argument's. What the pullback
  /// captures is what is kept for reverse mode.
  public var vjp: ((_ x: Argument) -> (Result, (Result) -> Argument))?
  /// For a function that is linear in its argument: from the result's cotangent to the argument's.
  public var transpose: ((_ cotangent: Result) -> Argument)?
  /// From the argument, which of its tensors have a batch axis in front, and the size of that axis, to the result, all
  /// of whose tensors have the batch axis in front.
  public var vmap: (@Sendable (_ x: Argument, _ isBatched: [Bool], _ size: Int) -> Result)?
  /// Whether the rules compute what the function's own operations would give. Say `false` for a deliberate deviation,
  /// such as a straight-through estimator: then the numbers are not compared at the first use in debug builds.
  public var isExact: Bool

  /// Rules; see the properties.
  public init(
    jvp: ((_ x: Argument, _ dx: Argument) -> (Result, Result))? = nil,
    vjp: ((_ x: Argument) -> (Result, (Result) -> Argument))? = nil,
    transpose: ((_ cotangent: Result) -> Argument)? = nil,
    vmap: (@Sendable (_ x: Argument, _ isBatched: [Bool], _ size: Int) -> Result)? = nil, isExact: Bool = true
  ) {
    self.jvp = jvp
    self.vjp = vjp
    self.transpose = transpose
    self.vmap = vmap
    self.isExact = isExact
  }
}

/// A function with rules for its derivatives or its batches.
///
/// ```swift
/// let reversed = withRule({ x in x.flipped(axis: 0) }, CustomRule(transpose: { ct in ct.flipped(axis: 0) }))
/// ```
public func withRule(
  _ function: @escaping (Tensor) -> Tensor, _ rule: CustomRule<Tensor, Tensor>
) -> (Tensor) -> Tensor {
  let custom = CustomFunction("withRule", function, rule)
  return { custom($0) }
}

/// A function of any ``TensorTree`` with rules for its derivatives or its batches.
@_disfavoredOverload
public func withRule<Argument: TensorTree, Result: TensorTree>(
  _ function: @escaping (Argument) -> Result, _ rule: CustomRule<Argument, Result>
) -> (Argument) -> Result {
  let custom = CustomFunction("withRule", function, rule)
  return { custom($0) }
}
