/// The place of the largest element along an axis, as int64: the first of several, and the first `nan` when there is one.
public struct ArgMax: Primitive {
  public static let name = "argMax"

  /// The axis, which is left out of the result.
  public let axis: Int

  public init(axis: Int) { self.axis = axis }

  public var traits: PrimitiveTraits { [.reduction, .discrete] }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    try extremumPlaceTypes(operands, axis, Self.name)
  }

  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    let x = operands[0]
    switch x.dtype {
    case .float64: return [try extremumPlaces(x, axis, Self.name) { (a: Double, b: Double) in a > b }]
    case .float32: return [try extremumPlaces(x, axis, Self.name) { (a: Float, b: Float) in a > b }]
    case .int32: return [try extremumPlaces(x, axis, Self.name) { (a: Int32, b: Int32) in a > b }]
    case .int64: return [try extremumPlaces(x, axis, Self.name) { (a: Int64, b: Int64) in a > b }]
    case .bool, .complex64, .complex128: return []
    }
  }

  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap { .zero }

  public func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
    ArgMax(axis: axis + 1).bind(operands)
  }

  public static var samples: [PrimitiveSample] { extremumPlaceSamples { ArgMax(axis: $0) } }
}

/// The place of the smallest element along an axis, as int64: the first of several, and the first `nan` when there is
/// one.
public struct ArgMin: Primitive {
  public static let name = "argMin"

  /// The axis, which is left out of the result.
  public let axis: Int

  public init(axis: Int) { self.axis = axis }

  public var traits: PrimitiveTraits { [.reduction, .discrete] }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    try extremumPlaceTypes(operands, axis, Self.name)
  }

  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    let x = operands[0]
    switch x.dtype {
    case .float64: return [try extremumPlaces(x, axis, Self.name) { (a: Double, b: Double) in a < b }]
    case .float32: return [try extremumPlaces(x, axis, Self.name) { (a: Float, b: Float) in a < b }]
    case .int32: return [try extremumPlaces(x, axis, Self.name) { (a: Int32, b: Int32) in a < b }]
    case .int64: return [try extremumPlaces(x, axis, Self.name) { (a: Int64, b: Int64) in a < b }]
    case .bool, .complex64, .complex128: return []
    }
  }

  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap { .zero }

  public func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
    ArgMin(axis: axis + 1).bind(operands)
  }

  public static var samples: [PrimitiveSample] { extremumPlaceSamples { ArgMin(axis: $0) } }
}

private func extremumPlaceTypes(
  _ operands: [TensorType], _ axis: Int, _ operation: String
) throws(TensorError) -> [TensorType] {
  try checkOrdered(operands, operation)
  let shape = operands[0].shape
  try checkAxes([axis], of: shape, operation)
  guard shape[axis] > 0 else {
    throw TensorError(
      .shape, operation, "axis \(axis) of shape \(shape) is empty", hint: "the place of an element needs at least one")
  }
  return [TensorType(.int64, shape.removing([axis]))]
}

/// The first place along an axis of the element that comes before all others.
@inline(__always)
private func extremumPlaces<T: OrderedHostNumber>(
  _ x: HostTensor, _ axis: Int, _ operation: String, _ isBetter: (T, T) -> Bool
) throws(TensorError) -> HostTensor {
  let size = x.shape[axis]
  let inner = x.shape.dimensions[(axis + 1)...].reduce(1, &*)
  return try HostTensor(x.shape.removing([axis]), of: Int64.self, for: operation) { results in
    x.withElements(as: T.self) { elements in
      for line in results.indices {
        let start = line / inner &* size &* inner &+ line % inner
        var best = 0
        var bestElement = elements[start]
        for place in 0..<size {
          let element = elements[start &+ place &* inner]
          if bestElement.isNotANumber { break }
          if isBetter(element, bestElement) || element.isNotANumber {
            best = place
            bestElement = element
          }
        }
        results.initializeElement(at: line, to: Int64(best))
      }
    }
  }
}

private func extremumPlaceSamples(_ make: (Int) -> any Primitive) -> [PrimitiveSample] {
  let cases: [(axis: Int, shape: Shape)] = [(0, [4]), (1, [2, 3, 2]), (0, [3, 2]), (0, [1]), (1, [0, 2])]
  return cases.map {
    PrimitiveSample(make($0.axis), [OperandSample($0.shape)], dtypes: [.float64, .float32, .int32, .int64])
  }
}
