/// The mean squared distance of elements along axes from their mean. Of complex numbers it is real.
public struct Variance: CompositePrimitive {
  public static let name = "variance"
  public static var dtypes: [DType] { [.float64, .float32, .complex128, .complex64] }

  /// The axes, in ascending order.
  public let axes: [Int]
  /// What is taken off the count that the sum of squares is divided by.
  public let correction: Int

  public init(axes: [Int], correction: Int = 0) {
    self.axes = axes
    self.correction = correction
  }

  public var traits: PrimitiveTraits { [.composite, .reduction] }

  public func checkParameters(_ operands: [TensorType]) throws(TensorError) {
    try checkAxes(axes, of: operands[0].shape, Self.name)
  }

  public func body(_ operands: [Tensor]) -> [Tensor] {
    let distance = distances(operands[0])
    let squares = distance.dtype.isComplex ? realPart(distance * conjugate(distance)) : distance * distance
    return [Sum(axes: axes).bind(squares) / divisor(operands[0].shape)]
  }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    try reducedTypes(operands, axes) { $0.realPart }
  }

  /// The weights are the distances from the mean, doubled; their sum is 0, so that the mean's own derivative drops out.
  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap {
    let x = point.operand(0)
    let weights = distances(x) * (2 / divisor(x.shape))
    guard x.dtype.isComplex else { return .rule { dx in [Sum(axes: axes).bind(weights * dx)] } }
    let adjoint = conjugate(weights)
    return .rule { dx in [realPart(Sum(axes: axes).bind(adjoint * dx))] }
  }

  public func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
    Variance(axes: axes.map { $0 + 1 }, correction: correction).bind(operands)
  }

  private func divisor(_ shape: Shape) -> Double {
    Double(axes.reduce(1) { $0 &* shape[$1] }) - Double(correction)
  }

  private func distances(_ x: Tensor) -> Tensor {
    let count = axes.reduce(1) { $0 &* x.shape[$1] }
    return x - (Sum(axes: axes).bind(x) / Double(count)).stretched(to: x.shape, along: axes)
  }

  public static var samples: [PrimitiveSample] {
    compositeSamples(dtypes) { Variance(axes: $0) }
      + [PrimitiveSample(Variance(axes: [1], correction: 1), [OperandSample([2, 3])], dtypes: dtypes)]
  }
}
