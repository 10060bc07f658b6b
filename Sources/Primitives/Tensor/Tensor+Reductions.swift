extension Tensor {
  /// The sum of all elements.
  public func sum() -> Tensor { sum(axes: Array(0..<rank)) }

  /// The sum along axes; negative axes count from the end.
  public func sum(axes: [Int], keepingDimensions: Bool = false) -> Tensor {
    let shape = shape
    guard let axes = normalized(axes, rank: shape.rank, "sum") else { return Tensor(.invalid) }
    if axes.isEmpty { return self }
    let result = Sum(axes: axes).bind(self)
    return keepingDimensions ? result.reshaped(to: shape.keeping(axes)) : result
  }

  /// The sum along one axis; a negative axis counts from the end.
  public func sum(axis: Int, keepingDimensions: Bool = false) -> Tensor {
    sum(axes: [axis], keepingDimensions: keepingDimensions)
  }
}

/// Axes in ascending order, negative ones counted from the end; an error has been reported for axes that do not exist.
func normalized(_ axes: [Int], rank: Int, _ operation: String) -> [Int]? {
  let positive = axes.map { $0 < 0 ? $0 + rank : $0 }.sorted()
  for (axis, next) in zip(positive, positive.dropFirst() + [-1]) where !(0..<rank).contains(axis) || axis == next {
    let message =
      axis == next ? "axis \(axis) is named twice in \(axes)" : "\(axes) are not axes of a tensor of rank \(rank)"
    report(
      TensorError(.index, operation, message, hint: "axes go from 0 to \(rank - 1), or from -1 down to -\(rank)"))
    return nil
  }
  return positive
}
