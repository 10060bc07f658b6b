// Parts of a fixed size at places that are data. A place that would let the part reach outside is moved inside, as in JAX: no
// place is an error. Negative ones count from the end first.

extension Tensor {
  /// The part of a size that begins at a place, which may be traced.
  ///
  /// - Parameters:
  ///   - starts: the first index along each axis: an integer vector, or a literal such as `[i, 0]`. An index is moved to between
  ///     0 and the size of the axis less that of the part.
  ///   - sizes: the sizes of the part, each at most that of the axis.
  public func dynamicSlice(at starts: Tensor, sizes: [Int]) -> Tensor {
    let operation = "dynamicSlice"
    if isInvalid || starts.isInvalid { return poisoned(operation) }
    return reporting { () throws(TensorError) in
      let starts = try checkedStarts(starts, sizes, operation)
      return try naming(operation) {
        var part = self
        for (axis, size) in sizes.enumerated() where size < shape[axis] {
          part = Gather(axis: axis).bind(part, starts[axis].places(size, in: shape[axis]))
        }
        return part
      }
    }
  }

  /// With the part that begins at a place, which may be traced, replaced by new elements.
  ///
  /// The elements that are replaced count for nothing, even if they are infinite or `nan`.
  ///
  /// - Parameters:
  ///   - elements: the new elements, with as many axes as this tensor and sizes that are at most its own.
  ///   - starts: the first index along each axis: an integer vector, or a literal such as `[i, 0]`. An index is moved to between
  ///     0 and the size of the axis less that of the part.
  public func dynamicUpdateSlice(_ elements: Tensor, at starts: Tensor) -> Tensor {
    let operation = "dynamicUpdateSlice"
    if isInvalid || starts.isInvalid || elements.isInvalid { return poisoned(operation) }
    return reporting { () throws(TensorError) in
      let (x, elements) = try sharingDType(operation, self, elements)
      let (own, part) = (x.shape.dimensions, elements.shape.dimensions)
      let starts = try x.checkedStarts(starts, part, operation)
      guard let last = own.indices.last(where: { own[$0] != part[$0] }) else { return elements }
      return try naming(operation) {
        // The axes up to the last one that is not taken whole become one, in which places are counted.
        var places = Tensor(Int64(0))
        for axis in 0...last {
          let along = starts[axis].places(part[axis], in: own[axis])
          places = places.expandedDimensions(axis: -1) * own[axis] + along
        }
        let rest = Array(own[(last + 1)...])
        func merged(_ sizes: [Int]) -> Int { sizes[...last].reduce(1, &*) }
        return Scatter(axis: 0).bind([
          x.lifted(beside: elements).reshaped([merged(own)] + rest),
          elements.lifted(beside: x).reshaped([merged(part)] + rest), places.flattened(),
        ])[0].reshaped(own)
      }
    }
  }

  /// The first index along each axis, as int64.
  private func checkedStarts(_ starts: Tensor, _ sizes: [Int], _ operation: String) throws(TensorError) -> [Tensor] {
    let own = shape.dimensions
    guard sizes.count == own.count, zip(sizes, own).allSatisfy({ $0 >= 0 && $0 <= $1 }) else {
      throw TensorError(
        .shape, operation, "a part of shape \(sizes) does not fit a tensor of shape \(shape)",
        hint: "give one size for each axis, each at most that of the axis")
    }
    let indices = try starts.asIndices(operation)
    guard indices.shape == Shape([own.count]) || own.count == 1 && indices.rank == 0 else {
      throw TensorError(
        .shape, operation, "starts of shape \(indices.shape) for a tensor of shape \(shape)",
        hint: "give one index for each axis: a vector of \(own.count)")
    }
    let vector = indices.asType(.int64).reshaped([own.count])
    return own.indices.map { vector[$0] }
  }

  /// The indices of a part of an axis that begins at this index, or next to it inside.
  fileprivate func places(_ size: Int, in whole: Int) -> Tensor {
    let start = Tensor.where(self .< 0, self + whole, self)
    return clip(start, 0, Tensor(integerLiteral: whole - size)) + Tensor.arange(size, dtype: .int64)
  }
}
