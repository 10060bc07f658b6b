// Division that rounds down, of real numbers and integers, with NumPy's meaning.

/// The quotient of each pair of elements rounded down to a whole number. Real and integer; x and y broadcast.
///
/// Real numbers divided by 0 are infinite or `nan`; an integer divided by 0 is an error. The derivative is 0.
public func floorDivide(_ x: Tensor, _ y: Tensor) -> Tensor {
  withRemainder("floorDivide", x, y) { x, y, rest, isBelow in
    if x.dtype.isInteger { return x / y - isBelow.asType(x.dtype) }
    // x - rest is a whole multiple of y, whose quotient may be rounded.
    let whole = round((x - rest) / y) - isBelow.asType(x.dtype)
    return stopGradient(`where`(y .== 0, x / y, whole))
  }
}

/// What is left of each x after whole multiples of y, with the sign of y: x - y · ``floorDivide(_:_:)``. Real and integer; x
/// and y broadcast.
///
/// A real remainder by 0 is `nan`; that of an integer is an error. The derivative at a jump is that of the side it belongs to.
public func mod(_ x: Tensor, _ y: Tensor) -> Tensor {
  withRemainder("mod", x, y) { _, y, rest, isBelow in `where`(isBelow, rest + y, rest) }
}

/// Applies a function to operands of one type, the remainder with the sign of x, and whether that has not the sign of y.
private func withRemainder(
  _ operation: String, _ x: Tensor, _ y: Tensor, _ apply: (Tensor, Tensor, Tensor, Tensor) -> Tensor
) -> Tensor {
  if x.isInvalid || y.isInvalid { return poisoned(operation) }
  guard let (x, y) = madeEqual(operation, x, y) else { return Tensor(.invalid) }
  return reporting { () throws(TensorError) in
    try naming(operation) {
      let rest = x.dtype.isInteger ? x % y : fmod(x, y)
      return apply(x, y, rest, (rest .!= 0) .& ((rest .< 0) .^ (y .< 0)))
    }
  }
}
