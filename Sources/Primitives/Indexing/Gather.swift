/// Takes elements along one axis at the places that an integer tensor names:
/// result[b, p, k, q] = operand[b, p, indices[b, k], q].
///
/// The operand has the shape [B..., P..., n, Q...], the indices [B..., K...], the result [B..., P..., K..., Q...].
/// Negative indices count from the end. An index out of range is an error of the evaluation.
public struct Gather: LinearPrimitive {
  public static let name = "gather"

  /// The axis of the operand that the indices count along; at least `batchRank`.
  public let axis: Int
  /// The number of leading axes that operand and indices share.
  public let batchRank: Int

  public init(axis: Int, batchRank: Int = 0) {
    self.axis = axis
    self.batchRank = batchRank
  }

  /// What is not taken has a strong zero as its cotangent.
  public var traits: PrimitiveTraits { [.linear, .extracting] }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    guard operands.count == 2 else {
      throw TensorError(.program, Self.name, "takes two operands, not \(operands.count)")
    }
    let (x, indices) = (operands[0], operands[1])
    try checkIndices(indices, Self.name)
    let (own, picked) = (x.shape.dimensions, indices.shape.dimensions)
    guard batchRank >= 0, batchRank <= picked.count, axis >= batchRank, axis < own.count,
      own[..<batchRank] == picked[..<batchRank]
    else {
      throw TensorError(
        .shape, Self.name,
        "indices of shape \(indices.shape) do not fit axis \(axis) of shape \(x.shape) with \(batchRank) batch axes")
    }
    var sizes = own
    sizes.replaceSubrange(axis...axis, with: picked[batchRank...])
    return [TensorType(x.dtype, Shape(sizes))]
  }

  public func lowering(of operands: [TensorType]) -> Lowering { .gather(axis: axis, batchRank: batchRank) }

  public func failureConditions(of operands: [TensorType]) -> [FailureCondition] {
    [.index(operand: 1, size: operands[0].shape[axis])]
  }

  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    let type = try resultTypes(of: operands.map(\.type))[0]
    let walk = IndexedWalk(whole: operands[0].shape, axis: axis, batchRank: batchRank, picked: operands[1].shape)
    let places = try walk.places(operands[1], Self.name)
    let byteCount = type.dtype.byteCount
    let result = try HostTensor.uninitialized(type, for: Self.name) { destination in
      operands[0].withBytes { source in
        guard let source = source.baseAddress else { return }
        let length = walk.inner &* byteCount
        switch length {
        case 4: walk.forEach(places) { copy(UInt32.self, source, $0, destination, $1) }
        case 8: walk.forEach(places) { copy(UInt64.self, source, $0, destination, $1) }
        default:
          walk.forEach(places) { from, to in
            (destination + to &* length).copyMemory(from: source + from &* length, byteCount: length)
          }
        }
      }
    }
    return [result]
  }

  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap { .itself(self) }

  public func transposed(_ cotangents: [Tensor?], of operand: Int, at point: EquationPoint) -> Tensor {
    ScatterAdd(axis: axis, batchRank: batchRank, size: point.operandType(0).shape[axis])
      .bind(cotangents[0]!, point.operand(1))
  }

  public func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
    if batchRank == 0 && isBatched == [true, false] { return Gather(axis: axis + 1).bind(operands) }
    if batchRank == 0 && isBatched == [false, true] {
      // The batch axis leads the indices' axes, which stand at `axis` in the result.
      return [bind(operands[0], operands[1]).movingAxis(axis, to: 0)]
    }
    return Gather(axis: axis + 1, batchRank: batchRank + 1).bind(allBatched(operands, isBatched, size))
  }

  public static var samples: [PrimitiveSample] {
    func sample(_ primitive: Gather, _ shape: Shape, _ indices: Shape, _ dtype: DType = .int64) -> PrimitiveSample {
      PrimitiveSample(
        primitive,
        [
          OperandSample(shape), OperandSample(indices, .indices(below: shape[primitive.axis]), dtype: dtype),
        ], dtypes: DType.allCases)
    }
    return [
      sample(Gather(axis: 0), [3], []),
      sample(Gather(axis: 1), [2, 3, 2], [2, 2], .int32),
      sample(Gather(axis: 2, batchRank: 1), [2, 1, 3], [2, 4]),
      sample(Gather(axis: 1, batchRank: 1), [2, 3], [2]),
      sample(Gather(axis: 0), [1], [1]),
      sample(Gather(axis: 0), [2, 2], [0]),
    ]
  }
}

/// Copies one small block by its number.
@inline(__always)
private func copy<Block: BitwiseCopyable>(
  _: Block.Type, _ source: UnsafeRawPointer, _ from: Int, _ destination: UnsafeMutableRawPointer, _ to: Int
) {
  let size = MemoryLayout<Block>.size
  let block = source.loadUnaligned(fromByteOffset: from &* size, as: Block.self)
  destination.storeBytes(of: block, toByteOffset: to &* size, as: Block.self)
}

/// Checks that indices are integers.
func checkIndices(_ indices: TensorType, _ operation: String) throws(TensorError) {
  guard indices.dtype.isInteger else {
    throw TensorError(
      .dtype, operation, "the indices have type \(indices); indices are integers",
      hint: "make them from integers, for example Tensor([0, 2] as [Int64]), or convert with x.asType(.int64)")
  }
}
