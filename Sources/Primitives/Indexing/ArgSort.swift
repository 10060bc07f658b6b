/// The places of the elements along an axis in the order of their values; the order is stable, and `nan` comes last.
public struct ArgSort: Primitive {
  public static let name = "argSort"

  /// The axis that is sorted.
  public let axis: Int
  /// Whether large elements come first.
  public let descending: Bool

  public init(axis: Int, descending: Bool = false) {
    self.axis = axis
    self.descending = descending
  }

  public var traits: PrimitiveTraits { .discrete }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    try checkOrdered(operands, Self.name)
    try checkAxes([axis], of: operands[0].shape, Self.name)
    return [TensorType(.int64, operands[0].shape)]
  }

  public func lowering(of operands: [TensorType]) -> Lowering { .library(.argSort(axis: axis, descending: descending)) }

  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    let x = operands[0]
    switch x.dtype {
    case .float64: return [try sort(x, Double.self)]
    case .float32: return [try sort(x, Float.self)]
    case .int32: return [try sort(x, Int32.self)]
    case .int64: return [try sort(x, Int64.self)]
    case .bool, .complex64, .complex128: return []
    }
  }

  private func sort<T: OrderedHostNumber>(_ x: HostTensor, _: T.Type) throws(TensorError) -> HostTensor {
    let size = x.shape[axis]
    let inner = x.shape.dimensions[(axis + 1)...].reduce(1, &*)
    let outer = x.shape.dimensions[..<axis].reduce(1, &*)
    return try HostTensor(x.shape, of: Int64.self, for: Self.name) { results in
      x.withElements(as: T.self) { elements in
        if elements.isEmpty { return }
        for line in 0..<(outer &* inner) {
          let start = line / inner &* size &* inner &+ line % inner
          // The place breaks ties, which makes the order stable.
          let order = (0..<size).sorted { i, j in
            let (a, b) = (elements[start &+ i &* inner], elements[start &+ j &* inner])
            if a.isNotANumber || b.isNotANumber {
              return a.isNotANumber == b.isNotANumber ? i < j : b.isNotANumber
            }
            return a == b ? i < j : (a < b) != descending
          }
          for (position, place) in order.enumerated() { results[start &+ position &* inner] = Int64(place) }
        }
      }
    }
  }

  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap { .zero }

  public func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
    ArgSort(axis: axis + 1, descending: descending).bind(operands)
  }

  public static var samples: [PrimitiveSample] {
    [([4], 0, false), ([2, 3, 2], 1, true), ([2, 3], 0, false), ([1], 0, true), ([2, 0], 1, false)].map {
      (shape: Shape, axis: Int, descending: Bool) in
      PrimitiveSample(
        ArgSort(axis: axis, descending: descending), [OperandSample(shape)],
        dtypes: [.float32, .float64, .int32, .int64])
    }
  }
}
