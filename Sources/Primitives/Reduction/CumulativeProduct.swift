import Numerics

/// The running product along an axis: each result is the product of the elements up to its place, or from its place on.
///
/// Numbers of single precision are multiplied in double precision; integers wrap around. The derivative is a
/// ``LinearRecurrence``, without a quotient, so that it is right at every order also where elements are zero.
public struct CumulativeProduct: Primitive {
  public static let name = "cumulativeProduct"

  /// The axis.
  public let axis: Int
  /// Whether the product runs from the end.
  public let reversed: Bool

  public init(axis: Int, reversed: Bool = false) {
    self.axis = axis
    self.reversed = reversed
  }

  public var traits: PrimitiveTraits { [] }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    guard operands.count == 1 else {
      throw TensorError(.program, Self.name, "takes one operand, not \(operands.count)")
    }
    try checkNumeric(operands[0], Self.name)
    try checkAxes([axis], of: operands[0].shape, Self.name)
    return operands
  }

  public func lowering(of operands: [TensorType]) -> Lowering { .running(.product, axis: axis, reversed: reversed) }

  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    let x = operands[0]
    switch x.dtype {
    case .float64: return [try run(x, { (x: Double) in x }, { $0 })]
    case .float32: return [try run(x, { (x: Float) in Double(x) }, { Float($0) })]
    case .int32: return [try run(x, { (x: Int32) in x }, { $0 })]
    case .int64: return [try run(x, { (x: Int64) in x }, { $0 })]
    case .complex128: return [try run(x, { (x: Complex<Double>) in x }, { $0 })]
    case .complex64: return [try run(x, { (x: Complex<Float>) in x.widened }, { $0.narrowed })]
    case .bool: return []
    }
  }

  private func run<Element: HostNumber, Total: HostNumber>(
    _ x: HostTensor, _ widened: (Element) -> Total, _ narrowed: (Total) -> Element
  ) throws(TensorError) -> HostTensor {
    let walk = RunningWalk(shape: x.shape, axis: axis, reversed: reversed)
    return try x.withElements(as: Element.self) { (elements) throws(TensorError) in
      try walk.results(
        Self.name, first: { widened(elements[$0]) }, next: { Total.product($0, widened(elements[$1])) },
        result: narrowed)
    }
  }

  /// dyᵢ = xᵢ dyᵢ₋₁ + yᵢ₋₁ dxᵢ.
  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap {
    let x = point.operand(0)
    let before = point.result().preceding(axis: axis, reversed: reversed, first: 1)
    let recurrence = LinearRecurrence(axis: axis, reversed: reversed)
    return .rule { dx in [recurrence.bind(x, before * dx)] }
  }

  public func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
    CumulativeProduct(axis: axis + 1, reversed: reversed).bind(operands)
  }

  public static var samples: [PrimitiveSample] {
    runningSamples(operands: 1, dtypes: DType.allCases.filter { $0 != .bool }) {
      CumulativeProduct(axis: $0, reversed: $1)
    }
  }
}
