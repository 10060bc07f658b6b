extension Tensor {
  /// The element or sub-tensor at an index of the first axis; a negative index counts from the end.
  public subscript(index: Int) -> Tensor {
    let shape = shape
    guard shape.rank > 0 else {
      return invalidTensor(
        TensorError(.index, "subscript", "a scalar has no elements to index", hint: "leave the index out"))
    }
    let size = shape[0]
    let position = index < 0 ? index + size : index
    guard position >= 0, position < size else {
      return invalidTensor(
        TensorError(
          .index, "subscript", "index \(index) is outside axis 0 of shape \(shape)",
          hint: size == 0 ? "the axis is empty" : "indices go from 0 to \(size - 1), or from -1 down to -\(size)"))
    }
    if shape.rank == 1 { return Slice(axes: [AxisSlice(index: position)]).bind(self) }
    return Slice(axes: [AxisSlice(index: position)] + shape.dimensions.dropFirst().map { .all($0) }).bind(self)
  }
}
