/// The derivative of one equation with respect to one operand: a linear map from its tangent to the results' tangents.
///
/// The cases are what can be transposed at once. ``rule(_:)`` is the general one: any function that is linear in its
/// argument; it is transposed by tracing it.
public enum LinearMap {
  /// The results do not depend on the operand, to first order.
  case zero
  /// dy = dx.
  case identity
  /// dy = -dx.
  case negation
  /// dy = factor · dx, element by element.
  case scale(by: Tensor)
  /// dy = outer · (inner · dx), element by element. Use it when the product of the factors could overflow although the
  /// tangent or cotangent is small.
  case scales(outer: Tensor, inner: Tensor)
  /// dy = dx / divisor, element by element.
  case quotient(by: Tensor)
  /// dy = weight · dx, element by element, where a weight of zero means that the operand was not chosen: its tangent and
  /// cotangent are zero there whatever they are multiplied with, even with infinity.
  case choice(weight: Tensor)
  /// The primitive itself, with the tangent in the operand's place. The other operands keep their values; for a
  /// primitive that is linear in its operands jointly, the others that can have a tangent are zero.
  case itself(any LinearPrimitive)
  /// Any linear function; it returns one tangent per result.
  case rule((Tensor) -> [Tensor])
  /// Any linear function from the operand's tangent to the tangent of the only result, and its transpose. Use it when the
  /// transpose that tracing derives would lose accuracy.
  case rules(forward: (Tensor) -> Tensor, reverse: (Tensor) -> Tensor)
}

/// The derivative of an equation with respect to several operands at once, for primitives that contain programs.
///
/// Both directions are told whether zeros in what they get may be strong: such a zero absorbs what it is multiplied with,
/// also infinity. They tell the same of what they give.
public struct JointLinearMap {
  /// A linear function of tangents or cotangents, where `nil` is zero.
  public typealias Direction = (_ given: [Tensor?], _ isMasked: inout Bool) -> [Tensor?]

  /// The results' tangents from the operands' tangents.
  public var apply: Direction
  /// The operands' cotangents from the results' cotangents.
  public var transpose: Direction

  /// A map from its two directions.
  public init(apply: @escaping Direction, transpose: @escaping Direction) {
    self.apply = apply
    self.transpose = transpose
  }

  /// A map in which all zeros absorb what they are multiplied with, and may be strong in what it gives.
  public init(apply: @escaping ([Tensor?]) -> [Tensor?], transpose: @escaping ([Tensor?]) -> [Tensor?]) {
    self.init(
      apply: { given, isMasked in
        isMasked = true
        return apply(given)
      },
      transpose: { given, isMasked in
        isMasked = true
        return transpose(given)
      })
  }
}
