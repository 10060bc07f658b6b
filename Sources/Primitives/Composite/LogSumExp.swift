/// The logarithm of the sum of exponentials along axes, which are left out of the result, without overflow.
///
/// The largest element is taken out first: log Σ exp(x) = m + log(1 + Σ exp(x - m)) with m = max x, where the second sum is
/// over the other elements, so that a small one keeps its digits. It is -∞ where all elements are -∞, or there is none.
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
    let shift = exponentialShift(x, axes)
    let sum = logarithmOfSum(distances(x, shift), axes, keepingDimensions: false)
    return [sum + shift.reshaped(to: type.shape.removing(axes))]
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
      let shift = line.exponentialShift
      return .log(onePlus: line.exponentialsBeyondOne(shift)) + shift
    }
  }

  /// The weights are the softmax, which adds up to 1 also where the result has no digits for it. Where all elements are -∞
  /// they are 0.
  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap {
    let x = point.operand(0)
    let y = point.result()
    let softmax = Softmax(axes: axes).bind(x)
    // Numbers that are known need no choice where none is -∞.
    let mayBeEmpty =
      y.host.map { $0.dtype == .float64 && !$0.withElements(as: Double.self) { $0.contains(-.infinity) } } != true
    let isEmpty = mayBeEmpty ? (y .== Tensor(floatLiteral: -.infinity)).stretched(to: x.shape, along: axes) : nil
    let weights = isEmpty.map { `where`($0, 0, softmax) } ?? softmax
    return .rule { dx in [Sum(axes: axes).bind(weights * dx)] }
  }

  public func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
    LogSumExp(axes: axes.map { $0 + 1 }).bind(operands)
  }

  public static var samples: [PrimitiveSample] { compositeSamples(dtypes) { LogSumExp(axes: $0) } }
}

/// The largest elements along axes, kept with size 1; 0 where they are -∞, as nothing has a distance from that.
func exponentialShift(_ x: Tensor, _ axes: [Int]) -> Tensor {
  let largest = x.max(axes: axes, keepingDimensions: true)
  return `where`(largest .== Tensor(floatLiteral: -.infinity), 0, largest)
}

/// The distances to the largest elements, which have 0, also where they are ∞.
func distances(_ x: Tensor, _ shift: Tensor) -> Tensor { `where`(x .== shift, 0, x - shift) }

/// log Σ exp(distance) along axes, where one of the distances is 0: its exponential is not added to the others, but meant
/// by log(1 + ...). Of distances that are all -∞ it is -∞.
func logarithmOfSum(_ distances: Tensor, _ axes: [Int], keepingDimensions: Bool) -> Tensor {
  let isLargest = distances .== 0
  let others = `where`(isLargest, 0, exp(distances)).sum(axes: axes, keepingDimensions: keepingDimensions)
  let count = isLargest.asType(distances.dtype).sum(axes: axes, keepingDimensions: keepingDimensions)
  return log(onePlus: others + (count - 1))
}

extension UnsafeBufferPointer where Element: ComplexPart {
  /// The largest number; 0 where it is -∞.
  var exponentialShift: Element {
    let largest = largest
    return largest == -.infinity ? 0 : largest
  }

  /// Σ exp(number - shift) - 1, where the largest number's 1 is taken off before anything is added to it.
  func exponentialsBeyondOne(_ shift: Element) -> Element {
    var (others, count): (Element, Element) = (0, 0)
    for number in self {
      if number == shift { count += 1 } else { others += .exp(number - shift) }
    }
    return others + (count - 1)
  }
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
