/// Whether elements are equal up to tolerances: |a - b| ≤ absolute + relative · |b|, as in NumPy. Both broadcast; infinite
/// elements must be equal. All element types; integers and `bool` are compared as float64.
///
/// - Parameters:
///   - relativeTolerance: a part of the size of `b`; 1e-5 by default.
///   - absoluteTolerance: a distance; 1e-8 by default.
///   - equalNaN: whether `nan` is close to `nan`.
public func isClose(
  _ a: Tensor, _ b: Tensor, relativeTolerance: Double = 1e-5, absoluteTolerance: Double = 1e-8, equalNaN: Bool = false
) -> Tensor {
  let operation = "isClose"
  if a.isInvalid || b.isInvalid { return poisoned(operation) }
  return reporting { () throws(TensorError) in
    for tolerance in [relativeTolerance, absoluteTolerance] where !(tolerance >= 0) {
      throw TensorError(.value, operation, "a tolerance is \(tolerance)", hint: "tolerances are at least 0")
    }
    guard let (x, y) = madeEqual(operation, a, b) else { return Tensor(.invalid) }
    func numbers(_ x: Tensor) -> Tensor { stopGradient(x.dtype.isDifferentiable ? x : x.asType(.float64)) }
    return try naming(operation) {
      let (x, y) = (numbers(x), numbers(y))
      let isNear = abs(x - y) .<= absoluteTolerance + relativeTolerance * abs(y)
      let isEqual = (isFinite(y) .& isNear) .| (x .== y)
      return equalNaN ? isEqual .| (isNaN(x) .& isNaN(y)) : isEqual
    }
  }
}

/// Whether all elements are equal up to tolerances, as one truth value; see
/// ``isClose(_:_:relativeTolerance:absoluteTolerance:equalNaN:)``. `Bool(allClose(a, b))` reads it.
public func allClose(
  _ a: Tensor, _ b: Tensor, relativeTolerance: Double = 1e-5, absoluteTolerance: Double = 1e-8, equalNaN: Bool = false
) -> Tensor {
  let close = isClose(
    a, b, relativeTolerance: relativeTolerance, absoluteTolerance: absoluteTolerance, equalNaN: equalNaN)
  return close.isInvalid ? close : close.all()
}
