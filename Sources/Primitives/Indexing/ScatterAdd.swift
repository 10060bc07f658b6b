import Numerics

/// Adds elements into zeros along one axis at the places that an integer tensor names: the adjoint of ``Gather``.
///
/// result[b, p, i, q] is the sum of operand[b, p, k, q] over all k with indices[b, k] = i. The operand has the shape
/// [B..., P..., K..., Q...], the indices [B..., K...], the result [B..., P..., size, Q...]. Negative indices count from
/// the end. An index out of range is an error of the evaluation.
public struct ScatterAdd: LinearPrimitive {
  public static let name = "scatterAdd"

  /// The axis of the result that the indices count along; at least `batchRank`.
  public let axis: Int
  /// The number of leading axes that operand and indices share.
  public let batchRank: Int
  /// The size of the result's axis.
  public let size: Int

  public init(axis: Int, batchRank: Int = 0, size: Int) {
    self.axis = axis
    self.batchRank = batchRank
    self.size = size
  }

  /// Where nothing is added the tangent is a strong zero.
  public var traits: PrimitiveTraits { [.linear, .embedding] }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    guard operands.count == 2 else {
      throw TensorError(.program, Self.name, "takes two operands, not \(operands.count)")
    }
    let (x, indices) = (operands[0], operands[1])
    try checkIndices(indices, Self.name)
    try checkNumeric(x, Self.name)
    let (own, picked) = (x.shape.dimensions, indices.shape.dimensions)
    guard size >= 0, batchRank >= 0, batchRank <= picked.count, axis >= batchRank, axis <= own.count,
      picked.count - batchRank <= own.count - axis, own[..<batchRank] == picked[..<batchRank],
      own[axis...].prefix(picked.count - batchRank) == picked[batchRank...]
    else {
      throw TensorError(
        .shape, Self.name,
        "indices of shape \(indices.shape) do not fit axis \(axis) of shape \(x.shape) with \(batchRank) batch axes")
    }
    var sizes = own
    sizes.replaceSubrange(axis..<(axis + picked.count - batchRank), with: [size])
    return [TensorType(x.dtype, Shape(sizes))]
  }

  public func lowering(of operands: [TensorType]) -> Lowering { .scatterAdd(axis: axis, batchRank: batchRank) }

  public func failureConditions(of operands: [TensorType]) -> [FailureCondition] { [.index(operand: 1, size: size)] }

  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    let type = try resultTypes(of: operands.map(\.type))[0]
    let walk = IndexedWalk(whole: type.shape, axis: axis, batchRank: batchRank, picked: operands[1].shape)
    let places = try walk.places(operands[1], Self.name)
    let x = operands[0]
    switch type.dtype {
    case .float64: return [try scatter(x, type, walk, places, Double.self)]
    case .float32: return [try scatter(x, type, walk, places, Float.self)]
    case .int32: return [try scatter(x, type, walk, places, Int32.self)]
    case .int64: return [try scatter(x, type, walk, places, Int64.self)]
    case .complex128: return [try scatter(x, type, walk, places, Complex<Double>.self)]
    case .complex64: return [try scatter(x, type, walk, places, Complex<Float>.self)]
    case .bool: return []
    }
  }

  private func scatter<T: HostNumber>(
    _ x: HostTensor, _ type: TensorType, _ walk: IndexedWalk, _ places: [Int], _: T.Type
  ) throws(TensorError) -> HostTensor {
    try HostTensor(type.shape, of: T.self, for: Self.name) { results in
      results.initialize(repeating: T.zeroScalar)
      x.withElements(as: T.self) { elements in
        walk.forEach(places) { to, from in
          for offset in 0..<walk.inner {
            let place = to &* walk.inner &+ offset
            results[place] = T.sum(results[place], elements[from &* walk.inner &+ offset])
          }
        }
      }
    }
  }

  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap { .itself(self) }

  public func transposed(_ cotangents: [Tensor?], of operand: Int, at point: EquationPoint) -> Tensor {
    Gather(axis: axis, batchRank: batchRank).bind(cotangents[0]!, point.operand(1))
  }

  public func batched(_ operands: [Tensor], isBatched: [Bool], size batchSize: Int) -> [Tensor] {
    if batchRank == 0 && isBatched == [true, false] { return ScatterAdd(axis: axis + 1, size: size).bind(operands) }
    return ScatterAdd(axis: axis + 1, batchRank: batchRank + 1, size: size)
      .bind(allBatched(operands, isBatched, batchSize))
  }

  public static var samples: [PrimitiveSample] {
    func sample(_ primitive: ScatterAdd, _ shape: Shape, _ indices: Shape, _ dtype: DType = .int64) -> PrimitiveSample {
      PrimitiveSample(
        primitive, [OperandSample(shape), OperandSample(indices, .indices(below: primitive.size), dtype: dtype)],
        dtypes: DType.allCases.filter { $0 != .bool })
    }
    return [
      sample(ScatterAdd(axis: 0, size: 3), [], []),
      sample(ScatterAdd(axis: 1, size: 3), [2, 2, 2, 2], [2, 2], .int32),
      sample(ScatterAdd(axis: 2, batchRank: 1, size: 3), [2, 1, 4], [2, 4]),
      sample(ScatterAdd(axis: 1, batchRank: 1, size: 3), [2], [2]),
      sample(ScatterAdd(axis: 0, size: 2), [0, 2], [0]),
    ]
  }
}
