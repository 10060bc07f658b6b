// Other axes for the same elements.

extension Tensor {
  /// The same elements in row-major order with another shape; one size may be -1 and is then computed.
  public func reshaped(_ sizes: [Int]) -> Tensor {
    if isInvalid { return poisoned(Reshape.name) }
    guard let unknown = sizes.firstIndex(of: -1) else { return Reshape(shape: sizes).bind(self) }
    return reporting { () throws(TensorError) in
      let own = shape
      var known = sizes
      known.remove(at: unknown)
      // A negative size or a second -1 is an error, and so is a product that an integer does not hold.
      let product = known.contains(where: { $0 < 0 }) ? nil : Shape(known).checkedCount
      guard let product, product > 0, own.count % product == 0 else {
        throw TensorError(
          .shape, Reshape.name, "\(own.count) elements of shape \(own) do not fill the shape \(sizes)",
          hint: product == 0 && own.count == 0
            ? "any size would do in place of -1: write it" : "one size may be -1; the others must divide the count")
      }
      var result = sizes
      result[unknown] = own.count / product
      return Reshape(shape: result).bind(self)
    }
  }

  /// The same elements in row-major order with another shape; one size may be -1 and is then computed.
  public func reshaped(_ sizes: Int...) -> Tensor { reshaped(sizes) }

  /// The same elements with another shape.
  func reshaped(to shape: Shape) -> Tensor {
    isInvalid || shape == self.shape ? self : Reshape(shape: shape.dimensions).bind(self)
  }

  /// All elements in row-major order, as a vector.
  public func flattened() -> Tensor { isInvalid ? poisoned("flattened") : reshaped(to: [count]) }

  /// A new axis of size 1; a negative place counts from the end of the result's axes.
  public func expandedDimensions(axis: Int) -> Tensor {
    if isInvalid { return poisoned("expandedDimensions") }
    var sizes = shape.dimensions
    guard let place = normalized([axis], rank: sizes.count + 1, "expandedDimensions") else { return Tensor(.invalid) }
    sizes.insert(1, at: place[0])
    return reshaped(to: Shape(sizes))
  }

  /// Without all axes of size 1.
  public func squeezed() -> Tensor {
    isInvalid ? poisoned("squeezed") : reshaped(to: Shape(shape.dimensions.filter { $0 != 1 }))
  }

  /// Without an axis, which must have size 1; a negative axis counts from the end.
  public func squeezed(axis: Int) -> Tensor {
    guard let place = checkedAxis(axis, "squeezed") else { return Tensor(.invalid) }
    guard shape[place] == 1 else {
      return invalidTensor(
        TensorError(
          .shape, "squeezed", "axis \(axis) of shape \(shape) has size \(shape[place]), not 1",
          hint: "take an element of it, or reduce it"))
    }
    return reshaped(to: shape.removing([place]))
  }

  /// This tensor broadcast to a shape by NumPy's rule.
  public func broadcast(to sizes: [Int]) -> Tensor {
    if isInvalid { return poisoned(Broadcast.name) }
    return reporting { () throws(TensorError) in
      broadcast(to: try Shape(checking: sizes, for: Broadcast.name), for: Broadcast.name)
    }
  }

  func broadcast(to target: Shape, for operation: String) -> Tensor {
    let own = shape
    if own == target { return self }
    let added = target.rank - own.rank
    if added < 0 || Shape.broadcast(own, target) != target {
      return invalidTensor(
        TensorError(
          .shape, operation, "the shape \(own) does not broadcast to \(target)",
          hint: "sizes must be equal or 1, counted from the last axis"))
    }
    return Broadcast(shape: target.dimensions, axes: Array(added..<target.rank)).bind(self)
  }

  /// This tensor repeated along a new first axis.
  package func repeatedAlongNewAxis(_ size: Int) -> Tensor {
    Broadcast(shape: [size] + shape.dimensions, axes: Array(1..<(rank + 1))).bind(self)
  }
}

extension Tensor {
  /// The axes in another order: axis `i` of the result is axis `permutation[i]`; without arguments in reverse order.
  public func transposed(_ permutation: Int...) -> Tensor {
    if isInvalid { return poisoned(Transpose.name) }
    return transposed(permutation.isEmpty ? Array((0..<rank).reversed()) : permutation)
  }

  /// The axes in another order: axis `i` of the result is axis `permutation[i]`; negative axes count from the end.
  public func transposed(_ permutation: [Int]) -> Tensor {
    if isInvalid { return poisoned(Transpose.name) }
    let rank = rank
    let order = permutation.map { $0 < 0 ? $0 &+ rank : $0 }
    return order == Array(0..<rank) ? self : Transpose(permutation: order).bind(self)
  }

  /// With two axes exchanged; negative ones count from the end.
  public func swappingAxes(_ first: Int, _ second: Int) -> Tensor {
    guard let a = checkedAxis(first, "swappingAxes"), let b = checkedAxis(second, "swappingAxes") else {
      return Tensor(.invalid)
    }
    var order = Array(0..<rank)
    order.swapAt(a, b)
    return transposed(order)
  }

  /// With one axis moved to another place, the others in their order; negative ones count from the end.
  public func movingAxis(from source: Int, to destination: Int) -> Tensor {
    guard let from = checkedAxis(source, "movingAxis"), let to = checkedAxis(destination, "movingAxis") else {
      return Tensor(.invalid)
    }
    return movingAxis(from, to: to)
  }

  /// This tensor with one axis moved to another place.
  package func movingAxis(_ from: Int, to destination: Int) -> Tensor {
    if isInvalid || from == destination { return self }
    var order = Array(0..<rank)
    order.insert(order.remove(at: from), at: destination)
    return transposed(order)
  }
}
