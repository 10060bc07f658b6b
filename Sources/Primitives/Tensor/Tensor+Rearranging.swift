// Elements at other places.

extension Tensor {
  /// The elements in reverse order along all axes.
  public func flipped() -> Tensor { flipped(axes: Array(0..<rank)) }

  /// The elements in reverse order along axes; negative ones count from the end.
  public func flipped(axes: [Int]) -> Tensor {
    if isInvalid { return poisoned("flipped") }
    let shape = shape
    guard let axes = normalized(axes, rank: shape.rank, "flipped") else { return Tensor(.invalid) }
    let slices = shape.dimensions.enumerated().map { axis, size in
      axes.contains(axis) && size > 0 ? AxisSlice(start: size - 1, count: size, step: -1) : .all(size)
    }
    return Slice(axes: slices).bind(self)
  }

  /// The elements in reverse order along one axis.
  public func flipped(axis: Int) -> Tensor { flipped(axes: [axis]) }

  /// The elements moved along an axis by a number of places; what leaves at one end comes back at the other.
  public func rolled(by shift: Int, axis: Int) -> Tensor {
    guard let place = checkedAxis(axis, "rolled") else { return Tensor(.invalid) }
    let size = shape[place]
    if size == 0 || shift % size == 0 { return self }
    let distance = shift % size
    let start = distance > 0 ? size - distance : -distance
    let tail = sliced(place, AxisSlice(start: start, count: size - start))
    return Concatenate(axis: place).bind([tail, sliced(place, AxisSlice(start: 0, count: start))])[0]
  }

  /// With further elements around: `widths` has for each axis the numbers of elements before and after.
  ///
  /// - Parameter value: the further elements: one number, which may be infinite.
  public func padded(_ widths: [(before: Int, after: Int)], with value: Tensor = 0) -> Tensor {
    if isInvalid || value.isInvalid { return poisoned("padded") }
    return reporting { () throws(TensorError) in
      let own = shape
      guard widths.count == own.rank, widths.allSatisfy({ $0.before >= 0 && $0.after >= 0 }) else {
        throw TensorError(
          .shape, "padded",
          "[\(widths.map { "(\($0.before), \($0.after))" }.joined(separator: ", "))] are not widths for shape \(own)",
          hint: "give the numbers of elements before and after for each axis, none of them negative")
      }
      guard value.rank == 0 else {
        throw TensorError(
          .shape, "padded", "the value has shape \(value.shape); it must be one number",
          hint: "put other elements around with Tensor.concatenated")
      }
      let (x, value) = try sharingDType("padded", self, value)
      var sizes: [Int] = []
      for (size, width) in zip(own.dimensions, widths) {
        let (some, overflow) = size.addingReportingOverflow(width.before)
        let (all, overflows) = some.addingReportingOverflow(width.after)
        if overflow || overflows {
          throw TensorError(.memory, "padded", "a size of \(own) with its widths does not fit into an integer")
        }
        sizes.append(all)
      }
      let inside = zip(own.dimensions, widths).map { AxisSlice(start: $1.before, count: $0) }
      if let number = value.host, number == (try HostTensor(number.type, filledWith: 0)) {
        return Embed(axes: inside, shape: sizes).bind(x)
      }
      let full = value.lifted(beside: x).filling(Shape(sizes))
      return UpdateSlice(axes: inside).bind(full, x)
    }
  }

  /// With further elements around, as many on all sides.
  public func padded(_ width: Int, with value: Tensor = 0) -> Tensor {
    if isInvalid { return poisoned("padded") }
    return padded([(before: Int, after: Int)](repeating: (width, width), count: rank), with: value)
  }
}

extension Tensor {
  /// The elements at places along an axis: the axis is replaced by the axes of the indices.
  ///
  /// - Parameters:
  ///   - indices: int32 or int64 of any shape; negative ones count from the end. One out of range is an error.
  ///   - axis: a negative one counts from the end.
  public func take(_ indices: Tensor, axis: Int = 0) -> Tensor {
    if indices.isInvalid { return poisoned("take") }
    guard let place = checkedAxis(axis, "take") else { return Tensor(.invalid) }
    return reporting { () throws(TensorError) in
      let indices = try indices.asIndices("take")
      return try naming("take") { Gather(axis: place).bind(self, indices) }
    }
  }

  /// The elements at places along an axis; negative ones count from the end.
  @_disfavoredOverload
  public func take(_ indices: [Int], axis: Int = 0) -> Tensor { take(Tensor(indices.map(Int64.init)), axis: axis) }

  /// For each place of the indices the element at that place along an axis: the indices have as many axes as the tensor, and
  /// all sizes but that of the axis broadcast.
  public func takeAlongAxis(_ indices: Tensor, axis: Int) -> Tensor {
    if indices.isInvalid { return poisoned("takeAlongAxis") }
    guard let place = checkedAxis(axis, "takeAlongAxis") else { return Tensor(.invalid) }
    return reporting { () throws(TensorError) in
      let indices = try indices.asIndices("takeAlongAxis")
      guard indices.rank == rank, let others = Shape.broadcast(indices.shape.removing([place]), shape.removing([place]))
      else {
        throw TensorError(
          .shape, "takeAlongAxis", "indices of shape \(indices.shape) do not fit axis \(axis) of shape \(shape)",
          hint: "all sizes but that of the axis must be equal, or 1")
      }
      let last = rank - 1
      func lines(_ x: Tensor, beside other: Tensor) -> Tensor {
        let sizes = Shape(others.dimensions + [x.shape[place]])
        return x.lifted(beside: other).movingAxis(place, to: last).broadcast(to: sizes, for: "takeAlongAxis")
      }
      let taken = try naming("takeAlongAxis") {
        Gather(axis: last, batchRank: last).bind(lines(self, beside: indices), lines(indices, beside: self))
      }
      return taken.movingAxis(last, to: place)
    }
  }

  /// With elements added at places along an axis; where an index is repeated, all of its elements are added.
  ///
  /// - Parameters:
  ///   - elements: of the shape that `take(indices, axis:)` has, or one that broadcasts to it.
  ///   - indices: int32 or int64 of any shape; negative ones count from the end. One out of range is an error.
  public func adding(_ elements: Tensor, at indices: Tensor, axis: Int = 0) -> Tensor {
    if indices.isInvalid || elements.isInvalid { return poisoned("adding") }
    guard let place = checkedAxis(axis, "adding") else { return Tensor(.invalid) }
    return reporting { () throws(TensorError) in
      let indices = try indices.asIndices("adding")
      let (x, elements) = try sharingDType("adding", self, elements)
      var sizes = x.shape.dimensions
      sizes.replaceSubrange(place...place, with: indices.shape.dimensions)
      let full = elements.lifted(beside: x).broadcast(to: Shape(sizes), for: "adding")
      return try naming("adding") { x + ScatterAdd(axis: place, size: x.shape[place]).bind(full, indices) }
    }
  }

  /// The elements in ascending order along an axis; `nan` comes last.
  public func sorted(axis: Int = -1, descending: Bool = false) -> Tensor {
    let order = argsorted(axis: axis, descending: descending)
    return order.isInvalid ? order : takeAlongAxis(order, axis: axis)
  }

  /// The places of the elements in ascending order along an axis, as int64; the order is stable, and `nan` comes last.
  public func argsorted(axis: Int = -1, descending: Bool = false) -> Tensor {
    guard let place = checkedAxis(axis, ArgSort.name) else { return Tensor(.invalid) }
    return ArgSort(axis: place, descending: descending).bind(self).settled
  }

  /// This tensor as indices: integers; a literal's numbers become int64.
  func asIndices(_ operation: String) throws(TensorError) -> Tensor {
    guard let indices = try? literal(adopting: .int64, operation) else {
      throw TensorError(
        .dtype, operation, "\(self) as an index: indices are whole numbers",
        hint: "write Swift integers, or make a tensor of them: Tensor([0, 2] as [Int64])")
    }
    try checkIndices(indices.type, operation)
    return indices
  }
}
