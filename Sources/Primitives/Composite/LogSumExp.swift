/// The logarithm of the sum of exponentials along axes, which are left out of the result, without overflow.
///
/// The largest element is taken out first: log Σ exp(x) = m + log Σ exp(x - m) with m = max x. It is -∞ where all
/// elements are -∞, or there is none.
public struct LogSumExp: CompositePrimitive {
  public static let name = "logSumExp"
  public static var dtypes: [DType] { [.float64, .float32] }

  /// The axes, in ascending order.
  public let axes: [Int]

  public init(axes: [Int]) { self.axes = axes }

  public func checkParameters(_ operands: [TensorType]) throws(TensorError) {
    try checkAxes(axes, of: operands[0].shape, Self.name)
  }

  public var traits: PrimitiveTraits { [.composite, .reduction] }

  public func body(_ operands: [Tensor]) -> [Tensor] {
    let x = operands[0]
    let type = x.type
    if zip(type.shape.dimensions.indices, type.shape.dimensions).contains(where: { axes.contains($0) && $1 == 0 }) {
      return [log(Sum(axes: axes).bind(x))]
    }
    let shift = finiteMaximum(x, axes)
    return [log(exp(x - shift).sum(axes: axes)) + shift.reshaped(to: type.shape.removing(axes))]
  }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    try reducedTypes(operands, axes) { $0 }
  }

  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    try checkOperands(operands.map(\.type))
    if let sums = try operands[0].reducingLines(axes, LogSum.self, Self.name) { return [sums] }
    return try evaluateBody(operands)
  }

  /// The body on one line.
  private enum LogSum: LineReduction {
    static func value<Number: ComplexPart>(_ line: UnsafeBufferPointer<Number>) -> Number {
      let shift = line.finiteLargest
      return .log(line.reduce(0) { $0 + .exp($1 - shift) }) + shift
    }
  }

  /// The weights are the softmax. Where all elements are -∞ they are 0.
  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap {
    let x = point.operand(0)
    let y = point.result()
    let shift = `where`(y .== Tensor(floatLiteral: -.infinity), 0, y).stretched(to: x.shape, along: axes)
    let weights = exp(x - shift)
    return .rule { dx in [Sum(axes: axes).bind(weights * dx)] }
  }

  public func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
    LogSumExp(axes: axes.map { $0 + 1 }).bind(operands)
  }

  public static var samples: [PrimitiveSample] { compositeSamples(dtypes) { LogSumExp(axes: $0) } }
}

/// The largest elements along axes, kept with size 1; 0 where they are not finite, so that they can be subtracted.
func finiteMaximum(_ x: Tensor, _ axes: [Int]) -> Tensor {
  let largest = x.max(axes: axes, keepingDimensions: true)
  return `where`(isFinite(largest), largest, 0)
}

/// Samples of a composite along axes.
func compositeSamples(
  _ dtypes: [DType], _ make: ([Int]) -> any Primitive
) -> [PrimitiveSample] {
  let cases: [(axes: [Int], shape: Shape)] = [
    ([0], [3]), ([0, 2], [2, 3, 2]), ([1], [2, 3]), ([0], [1]), ([], []), ([1], [0, 2]),
  ]
  return cases.map { PrimitiveSample(make($0.axes), [OperandSample($0.shape)], dtypes: dtypes) }
}
