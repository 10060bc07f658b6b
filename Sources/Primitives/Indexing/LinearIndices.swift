/// The places in row-major order of elements that one index per axis names, as int64. Negative indices count from the end.
/// An index out of range is an error of the evaluation.
public struct LinearIndices: Primitive {
  public static let name = "linearIndices"

  /// The sizes of the axes.
  public let sizes: [Int]

  public init(sizes: [Int]) { self.sizes = sizes }

  public var traits: PrimitiveTraits { .discrete }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    guard let first = operands.first, operands.count == sizes.count else {
      throw TensorError(.program, Self.name, "\(operands.count) operands for \(sizes.count) axes")
    }
    for operand in operands {
      try checkIndices(operand, Self.name)
      if operand.dtype != first.dtype { throw mixedDTypes(Self.name, first, operand) }
      guard operand.shape == first.shape else {
        throw TensorError(.shape, Self.name, "the shapes \(first.shape) and \(operand.shape) differ")
      }
    }
    guard sizes.allSatisfy({ $0 >= 0 }), Shape(sizes).checkedCount != nil else {
      throw TensorError(.shape, Self.name, "\(sizes) are not the sizes of a tensor")
    }
    return [TensorType(.int64, first.shape)]
  }

  public func lowering(of operands: [TensorType]) -> Lowering { .linearIndices(sizes: sizes) }

  public func failureConditions(of operands: [TensorType]) -> [FailureCondition] {
    sizes.enumerated().map { .index(operand: $0, size: $1) }
  }

  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    var places = [Int](repeating: 0, count: operands[0].count)
    for (axis, operand) in operands.enumerated() {
      let walk = IndexedWalk(whole: Shape(sizes), axis: axis, batchRank: 0, picked: operand.shape)
      for (index, place) in try walk.places(operand, Self.name).enumerated() {
        places[index] = places[index] &* sizes[axis] &+ place
      }
    }
    return [
      try HostTensor(operands[0].shape, of: Int64.self, for: Self.name) { results in
        for index in results.indices { results.initializeElement(at: index, to: Int64(places[index])) }
      }
    ]
  }

  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap { .zero }

  public func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
    bind(allBatched(operands, isBatched, size))
  }

  public static var samples: [PrimitiveSample] {
    let shapes: [Shape] = [[], [3], [2, 2], [1], [0]]
    return shapes.map { shape in
      PrimitiveSample(
        LinearIndices(sizes: [2, 3]),
        [OperandSample(shape, .indices(below: 2)), OperandSample(shape, .indices(below: 3))], dtypes: [.int32, .int64])
    }
  }
}
