extension Tensor {
  /// The same elements with another shape; one size may be -1 and is then computed.
  public func reshaped(_ sizes: [Int]) -> Tensor {
    var sizes = sizes
    if sizes.filter({ $0 == -1 }).count == 1, let unknown = sizes.firstIndex(of: -1) {
      let known = sizes.enumerated().filter { $0.offset != unknown }.reduce(1) { $0 &* $1.element }
      sizes[unknown] = known > 0 ? count / known : 0
    }
    return Reshape(shape: sizes).bind(self)
  }

  /// The same elements with another shape.
  func reshaped(to shape: Shape) -> Tensor {
    shape == self.shape ? self : Reshape(shape: shape.dimensions).bind(self)
  }

  /// This tensor broadcast to a shape by NumPy's rule.
  public func broadcast(to sizes: [Int]) -> Tensor {
    do throws(TensorError) {
      return broadcast(to: try Shape(checking: sizes, for: "broadcast"), for: "broadcast")
    } catch {
      return invalidTensor(error)
    }
  }

  func broadcast(to target: Shape, for operation: String) -> Tensor {
    let own = shape
    if own == target { return self }
    let added = target.rank - own.rank
    if added < 0 {
      return invalidTensor(TensorError(.shape, operation, "the shape \(own) does not broadcast to \(target)"))
    }
    return Broadcast(shape: target.dimensions, axes: Array(added..<target.rank)).bind(self)
  }

  /// This tensor repeated along a new first axis.
  package func repeatedAlongNewAxis(_ size: Int) -> Tensor {
    Broadcast(shape: [size] + shape.dimensions, axes: Array(1..<(rank + 1))).bind(self)
  }

  /// The axes in another order: axis `i` of the result is axis `permutation[i]`; without arguments in reverse order.
  public func transposed(_ permutation: Int...) -> Tensor {
    transposed(permutation.isEmpty ? Array((0..<rank).reversed()) : permutation)
  }

  /// The axes in another order: axis `i` of the result is axis `permutation[i]`.
  public func transposed(_ permutation: [Int]) -> Tensor {
    let rank = rank
    return Transpose(permutation: permutation.map { $0 < 0 ? $0 + rank : $0 }).bind(self)
  }

  /// This tensor with one axis moved to another place.
  package func movingAxis(_ from: Int, to destination: Int) -> Tensor {
    if from == destination { return self }
    var order = Array(0..<rank)
    order.insert(order.remove(at: from), at: destination)
    return transposed(order)
  }
}

extension Tensor {
  /// Tensors joined along the first axis.
  package static func joinedAlongFirstAxis(_ parts: [Tensor]) -> Tensor {
    if parts.count == 1 { return parts[0] }
    let total = parts.reduce(0) { $0 + $1.shape[0] }
    var start = 0
    return parts.map { part in
      let shape = part.shape
      let rest = shape.dimensions.dropFirst()
      let place = AxisSlice(start: start, count: shape[0])
      start += shape[0]
      return Embed(axes: [place] + rest.map { AxisSlice.all($0) }, shape: [total] + rest).bind(part)
    }.reduce(Tensor(0.0)) { $0 + $1 }
  }
}
