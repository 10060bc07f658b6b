/// The first operand with elements replaced by those of the second one, at the places that an integer tensor names; of equal
/// places the last element counts.
///
/// The first operand has the shape [B..., P..., n, Q...], the second one [B..., P..., k, Q...], the indices [B..., k].
/// Negative indices count from the end. An index out of range is an error of the evaluation.
///
/// It is linear in both tensors together. The elements that are replaced are not chosen: their cotangents are strong zeros,
/// as are those of new elements that a later one replaces.
public struct Scatter: LinearPrimitive {
  public static let name = "scatter"

  /// The axis that the indices count along; at least `batchRank`.
  public let axis: Int
  /// The number of leading axes that all operands share.
  public let batchRank: Int

  public init(axis: Int, batchRank: Int = 0) {
    self.axis = axis
    self.batchRank = batchRank
  }

  public var traits: PrimitiveTraits { [.linear, .structural, .selecting] }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    guard operands.count == 3 else {
      throw TensorError(.program, Self.name, "takes three operands, not \(operands.count)")
    }
    let (x, v, indices) = (operands[0], operands[1], operands[2])
    if x.dtype != v.dtype { throw mixedDTypes(Self.name, x, v) }
    try checkIndices(indices, Self.name)
    let (own, picked) = (x.shape.dimensions, indices.shape.dimensions)
    guard batchRank >= 0, picked.count - 1 == batchRank, axis >= batchRank, axis < own.count,
      own[..<batchRank] == picked[..<batchRank]
    else {
      throw TensorError(
        .shape, Self.name,
        "indices of shape \(indices.shape) do not fit axis \(axis) of shape \(x.shape) with \(batchRank) batch axes"
      )
    }
    var sizes = own
    sizes[axis] = picked[batchRank]
    guard v.shape == Shape(sizes) else {
      throw TensorError(
        .shape, Self.name,
        "new elements of shape \(v.shape) do not fit; \(Shape(sizes)) are replaced")
    }
    return [x]
  }

  public func lowering(of operands: [TensorType]) -> Lowering {
    .scatter(axis: axis, batchRank: batchRank)
  }

  public func failureConditions(of operands: [TensorType]) -> [FailureCondition] {
    [.index(operand: 2, size: operands[0].shape[axis])]
  }

  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    _ = try resultTypes(of: operands.map(\.type))
    var result = operands[0]
    let walk = walk(result.shape, operands[2].shape)
    try result.write(operands[1], at: try walk.places(operands[2], Self.name), walk)
    return [result]
  }

  private func walk(_ whole: Shape, _ indices: Shape) -> IndexedWalk {
    IndexedWalk(whole: whole, axis: axis, batchRank: batchRank, picked: indices)
  }

  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap { .itself(self) }

  public func transposed(_ cotangents: [Tensor?], of operand: Int, at point: EquationPoint)
    -> Tensor
  {
    let (ct, indices) = (cotangents[0]!, point.operand(2))
    let part = point.operandType(1)
    if operand == 0 { return bind([ct, constant(0, part, beside: ct), indices])[0] }
    let taken = Gather(axis: axis, batchRank: batchRank).bind(ct, indices)
    guard let stays = stays(indices, point.operandType(0).shape[axis]) else { return taken }
    // Along the axes that the indices do not have.
    var sizes = part.shape.dimensions.map { _ in 1 }
    for axis in 0..<batchRank { sizes[axis] = part.shape[axis] }
    sizes[axis] = part.shape[axis]
    return Tensor.where(
      stays.reshaped(to: Shape(sizes)), taken,
      constant(0, TensorType(part.dtype, .scalar), beside: ct))
  }

  /// Whether each index is the last one that names its place; `nil` where there is but one. The numbers of the indices are put
  /// where these say, and those that are found there stay.
  private func stays(_ indices: Tensor, _ size: Int) -> Tensor? {
    let shape = indices.shape
    let count = shape[batchRank]
    if count <= 1 { return nil }
    let batches = Array(shape.dimensions[..<batchRank])
    let numbers = Tensor.arange(count, dtype: .int64).broadcast(to: shape, for: Self.name)
    let scatter = Scatter(axis: batchRank, batchRank: batchRank)
    let last = scatter.bind([Tensor.zeros(batches + [size], dtype: .int64), numbers, indices])[0]
    return Gather(axis: batchRank, batchRank: batchRank).bind(last, indices) .== numbers
  }

  /// The cotangents of the new elements are taken out where they lie, the last one first: an earlier element of the same place
  /// finds a zero there.
  public func transposed(
    overwriting cotangent: inout HostTensor, of operands: [Int], at point: EquationPoint
  ) -> [HostTensor]? {
    guard let indices = point.operand(2).host else { return nil }
    let walk = walk(cotangent.shape, indices.shape)
    do {
      let places = try walk.places(indices, Self.name)
      let part = try cotangent.takingOut(point.operandType(1), at: places, walk)
      return operands.map { $0 == 0 ? cotangent : part }
    } catch {
      return nil
    }
  }

  public func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
    if batchRank == 0 && !isBatched[2] {
      let tensors = allBatched(Array(operands[..<2]), Array(isBatched[..<2]), size)
      return Scatter(axis: axis + 1).bind(tensors + [operands[2]])
    }
    return Scatter(axis: axis + 1, batchRank: batchRank + 1).bind(
      allBatched(operands, isBatched, size))
  }

  public static var samples: [PrimitiveSample] {
    func sample(_ primitive: Scatter, _ shape: Shape, _ indices: Shape, _ dtype: DType = .int64)
      -> PrimitiveSample
    {
      var sizes = shape.dimensions
      let size = sizes[primitive.axis]
      sizes[primitive.axis] = indices[indices.rank - 1]
      return PrimitiveSample(
        primitive,
        [
          OperandSample(shape), OperandSample(Shape(sizes)),
          OperandSample(indices, .indices(below: size), dtype: dtype),
        ],
        dtypes: DType.allCases)
    }
    return [
      sample(Scatter(axis: 0), [4], [1]),
      sample(Scatter(axis: 0), [3], [5]),
      sample(Scatter(axis: 1), [2, 3, 2], [2], .int32),
      sample(Scatter(axis: 2, batchRank: 1), [2, 1, 3, 2], [2, 4]),
      sample(Scatter(axis: 1, batchRank: 1), [2, 3], [2, 1]),
      sample(Scatter(axis: 0), [1], [1]),
      sample(Scatter(axis: 0), [2, 2], [0]),
    ]
  }
}

extension HostTensor {
  /// Puts the blocks of another tensor of the same element type where a walk says.
  fileprivate mutating func write(
    _ elements: HostTensor, at places: [Int], _ walk: IndexedWalk
  ) throws(TensorError) {
    func write<Scalar: TensorScalar>(_: Scalar.Type) throws(TensorError) {
      try withMutableElements(as: Scalar.self) { destination in
        elements.withElements(as: Scalar.self) { source in
          guard let to = destination.baseAddress, let from = source.baseAddress else { return }
          walk.forEach(places) { whole, picked in
            (to + whole &* walk.inner).update(from: from + picked &* walk.inner, count: walk.inner)
          }
        }
      }
    }
    try dtype.withScalarType { (scalar) throws(TensorError) in try write(scalar) }
  }

  /// The blocks where a walk says, as a tensor of a type, with zeros left in their places; the last block of a place has its
  /// elements, those before it have zeros.
  fileprivate mutating func takingOut(
    _ type: TensorType, at places: [Int], _ walk: IndexedWalk
  ) throws(TensorError) -> HostTensor {
    func take<Scalar: TensorScalar>(_: Scalar.Type) throws(TensorError) -> HostTensor {
      var taken = [Scalar](repeating: Scalar.zeroScalar, count: type.shape.count)
      try withMutableElements(as: Scalar.self) { elements in
        taken.withUnsafeMutableBufferPointer { taken in
          guard let from = elements.baseAddress, let to = taken.baseAddress else { return }
          walk.forEach(places, reversed: true) { whole, picked in
            let block = from + whole &* walk.inner
            (to + picked &* walk.inner).update(from: block, count: walk.inner)
            // Zeros of all types are zero bytes.
            let bytes = walk.inner &* MemoryLayout<Scalar>.stride
            UnsafeMutableRawPointer(block).initializeMemory(
              as: UInt8.self, repeating: 0, count: bytes)
          }
        }
      }
      return try HostTensor(type.shape, taken)
    }
    return try dtype.withScalarType { (scalar) throws(TensorError) in try take(scalar) }
  }
}
