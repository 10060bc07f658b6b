/// For each place of an axis, where the element comes from when elements `v` are put at the places that indices name.
///
/// The indices have the shape [B..., k], the result [B..., size]. A place that no index names keeps its own number;
/// the others get `size` plus the position of the *last* index that names them. So a gather from `x` and `v` one after
/// the other is `x` with the elements replaced, also where an index is repeated. Negative indices count from the end. An
/// index out of range is an error of the evaluation.
public struct ScatterSources: Primitive {
  public static let name = "scatterSources"

  /// The size of the axis.
  public let size: Int

  public init(size: Int) { self.size = size }

  public var traits: PrimitiveTraits { .discrete }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    guard operands.count == 1 else {
      throw TensorError(.program, Self.name, "takes one operand, not \(operands.count)")
    }
    try checkIndices(operands[0], Self.name)
    guard let width = operands[0].shape.dimensions.last, size >= 0, !size.addingReportingOverflow(width).overflow else {
      throw TensorError(.shape, Self.name, "indices of shape \(operands[0].shape) for an axis of size \(size)")
    }
    return [TensorType(.int64, Shape(operands[0].shape.dimensions.dropLast() + [size]))]
  }

  public func lowering(of operands: [TensorType]) -> Lowering { .scatterSources(size: size) }

  public func failureConditions(of operands: [TensorType]) -> [FailureCondition] { [.index(operand: 0, size: size)] }

  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    let type = try resultTypes(of: operands.map(\.type))[0]
    let width = operands[0].shape[operands[0].shape.rank - 1]
    let walk = IndexedWalk(whole: [size], axis: 0, batchRank: 0, picked: operands[0].shape)
    let places = try walk.places(operands[0], Self.name)
    let result = try HostTensor(type.shape, of: Int64.self, for: Self.name) { results in
      for index in results.indices { results.initializeElement(at: index, to: Int64(index % size)) }
      for (index, place) in places.enumerated() {
        results[index / width &* size &+ place] = Int64(size &+ index % width)
      }
    }
    return [result]
  }

  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap { .zero }

  public func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] { bind(operands) }

  public static var samples: [PrimitiveSample] {
    func sample(_ size: Int, _ shape: Shape) -> PrimitiveSample {
      PrimitiveSample(
        ScatterSources(size: size), [OperandSample(shape, .indices(below: size))], dtypes: [.int32, .int64])
    }
    return [sample(4, [3]), sample(3, [2, 5]), sample(1, [1]), sample(2, [0])]
  }
}
