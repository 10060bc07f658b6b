// Differences of neighbours along an axis, and sums of areas.

extension Tensor {
  /// The differences of neighbours along an axis, `order` times: each time the axis gets shorter by one, until it is empty.
  public func diff(order: Int = 1, axis: Int = -1) -> Tensor {
    guard let place = checkedAxis(axis, "diff") else { return Tensor(.invalid) }
    guard order >= 0 else {
      return invalidTensor(
        TensorError(.value, "diff", "the order is \(order)", hint: "0 gives the tensor itself, 1 the differences"))
    }
    return reporting { () throws(TensorError) in
      try naming("diff") {
        // Of nothing there are no differences to take, however long the axis is.
        if count == 0 { return sliced(place, AxisSlice(start: 0, count: Swift.max(shape[place] - order, 0))) }
        var x = self
        for _ in 0..<Swift.min(order, shape[place]) {
          let count = x.shape[place] - 1
          let (behind, before) = (AxisSlice(start: 1, count: count), AxisSlice(start: 0, count: count))
          x = x.sliced(place, behind) - x.sliced(place, before)
          if x.isInvalid { break }
        }
        return x
      }
    }
  }
}

/// The integral of values at places along an axis by the trapezoidal rule.
///
/// - Parameters:
///   - y: the values. Real and complex only.
///   - x: the places: a vector along the axis, or a tensor that broadcasts to the values' shape.
///   - axis: the last one by default; a negative axis counts from the end.
public func trapezoid(_ y: Tensor, x: Tensor, axis: Int = -1) -> Tensor {
  let operation = "trapezoid"
  if x.isInvalid { return poisoned(operation) }
  guard let place = y.checkedAxis(axis, operation) else { return Tensor(.invalid) }
  return reporting { () throws(TensorError) in
    let size = y.shape[place]
    let places = x.rank == 1 ? x.reshaped([-1] + [Int](repeating: 1, count: y.rank - 1 - place)) : x
    let along = place - (y.rank - places.rank)
    guard along >= 0, places.shape[along] == size, Shape.broadcast(places.shape, y.shape) == y.shape else {
      throw TensorError(
        .shape, operation, "places of shape \(x.shape) do not fit axis \(axis) of values of shape \(y.shape)",
        hint: "give a vector of \(size) places, or one place for each value")
    }
    return try naming(operation) { trapezoids(y, place, places.diff(axis: along)) }
  }
}

/// The integral of values at equal distances along an axis by the trapezoidal rule.
///
/// - Parameters:
///   - y: the values. Real and complex only.
///   - spacing: the distance of neighbours: a number, which may be traced.
///   - axis: the last one by default; a negative axis counts from the end.
public func trapezoid(_ y: Tensor, spacing: Tensor = 1, axis: Int = -1) -> Tensor {
  let operation = "trapezoid"
  if spacing.isInvalid { return poisoned(operation) }
  guard let place = y.checkedAxis(axis, operation) else { return Tensor(.invalid) }
  return reporting { () throws(TensorError) in
    guard spacing.rank == 0 else {
      throw TensorError(
        .shape, operation, "the spacing has shape \(spacing.shape); it must be one number",
        hint: "give the places of the values: trapezoid(y, x: x)")
    }
    return try naming(operation) { trapezoids(y, place, spacing) }
  }
}

private func trapezoids(_ y: Tensor, _ axis: Int, _ widths: Tensor) -> Tensor {
  guard y.dtype.isDifferentiable else {
    return invalidTensor(
      TensorError(.dtype, "trapezoid", "is not defined for \(y.dtype)", hint: "convert first: y.asType(.float64)"))
  }
  let count = Swift.max(y.shape[axis] - 1, 0)
  if count == 0 { return Sum(axes: [axis]).bind(y) * 0 }
  let (behind, before) = (AxisSlice(start: 1, count: count), AxisSlice(start: 0, count: count))
  return (widths * (y.sliced(axis, behind) + y.sliced(axis, before)) * 0.5).sum(axis: axis)
}
