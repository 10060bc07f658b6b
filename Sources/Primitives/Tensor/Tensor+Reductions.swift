// Reductions. Each exists for all elements, for one axis and for several; negative axes count from the end, and
// `keepingDimensions` leaves the reduced axes in the result with size 1.

extension Tensor {
  /// The sum of all elements.
  public func sum() -> Tensor { sum(axes: Array(0..<rank)) }

  /// The sum along axes. Integers wrap around; of `bool` it is how many are true, int64.
  public func sum(axes: [Int], keepingDimensions: Bool = false) -> Tensor {
    reduced(axes, keepingDimensions, Sum.name) { Sum(axes: $0).bind($1.dtype == .bool ? $1.asType(.int64) : $1) }
  }

  /// The sum along one axis.
  public func sum(axis: Int, keepingDimensions: Bool = false) -> Tensor {
    sum(axes: [axis], keepingDimensions: keepingDimensions)
  }

  /// The product of all elements.
  public func prod() -> Tensor { prod(axes: Array(0..<rank)) }

  /// The product along axes. Integers wrap around; `bool` is an error, see ``all(axes:keepingDimensions:)``. The derivative is right also where elements are
  /// zero.
  public func prod(axes: [Int], keepingDimensions: Bool = false) -> Tensor {
    reduced(axes, keepingDimensions, Prod.name) { Prod(axes: $0).bind($1) }
  }

  /// The product along one axis.
  public func prod(axis: Int, keepingDimensions: Bool = false) -> Tensor {
    prod(axes: [axis], keepingDimensions: keepingDimensions)
  }

  /// The largest element; `nan` when there is one.
  public func max() -> Tensor { max(axes: Array(0..<rank)) }

  /// The largest element along axes; `nan` when there is one. Real and integer only; no element is an error. The
  /// derivative is shared equally by the elements that are largest.
  public func max(axes: [Int], keepingDimensions: Bool = false) -> Tensor {
    reduced(axes, keepingDimensions, ReduceMax.name) { ReduceMax(axes: $0).bind($1) }
  }

  /// The largest element along one axis.
  public func max(axis: Int, keepingDimensions: Bool = false) -> Tensor {
    max(axes: [axis], keepingDimensions: keepingDimensions)
  }

  /// The smallest element; `nan` when there is one.
  public func min() -> Tensor { min(axes: Array(0..<rank)) }

  /// The smallest element along axes; `nan` when there is one. Real and integer only; no element is an error. The
  /// derivative is shared equally by the elements that are smallest.
  public func min(axes: [Int], keepingDimensions: Bool = false) -> Tensor {
    reduced(axes, keepingDimensions, ReduceMin.name) { ReduceMin(axes: $0).bind($1) }
  }

  /// The smallest element along one axis.
  public func min(axis: Int, keepingDimensions: Bool = false) -> Tensor {
    min(axes: [axis], keepingDimensions: keepingDimensions)
  }

  /// Whether all flags hold.
  public func all() -> Tensor { all(axes: Array(0..<rank)) }

  /// Whether all flags along axes hold; true where there are none. `bool` only.
  public func all(axes: [Int], keepingDimensions: Bool = false) -> Tensor {
    reduced(axes, keepingDimensions, ReduceAll.name) { ReduceAll(axes: $0).bind($1) }
  }

  /// Whether all flags along one axis hold.
  public func all(axis: Int, keepingDimensions: Bool = false) -> Tensor {
    all(axes: [axis], keepingDimensions: keepingDimensions)
  }

  /// Whether one of the flags holds.
  public func any() -> Tensor { any(axes: Array(0..<rank)) }

  /// Whether one of the flags along axes holds; false where there are none. `bool` only.
  public func any(axes: [Int], keepingDimensions: Bool = false) -> Tensor {
    reduced(axes, keepingDimensions, ReduceAny.name) { ReduceAny(axes: $0).bind($1) }
  }

  /// Whether one of the flags along one axis holds.
  public func any(axis: Int, keepingDimensions: Bool = false) -> Tensor {
    any(axes: [axis], keepingDimensions: keepingDimensions)
  }
}

extension Tensor {
  /// The place of the largest element among all, in row-major order, as int64.
  public func argmax() -> Tensor { flattened().argmax(axis: 0) }

  /// The place of the largest element along an axis, as int64: the first of several, or the first `nan`.
  public func argmax(axis: Int, keepingDimensions: Bool = false) -> Tensor {
    reduced([axis], keepingDimensions, ArgMax.name) { ArgMax(axis: $0[0]).bind($1).settled }
  }

  /// The place of the smallest element among all, in row-major order, as int64.
  public func argmin() -> Tensor { flattened().argmin(axis: 0) }

  /// The place of the smallest element along an axis, as int64: the first of several, or the first `nan`.
  public func argmin(axis: Int, keepingDimensions: Bool = false) -> Tensor {
    reduced([axis], keepingDimensions, ArgMin.name) { ArgMin(axis: $0[0]).bind($1).settled }
  }

  /// A reduction along checked axes, with the reduced axes put back when they are kept.
  func reduced(
    _ axes: [Int], _ keepingDimensions: Bool, _ operation: String, _ apply: ([Int], Tensor) -> Tensor
  ) -> Tensor {
    if isInvalid { return poisoned(operation) }
    let shape = shape
    guard let axes = normalized(axes, rank: shape.rank, operation) else { return Tensor(.invalid) }
    let result = apply(axes, self)
    return keepingDimensions && !result.isInvalid ? result.reshaped(to: shape.keeping(axes)) : result
  }
}
