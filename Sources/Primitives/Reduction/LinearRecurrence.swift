import Numerics

/// The recurrence hᵢ = aᵢ · hᵢ₋₁ + bᵢ along an axis, from h = b at its first element on; operand 0 is a, operand 1 is b.
///
/// Running sums that fade, products and choices are of this form, and so are their derivatives: it is linear in b, its
/// adjoint is the same recurrence from the other end, and its derivative with respect to a is one with bᵢ = daᵢ · hᵢ₋₁.
/// Numbers of single precision are added in double precision.
public struct LinearRecurrence: LinearPrimitive {
  public static let name = "linearRecurrence"

  /// The axis.
  public let axis: Int
  /// Whether it runs from the last element to the first.
  public let reversed: Bool
  /// Whether a product aᵢ · hᵢ₋₁ is zero wherever a factor is, also when the other is infinite or `nan`.
  public let absorbsZeros: Bool

  public init(axis: Int, reversed: Bool = false, absorbsZeros: Bool = false) {
    self.axis = axis
    self.reversed = reversed
    self.absorbsZeros = absorbsZeros
  }

  public var traits: PrimitiveTraits { absorbsZeros ? .selecting : [] }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    guard operands.count == 2 else {
      throw TensorError(.program, Self.name, "takes two operands, not \(operands.count)")
    }
    let (a, b) = (operands[0], operands[1])
    try checkNumeric(a, Self.name)
    if a.dtype != b.dtype { throw mixedDTypes(Self.name, a, b) }
    guard a.shape == b.shape else {
      throw TensorError(.shape, Self.name, "the shapes \(a.shape) and \(b.shape) differ")
    }
    try checkAxes([axis], of: a.shape, Self.name)
    return [b]
  }

  public func lowering(of operands: [TensorType]) -> Lowering {
    .running(.linear(absorbsZeros: absorbsZeros), axis: axis, reversed: reversed)
  }

  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    let (a, b) = (operands[0], operands[1])
    switch b.dtype {
    case .float64: return [try run(a, b, { (x: Double) in x }, { $0 })]
    case .float32: return [try run(a, b, { (x: Float) in Double(x) }, { Float($0) })]
    case .int32: return [try run(a, b, { (x: Int32) in x }, { $0 })]
    case .int64: return [try run(a, b, { (x: Int64) in x }, { $0 })]
    case .complex128: return [try run(a, b, { (x: Complex<Double>) in x }, { $0 })]
    case .complex64: return [try run(a, b, { (x: Complex<Float>) in x.widened }, { $0.narrowed })]
    case .bool: return []
    }
  }

  private func run<Element: HostNumber, Total: HostNumber>(
    _ a: HostTensor, _ b: HostTensor, _ widened: (Element) -> Total, _ narrowed: (Total) -> Element
  ) throws(TensorError) -> HostTensor {
    let walk = RunningWalk(shape: b.shape, axis: axis, reversed: reversed)
    return try a.withElements(as: Element.self) { (factors) throws(TensorError) in
      try b.withElements(as: Element.self) { (terms) throws(TensorError) in
        if absorbsZeros {
          return try walk.results(
            Self.name, first: { widened(terms[$0]) },
            next: { Total.sum(AbsorbingProduct.product(widened(factors[$1]), $0), widened(terms[$1])) },
            result: narrowed)
        }
        return try walk.results(
          Self.name, first: { widened(terms[$0]) },
          next: { Total.sum(Total.product(widened(factors[$1]), $0), widened(terms[$1])) }, result: narrowed)
      }
    }
  }

  public var absorbingZeros: any LinearPrimitive {
    LinearRecurrence(axis: axis, reversed: reversed, absorbsZeros: true)
  }

  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap {
    if operand == 1 { return .itself(self) }
    let a = point.operand(0)
    let before = point.result().preceding(axis: axis, reversed: reversed, first: 0)
    return .rule { da in [bind(a, absorbsZeros ? ZeroAbsorbingMultiply().bind(da, before) : da * before)] }
  }

  public func transposed(_ cotangents: [Tensor?], of operand: Int, at point: EquationPoint) -> Tensor {
    // What is before an element on the way back is behind it on the way there.
    let factors = conjugate(point.operand(0)).preceding(axis: axis, reversed: !reversed, first: 0)
    return LinearRecurrence(axis: axis, reversed: !reversed, absorbsZeros: absorbsZeros).bind(factors, cotangents[0]!)
  }

  public func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
    let recurrence = LinearRecurrence(axis: axis + 1, reversed: reversed, absorbsZeros: absorbsZeros)
    return recurrence.bind(allBatched(operands, isBatched, size))
  }

  public static var samples: [PrimitiveSample] {
    [false, true].flatMap { absorbs in
      runningSamples(operands: 2, dtypes: DType.allCases.filter { $0 != .bool }) {
        LinearRecurrence(axis: $0, reversed: $1, absorbsZeros: absorbs)
      }
    }
  }
}

extension Complex where RealType == Float {
  /// The same number in double precision.
  var widened: Complex<Double> { Complex<Double>(Double(rawParts.0), Double(rawParts.1)) }
}

extension Complex where RealType == Double {
  /// The nearest number in single precision.
  var narrowed: Complex<Float> { Complex<Float>(Float(rawParts.0), Float(rawParts.1)) }
}
