// The largest and smallest elements together with where they are.

extension Tensor {
  /// The largest element along an axis and its place, as int64: that of the first of several, or of the first `nan`.
  ///
  /// The derivative belongs to the element at that place, while that of ``max(axis:keepingDimensions:)`` is shared by all
  /// that are largest. Real and integer only; no element is an error.
  public func maxWithIndex(axis: Int, keepingDimensions: Bool = false) -> (value: Tensor, index: Tensor) {
    withIndex(argmax(axis: axis, keepingDimensions: true), axis, keepingDimensions)
  }

  /// The smallest element along an axis and its place, as int64: that of the first of several, or of the first `nan`.
  ///
  /// The derivative belongs to the element at that place, while that of ``min(axis:keepingDimensions:)`` is shared by all
  /// that are smallest. Real and integer only; no element is an error.
  public func minWithIndex(axis: Int, keepingDimensions: Bool = false) -> (value: Tensor, index: Tensor) {
    withIndex(argmin(axis: axis, keepingDimensions: true), axis, keepingDimensions)
  }

  private func withIndex(_ index: Tensor, _ axis: Int, _ keepingDimensions: Bool) -> (value: Tensor, index: Tensor) {
    if index.isInvalid { return (index, index) }
    let value = takeAlongAxis(index, axis: axis)
    return keepingDimensions ? (value, index) : (value.squeezed(axis: axis), index.squeezed(axis: axis))
  }

  /// The largest elements along an axis, the largest first, and their places, as int64. Real and integer only.
  ///
  /// Equal elements are in the order of their places; `nan` comes last, as in ``sorted(axis:descending:)``.
  ///
  /// - Parameters:
  ///   - count: how many; at most the size of the axis.
  ///   - axis: the last one by default; a negative axis counts from the end.
  ///   - largest: whether the largest are taken, else the smallest, the smallest first.
  public func topK(_ count: Int, axis: Int = -1, largest: Bool = true) -> (values: Tensor, indices: Tensor) {
    guard let place = checkedAxis(axis, "topK") else { return (Tensor(.invalid), Tensor(.invalid)) }
    let size = shape[place]
    guard (0...size).contains(count) else {
      let invalid = invalidTensor(
        TensorError(
          .value, "topK", "\(count) elements of axis \(axis) of shape \(shape), which has \(size)",
          hint: "the count must be between 0 and \(size)"))
      return (invalid, invalid)
    }
    let order = argsorted(axis: place, descending: largest)
    if order.isInvalid { return (order, order) }
    let indices = order.sliced(place, AxisSlice(start: 0, count: count))
    return (takeAlongAxis(indices, axis: place), indices)
  }
}
