// How the public functions read axes.

/// The error for an axis that does not exist.
func axisOutside(_ axis: Int, rank: Int, _ operation: String) -> TensorError {
  TensorError(
    .index, operation, "axis \(axis) is not an axis of a tensor of rank \(rank)",
    hint: rank == 0
      ? "a scalar has no axes"
      : rank == 1 ? "its only axis is 0, or -1" : "axes go from 0 to \(rank - 1), or from -1 down to -\(rank)")
}

/// Axes in ascending order, negative ones counted from the end; an error has been reported for axes that do not exist.
package func normalized(_ axes: [Int], rank: Int, _ operation: String) -> [Int]? {
  var positive: [Int] = []
  for axis in axes {
    let place = axis < 0 ? axis &+ rank : axis
    guard (0..<rank).contains(place) else {
      report(axisOutside(axis, rank: rank, operation))
      return nil
    }
    guard !positive.contains(place) else {
      report(TensorError(.index, operation, "axis \(axis) is named twice in \(axes)", hint: "name each axis once"))
      return nil
    }
    positive.append(place)
  }
  return positive.sorted()
}

extension Tensor {
  /// An axis, a negative one counted from the end; an error has been reported when it does not exist.
  package func checkedAxis(_ axis: Int, _ operation: String) -> Int? {
    if isInvalid {
      _ = poisoned(operation)
      return nil
    }
    return normalized([axis], rank: rank, operation)?[0]
  }

  /// A slice of one axis, everything of the others.
  func sliced(_ axis: Int, _ slice: AxisSlice) -> Tensor {
    var axes = shape.dimensions.map { AxisSlice.all($0) }
    axes[axis] = slice
    return Slice(axes: axes).bind(self)
  }
}
