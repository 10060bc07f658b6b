/// What an expression over the bits of integers may use, on the host as in generated code; `and`, `or`, `exclusiveOr` and
/// `not` are those of each bit.
///
/// A number of bits that is negative or not less than the type's moves all of them out.
public protocol BitSemantics: LogicSemantics {
  /// The bits moved to the left, with zeros from the right.
  static func shiftLeft(_ a: Self, _ count: Self) -> Self
  /// The bits moved to the right, with copies of the sign from the left.
  static func shiftRight(_ a: Self, _ count: Self) -> Self
  /// The bits moved to the right, with zeros from the left.
  static func shiftRightLogical(_ a: Self, _ count: Self) -> Self
}

extension WrappingInteger: BitSemantics {
  /// The bits that both have.
  @inlinable public static func and(_ a: Self, _ b: Self) -> Self { Self(a.value & b.value) }
  /// The bits that at least one has.
  @inlinable public static func or(_ a: Self, _ b: Self) -> Self { Self(a.value | b.value) }
  /// The bits that exactly one has.
  @inlinable public static func exclusiveOr(_ a: Self, _ b: Self) -> Self {
    Self(a.value ^ b.value)
  }
  /// The bits that it does not have.
  @inlinable public static func not(_ a: Self) -> Self { Self(~a.value) }

  @inlinable static func isInside(_ count: Self) -> Bool {
    count.value >= 0 && count.value < Value(Value.bitWidth)
  }

  /// The bits moved to the left.
  @inlinable public static func shiftLeft(_ a: Self, _ count: Self) -> Self {
    isInside(count) ? Self(a.value &<< count.value) : Self(0)
  }
  /// The bits moved to the right, with copies of the sign.
  @inlinable public static func shiftRight(_ a: Self, _ count: Self) -> Self {
    isInside(count) ? Self(a.value &>> count.value) : Self(a.value < 0 ? -1 : 0)
  }
  /// The bits moved to the right, with zeros.
  @inlinable public static func shiftRightLogical(_ a: Self, _ count: Self) -> Self {
    let moved =
      Value.Magnitude(truncatingIfNeeded: a.value)
      &>> Value.Magnitude(truncatingIfNeeded: count.value)
    return isInside(count) ? Self(Value(truncatingIfNeeded: moved)) : Self(0)
  }
}
