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
