/// What passes, transforms and engines may ask about a primitive. They never ask for its name.
public struct PrimitiveTraits: OptionSet, Hashable, Sendable {
  /// The bits.
  public var rawValue: UInt16

  /// Traits from bits.
  @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// One result of the operands' shape, each element computed from the elements at the same place.
  public static let elementwise = PrimitiveTraits(rawValue: 1 << 0)
  /// Linear in all operands that can have a tangent, jointly.
  public static let linear = PrimitiveTraits(rawValue: 1 << 1)
  /// Linear in each of two operands while the other is fixed.
  public static let bilinear = PrimitiveTraits(rawValue: 1 << 2)
  /// Only moves, repeats or leaves out elements.
  public static let structural = PrimitiveTraits(rawValue: 1 << 3)
  /// Combines elements along axes.
  public static let reduction = PrimitiveTraits(rawValue: 1 << 4)
  /// Has no tangent at all, which is not the same as a tangent of zero: integers, booleans, `stopGradient`.
  public static let discrete = PrimitiveTraits(rawValue: 1 << 5)
  /// Contains programs.
  public static let control = PrimitiveTraits(rawValue: 1 << 6)
  /// Chooses between operands: a cotangent that it stops is a strong zero, which stays zero whatever it is multiplied
  /// with.
  public static let selecting = PrimitiveTraits(rawValue: 1 << 7)
  /// Evaluated in terms of other operations.
  public static let composite = PrimitiveTraits(rawValue: 1 << 8)
  /// The two operands may be exchanged without a change in any bit of the result; only, where both are `nan`, which of
  /// them comes out is not part of the result.
  public static let commutative = PrimitiveTraits(rawValue: 1 << 9)
  /// Leaves elements of an operand out: their cotangents are strong zeros. It adds none to tangents.
  public static let extracting = PrimitiveTraits(rawValue: 1 << 10)
  /// Puts elements of operands among zeros, which are strong in its tangents. It adds none to cotangents.
  public static let embedding = PrimitiveTraits(rawValue: 1 << 11)
  /// An even power of its operand, or of two operands that are one and the same.
  public static let evenPower = PrimitiveTraits(rawValue: 1 << 12)
  /// Has a rule for the derivative of the square of its result, which may be smooth where the result is not.
  public static let squareRule = PrimitiveTraits(rawValue: 1 << 13)

  /// Whether zeros that it adds to tangents are strong.
  package var makesStrongTangents: Bool { !isDisjoint(with: [.selecting, .embedding]) }
  /// Whether zeros that it adds to cotangents are strong.
  package var makesStrongCotangents: Bool { !isDisjoint(with: [.selecting, .extracting]) }
}
