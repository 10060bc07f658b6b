/// What a list of indices selects from a tensor of a shape: a slice, then the places that index tensors name, then new
/// axes.
struct Selection {
  /// What is taken of each axis first.
  var slices: [AxisSlice] = []
  /// Index tensors, for axes of the slice that stand next to each other.
  var tensors: [Tensor] = []
  /// The first of these axes.
  var tensorAxis = 0
  /// The sizes of the result without new axes.
  var gathered: [Int] = []
  /// The sizes of the result.
  var result: [Int] = []

  /// The shape of the slice.
  var sliced: Shape { Shape(slices.filter { !$0.dropsAxis }.map(\.count)) }

  /// Resolves indices; masks have been replaced by index tensors.
  ///
  /// - Throws: an error for too many indices and for those out of range.
  init(_ indices: [TensorIndex], of shape: Shape) throws(TensorError) {
    var taken = 0
    var ellipses = 0
    for index in indices {
      switch index.kind {
      case .newAxis: break
      case .ellipsis: ellipses += 1
      default: taken += 1
      }
    }
    if ellipses > 1 {
      throw TensorError(
        .index, "subscript", "'...' stands for all axes that are left, and can be written once",
        hint: "write .all for a single axis")
    }
    if shape.isScalar && taken > 0 {
      throw TensorError(
        .index, "subscript", "a scalar cannot be indexed: it has no axes",
        hint: "leave the index out, or begin with a tensor that has axes, such as [x, y]")
    }
    guard taken <= shape.rank else {
      throw TensorError(
        .index, "subscript",
        "\(counted(taken, "index", "indices")) for a tensor of shape \(shape), which has "
          + counted(shape.rank, "axis", "axes"),
        hint: "give at most one index for each axis; .newAxis makes a new one")
    }
    tensors = try sharedShape(
      indices.compactMap { index in
        switch index.kind {
        case .tensor(let tensor), .places(let tensor, _): return tensor
        default: return nil
        }
      })
    var groups = 0
    var isInGroup = false
    for index in indices + (ellipses == 0 ? [TensorIndex(.ellipsis)] : []) {
      switch index.kind {
      case .newAxis:
        result.append(1)
        isInGroup = false
        continue
      case .ellipsis:
        for _ in 0..<(shape.rank - taken) { try keep(.all, shape) }
      case .tensor, .places:
        if case .places(_, let size) = index.kind, size != shape[slices.count] {
          throw TensorError(
            .shape, "subscript", "a mask of size \(size) does not fit axis \(slices.count) of shape \(shape)",
            hint: "a mask has the sizes of the axes that it covers")
        }
        if !isInGroup {
          groups += 1
          tensorAxis = gathered.count
          let sizes = tensors[0].shape.dimensions
          gathered += sizes
          result += sizes
        }
        slices.append(.all(shape[slices.count]))
        isInGroup = true
        continue
      default: try keep(index.kind, shape)
      }
      isInGroup = false
    }
    guard groups <= 1 else {
      throw TensorError(
        .index, "subscript", "index tensors must stand next to each other",
        hint: "transpose the tensor first, or index one after the other")
    }
  }

  private mutating func keep(_ kind: TensorIndex.Kind, _ shape: Shape) throws(TensorError) {
    let slice = try kind.slice(axis: slices.count, of: shape)
    slices.append(slice)
    if slice.dropsAxis { return }
    gathered.append(slice.count)
    result.append(slice.count)
  }

  /// The index tensors as one, for the axes that they index made one.
  func linearIndices(_ shape: Shape) -> Tensor {
    tensors.count == 1
      ? tensors[0]
      : LinearIndices(sizes: Array(shape.dimensions[tensorAxis..<(tensorAxis + tensors.count)])).bind(tensors)[0]
  }

  /// The slice's shape with the axes that index tensors index made one.
  func merged(_ shape: Shape) -> Shape {
    var sizes = shape.dimensions
    let axes = tensorAxis..<(tensorAxis + tensors.count)
    sizes.replaceSubrange(axes, with: [sizes[axes].reduce(1, &*)])
    return Shape(sizes)
  }
}

extension TensorIndex.Kind {
  /// The whole of an axis.
  fileprivate static var all: TensorIndex.Kind { .range(lower: nil, upper: nil, includesUpper: false) }
}

/// Index tensors broadcast to one shape, as integers of one type.
private func sharedShape(_ tensors: [Tensor]) throws(TensorError) -> [Tensor] {
  var indices: [Tensor] = []
  for tensor in tensors { indices.append(try tensor.asIndices("subscript")) }
  if indices.count < 2 { return indices }
  var shape = indices[0].shape
  for index in indices {
    guard let common = Shape.broadcast(shape, index.shape) else {
      throw TensorError(
        .shape, "subscript", "index tensors of shapes \(shape) and \(index.shape) do not broadcast to one shape",
        hint: "several of them name one element together; for all combinations index one axis after the other")
    }
    shape = common
  }
  return indices.map { $0.asType(.int64).broadcast(to: shape, for: "subscript") }
}
