// Tensors whose elements depend on where they are: grids, triangles of matrices, and rows of a single one.

/// How the axes of a grid follow those that it is made of.
public enum GridIndexing: String, Hashable, Sendable, CaseIterable {
  /// As in a picture: the first vector runs along the second axis, the second one along the first.
  case xy
  /// As in a matrix: each vector runs along its own axis.
  case ij
}

extension Tensor {
  /// The coordinates of a grid: for each vector a tensor over all combinations of their elements.
  ///
  /// - Parameters:
  ///   - vectors: vectors or numbers, of any element types.
  ///   - indexing: which axis each vector runs along.
  public static func meshgrid(_ vectors: [Tensor], indexing: GridIndexing = .xy) -> [Tensor] {
    if vectors.contains(where: \.isInvalid) { return vectors.map { _ in poisoned("meshgrid") } }
    if let wrong = vectors.first(where: { $0.rank > 1 }) {
      let invalid = invalidTensor(
        TensorError(
          .shape, "meshgrid", "a coordinate of shape \(wrong.shape) is not a vector", hint: "flatten it: x.flattened()")
      )
      return vectors.map { _ in invalid }
    }
    var axes = Array(vectors.indices)
    if indexing == .xy && axes.count > 1 { axes.swapAt(0, 1) }
    var sizes = [Int](repeating: 1, count: vectors.count)
    for (vector, axis) in zip(vectors, axes) { sizes[axis] = vector.count }
    return zip(vectors, axes).map { vector, axis in
      reporting { () throws(TensorError) in
        let shape = try Shape(checking: sizes, for: "meshgrid")
        try MemoryLimit.check(TensorType(vector.dtype, shape), for: "meshgrid")
        return Broadcast(shape: sizes, axes: [axis]).bind(vector.settled.reshaped([vector.count]))
      }
    }
  }

  /// The lower triangle of the matrix in the last two axes, with zeros above a diagonal. What is above counts for nothing, even
  /// if it is infinite or `nan`.
  ///
  /// - Parameter diagonal: the highest diagonal that is kept: 0 is the main one, positive ones are above it.
  public func tril(diagonal: Int = 0) -> Tensor { triangle("tril") { rows, columns in columns - rows .<= diagonal } }

  /// The upper triangle of the matrix in the last two axes, with zeros below a diagonal. What is below counts for nothing, even
  /// if it is infinite or `nan`.
  ///
  /// - Parameter diagonal: the lowest diagonal that is kept: 0 is the main one, positive ones are above it.
  public func triu(diagonal: Int = 0) -> Tensor { triangle("triu") { rows, columns in columns - rows .>= diagonal } }

  private func triangle(_ operation: String, _ isKept: (Tensor, Tensor) -> Tensor) -> Tensor {
    if isInvalid { return poisoned(operation) }
    let shape = shape
    guard shape.rank >= 2 else {
      return invalidTensor(
        TensorError(
          .shape, operation, "a tensor of shape \(shape) has no triangle: it takes two axes",
          hint: "x.diagonalMatrix() makes a matrix of a vector"))
    }
    let (height, width) = (shape[shape.rank - 2], shape[shape.rank - 1])
    // Recorded beside a traced tensor: the mask is as large as a matrix, the ranges are not.
    let rows = Tensor.arange(height, dtype: .int64).reshaped([height, 1]).lifted(beside: self)
    let columns = Tensor.arange(width, dtype: .int64).lifted(beside: self)
    return Tensor.where(isKept(rows, columns), settled, Tensor.zeros(like: settled))
  }

  /// Rows of zeros with a 1 at the place that each index names, along a new last axis.
  ///
  /// - Parameters:
  ///   - classes: the size of the new axis. An index out of range is an error; negative ones count from the end.
  ///   - dtype: the element type of the result.
  public func oneHot(classes: Int, dtype: DType = .float64) -> Tensor {
    if isInvalid { return poisoned("oneHot") }
    return reporting { () throws(TensorError) in
      let indices = try asIndices("oneHot")
      let shape = try Shape(checking: indices.shape.dimensions + [classes], for: "oneHot")
      try MemoryLimit.check(TensorType(dtype, shape), for: "oneHot")
      return try naming("oneHot") {
        let places = LinearIndices(sizes: [classes]).bind([indices])[0]
        let classes = Tensor.arange(classes, dtype: .int64).lifted(beside: places)
        return (places.expandedDimensions(axis: -1) .== classes).asType(dtype)
      }
    }
  }
}
