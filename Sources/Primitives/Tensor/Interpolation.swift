/// The piecewise linear function through points, at each element of x; left and right of the points it is constant.
///
/// It is differentiable in x, whose derivative is the slope of the piece, in the places and in the values. At a place between
/// two pieces the slope is that of the right one, at the last place that of the left one. Real only.
///
/// - Parameters:
///   - x: where the function is computed, of any shape; `nan` gives `nan`.
///   - xs: the places of the points, a vector in ascending order; another order is an error. Of equal places the last one counts
///     to the right.
///   - ys: the values there, a vector of the same length.
public func interp(_ x: Tensor, _ xs: Tensor, _ ys: Tensor) -> Tensor {
  let operation = "interp"
  if x.isInvalid || xs.isInvalid || ys.isInvalid { return poisoned(operation) }
  return reporting { () throws(TensorError) in
    let shared = try sharingDType(operation, [x, xs, ys]).map(\.settled)
    let (x, xs, ys) = (shared[0], shared[1], shared[2])
    guard x.dtype.isReal else {
      throw TensorError(.dtype, operation, "is not defined for \(x.dtype)", hint: "convert first: x.asType(.float64)")
    }
    guard xs.rank == 1, xs.shape == ys.shape, xs.count > 0 else {
      throw TensorError(
        .shape, operation, "places of shape \(xs.shape) and values of shape \(ys.shape) are not points",
        hint: "give two vectors of one length, with at least one element")
    }
    if let host = xs.host, let place = host.firstDescent {
      throw TensorError(
        .value, operation, "the places are not in ascending order: see elements \(place) and \(place + 1)",
        hint: "sort the points: let order = xs.argsorted(); interp(x, xs.take(order), ys.take(order))")
    }
    return try naming(operation) {
      let last = xs.count - 1
      if x.isEscaped || xs.isEscaped || ys.isEscaped { return invalidTensor(.escaped(operation)) }
      if last == 0 { return `where`(isNaN(x), x, ys[0]) }
      let found = SearchSorted(isRight: true).bind(xs.lifted(beside: x), x)
      let right = clip(found, 1, Tensor(integerLiteral: last)) + isAscending(xs)
      let (x0, x1) = (xs.take(right - 1), xs.take(right))
      let inside = interpolated(ys.take(right - 1), ys.take(right), (x - x0) / (x1 - x0))
      let isRight = (x .> xs[last]) .| ((x .== xs[last]) .& (x0 .== x1))
      return `where`(x .< xs[0], ys[0], `where`(isRight, ys[last], inside))
    }
  }
}

/// 0 if the elements of a vector ascend; else the evaluation fails.
private func isAscending(_ xs: Tensor) -> Tensor {
  if xs.host != nil { return Tensor(integerLiteral: 0) }
  let count = xs.count - 1
  let (before, behind) = (AxisSlice(start: 0, count: count), AxisSlice(start: 1, count: count))
  return zero(requiring: xs.sliced(0, before) .<= xs.sliced(0, behind))
}

extension HostTensor {
  /// The first place of a real vector after which an element is less, or not a number.
  fileprivate var firstDescent: Int? {
    func find<Number: OrderedHostNumber>(_: Number.Type) -> Int? {
      withElements(as: Number.self) { elements in
        elements.indices.dropLast().first { !(elements[$0] <= elements[$0 + 1]) }
      }
    }
    return dtype == .float32 ? find(Float.self) : find(Double.self)
  }
}
