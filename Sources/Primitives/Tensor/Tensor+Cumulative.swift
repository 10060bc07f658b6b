// Running totals along an axis: each result is made of the elements up to its place, or with `reversed` from its place on.
// The results have the tensor's shape; negative axes count from the end.

extension Tensor {
  /// The running sum along an axis: each result is the sum of the elements up to its place, or with `reversed` from its
  /// place on.
  public func cumsum(axis: Int, reversed: Bool = false) -> Tensor {
    running(axis, CumulativeSum.name) { CumulativeSum(axis: $0, reversed: reversed).bind(self) }
  }

  /// The running product along an axis. Integers wrap around; `bool` is an error. The derivative is right also where
  /// elements are zero, at every order.
  public func cumprod(axis: Int, reversed: Bool = false) -> Tensor {
    running(axis, CumulativeProduct.name) { CumulativeProduct(axis: $0, reversed: reversed).bind(self) }
  }

  /// The running maximum along an axis; `nan` from the first `nan` on. Real and integer only. The derivative of each result
  /// is shared equally by the elements up to its place that attain it.
  public func cummax(axis: Int, reversed: Bool = false) -> Tensor {
    running(axis, CumulativeMax.name) { CumulativeMax(axis: $0, reversed: reversed).bind(self) }
  }

  /// The running minimum along an axis; `nan` from the first `nan` on. Real and integer only. The derivative of each result
  /// is shared equally by the elements up to its place that attain it.
  public func cummin(axis: Int, reversed: Bool = false) -> Tensor {
    running(axis, CumulativeMin.name) { CumulativeMin(axis: $0, reversed: reversed).bind(self) }
  }

  /// The logarithm of the running sum of exponentials along an axis, without overflow. Real only. It is -∞ as long as all
  /// elements are, with the derivative 0.
  public func logCumSumExp(axis: Int, reversed: Bool = false) -> Tensor {
    running(axis, LogCumulativeSum.name) { LogCumulativeSum(axis: $0, reversed: reversed).bind(self) }
  }

  private func running(_ axis: Int, _ operation: String, _ apply: (Int) -> Tensor) -> Tensor {
    guard let place = checkedAxis(axis, operation) else { return Tensor(.invalid) }
    return apply(place)
  }
}
