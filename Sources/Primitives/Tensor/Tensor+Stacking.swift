extension Tensor {
  /// Tensors one after the other along an axis; a negative axis counts from the end.
  ///
  /// All sizes but that of the axis must be equal; all tensors have one element type, which literals adopt.
  public static func concatenated(_ tensors: [Tensor], axis: Int = 0) -> Tensor {
    if tensors.contains(where: \.isInvalid) { return poisoned(Concatenate.name) }
    return reporting { () throws(TensorError) in
      guard let first = tensors.first else {
        throw TensorError(.shape, Concatenate.name, "there are no tensors", hint: "give at least one")
      }
      let rank = first.rank
      let place = axis < 0 ? axis &+ rank : axis
      guard (0..<rank).contains(place) else { throw axisOutside(axis, rank: rank, Concatenate.name) }
      if tensors.count == 1 { return first }
      return Concatenate(axis: place).bind(try sharingDType(Concatenate.name, tensors))[0]
    }
  }

  /// Tensors of one type, but for the first axis, joined along it.
  package static func joinedAlongFirstAxis(_ parts: [Tensor]) -> Tensor { concatenated(parts, axis: 0) }

  /// Tensors of one shape along a new axis; a negative axis counts from the end of the result's axes.
  ///
  /// Scalars and shapes that broadcast to the others' are repeated. All tensors have one element type, which literals
  /// adopt.
  public static func stacked(_ tensors: [Tensor], axis: Int = 0) -> Tensor {
    if tensors.contains(where: \.isInvalid) { return poisoned("stacked") }
    return reporting { () throws(TensorError) in try stacking(tensors, axis: axis, "stacked") }
  }

  /// Tensors side by side: vectors one after the other, others along their second axis.
  public static func hstack(_ tensors: [Tensor]) -> Tensor {
    joined(tensors, "hstack") { x in (x.rank == 0 ? x.reshaped([1]) : x, x.rank < 2 ? 0 : 1) }
  }

  /// Tensors below each other: numbers and vectors as rows of a matrix, others along their first axis.
  public static func vstack(_ tensors: [Tensor]) -> Tensor {
    joined(tensors, "vstack") { x in (x.rank < 2 ? x.reshaped([1, x.count]) : x, 0) }
  }

  /// Tensors in a form, one after the other along an axis that the first one says.
  private static func joined(
    _ tensors: [Tensor], _ operation: String, _ form: (Tensor) -> (Tensor, axis: Int)
  ) -> Tensor {
    if tensors.contains(where: \.isInvalid) { return poisoned(operation) }
    return reporting { () throws(TensorError) in
      try naming(operation) {
        let forms = tensors.map(form)
        return concatenated(forms.map(\.0), axis: forms.first?.axis ?? 0)
      }
    }
  }

  /// What ``stacked(_:axis:)`` gives.
  ///
  /// - Throws: an error of the operation when the tensors do not fit.
  static func stacking(_ tensors: [Tensor], axis: Int, _ operation: String) throws(TensorError) -> Tensor {
    guard !tensors.isEmpty else {
      throw TensorError(.shape, operation, "there are no tensors", hint: "give at least one")
    }
    let equal = try sharingDType(operation, tensors)
    var shape = equal[0].shape
    for (index, tensor) in equal.enumerated() {
      guard let common = Shape.broadcast(shape, tensor.shape) else {
        throw TensorError(
          .shape, operation, "tensor \(index) has shape \(tensor.shape) where the ones before have \(shape)",
          hint: "all tensors must have one shape")
      }
      shape = common
    }
    let place = axis < 0 ? axis &+ shape.rank &+ 1 : axis
    guard (0...shape.rank).contains(place) else { throw axisOutside(axis, rank: shape.rank + 1, operation) }
    let traced = equal.first(where: \.isTraced) ?? equal[0]
    var sizes = shape.dimensions
    sizes.insert(1, at: place)
    let rows = equal.map { tensor in
      let full = tensor.shape == shape ? tensor : tensor.lifted(beside: traced).broadcast(to: shape, for: operation)
      return full.reshaped(to: Shape(sizes))
    }
    return rows.count == 1 ? rows[0] : Concatenate(axis: place).bind(rows)[0]
  }

  /// The tensor in pieces of equal size along an axis; a negative axis counts from the end.
  public func split(count: Int, axis: Int = 0) -> [Tensor] {
    let size = checkedAxis(axis, "split").map { shape[$0] }
    guard let size else { return [Tensor(.invalid)] }
    guard count > 0, size % count == 0 else {
      return [
        invalidTensor(
          TensorError(
            .shape, "split", "axis \(axis) of shape \(shape) does not split into \(count) equal pieces",
            hint: count > 0
              ? "name the sizes: x.split(sizes: [...], axis: \(axis))" : "the number of pieces must be at least 1"))
      ]
    }
    // An empty axis splits into any number of empty pieces; they must be holdable, too.
    let (bytes, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Tensor>.stride)
    guard !overflow, bytes <= MemoryLimit.bytes / 64 else {
      return [
        invalidTensor(TensorError(.memory, "split", "\(count) pieces of shape \(shape) are more than fit into memory"))
      ]
    }
    return split(sizes: [Int](repeating: size / count, count: count), axis: axis)
  }

  /// The tensor in pieces of the given sizes along an axis; the sizes add up to that of the axis.
  public func split(sizes: [Int], axis: Int = 0) -> [Tensor] {
    guard let place = checkedAxis(axis, "split") else { return [Tensor(.invalid)] }
    let shape = shape
    var total = 0
    var isValid = true
    for size in sizes {
      let (sum, overflow) = total.addingReportingOverflow(size)
      isValid = isValid && !overflow && size >= 0
      total = sum
    }
    guard isValid, total == shape[place] else {
      return [
        invalidTensor(
          TensorError(
            .shape, "split", "sizes \(sizes) do not add up to size \(shape[place]) of axis \(axis) of shape \(shape)",
            hint: "give the sizes of all pieces, none of them negative"))
      ]
    }
    var start = 0
    return sizes.map { size in
      defer { start += size }
      return sliced(place, AxisSlice(start: start, count: size))
    }
  }

  /// The tensor repeated along each axis, as tiles; missing counts for leading axes are 1.
  public func tiled(_ counts: [Int]) -> Tensor {
    if isInvalid { return poisoned("tiled") }
    let own = shape
    let missing = Swift.max(own.rank - counts.count, 0)
    let counts = [Int](repeating: 1, count: missing) + counts
    let sizes = [Int](repeating: 1, count: counts.count - own.rank) + own.dimensions
    guard counts.allSatisfy({ $0 >= 0 }) else {
      return invalidTensor(
        TensorError(
          .shape, "tiled", "the counts \(counts) are not all at least 0", hint: "a count of 1 leaves an axis as it is"))
    }
    var result: [Int] = []
    for (count, size) in zip(counts, sizes) {
      let (product, overflow) = count.multipliedReportingOverflow(by: size)
      if overflow { return invalidTensor(MemoryLimit.tooLarge(TensorType(dtype, Shape(counts + sizes)), "tiled")) }
      result.append(product)
    }
    // Each axis of the tensor stands behind a new axis for its copies.
    let pairs = zip(counts, sizes).flatMap { [$0, $1] }
    let places = (0..<own.rank).map { 2 * ($0 + counts.count - own.rank) + 1 }
    return Broadcast(shape: pairs, axes: places).bind(self).reshaped(to: Shape(result))
  }

  /// Each element repeated along an axis, next to itself; a negative axis counts from the end.
  public func repeated(_ count: Int, axis: Int) -> Tensor {
    guard let place = checkedAxis(axis, "repeated") else { return Tensor(.invalid) }
    let own = shape.dimensions
    let (size, overflow) = own[place].multipliedReportingOverflow(by: count)
    guard count >= 0 else {
      return invalidTensor(
        TensorError(
          .shape, "repeated", "an element cannot be repeated \(count) times", hint: "the number must be at least 0"))
    }
    var wide = own
    wide.insert(count, at: place + 1)
    if overflow { return invalidTensor(MemoryLimit.tooLarge(TensorType(dtype, Shape(wide)), "repeated")) }
    let axes = Array(0...place) + Array((place + 1)..<own.count).map { $0 + 1 }
    var sizes = own
    sizes[place] = size
    return Broadcast(shape: wide, axes: axes).bind(self).reshaped(to: Shape(sizes))
  }
}
