// Integers as bits, in two's complement: int32 and int64. They have no derivatives.

/// The bits that both of two integers have, element by element.
public func bitwiseAnd(_ x: Tensor, _ y: Tensor) -> Tensor { broadcasting(BitwiseAnd(), x, y) }

/// The bits that at least one of two integers has, element by element.
public func bitwiseOr(_ x: Tensor, _ y: Tensor) -> Tensor { broadcasting(BitwiseOr(), x, y) }

/// The bits that exactly one of two integers has, element by element.
public func bitwiseXor(_ x: Tensor, _ y: Tensor) -> Tensor { broadcasting(BitwiseXor(), x, y) }

/// The bits that an integer does not have, element by element.
public func bitwiseNot(_ x: Tensor) -> Tensor { BitwiseNot().bind(x) }

/// The bits of each element of `x` moved to the left by that of `count`, with zeros from the right; 0 where `count` is negative
/// or at least the number of bits.
public func shiftLeft(_ x: Tensor, _ count: Tensor) -> Tensor {
  broadcasting(ShiftLeft(), x, count)
}

/// The bits of each element of `x` moved to the right by that of `count`, with copies of the sign from the left; 0 or -1 where
/// `count` is negative or at least the number of bits.
public func shiftRight(_ x: Tensor, _ count: Tensor) -> Tensor {
  broadcasting(ShiftRight(), x, count)
}

/// The bits of each element of `x` moved to the right by that of `count`, with zeros from the left; 0 where `count` is negative
/// or at least the number of bits.
public func shiftRightLogical(_ x: Tensor, _ count: Tensor) -> Tensor {
  broadcasting(ShiftRightLogical(), x, count)
}
