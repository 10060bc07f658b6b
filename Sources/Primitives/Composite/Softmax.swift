/// Exponentials that are scaled to add up to 1 along axes, or their logarithms: what both have in common.
protocol ScaledExponentials: CompositePrimitive {
  /// The body on one line.
  associatedtype Line: LineMap

  /// The axes, in ascending order.
  var axes: [Int] { get }

  init(axes: [Int])

  /// The results from the distances to the largest number along the axes.
  func body(distances: Tensor) -> Tensor
}

extension ScaledExponentials {
  public static var dtypes: [DType] { [.float64, .float32] }

  public func checkParameters(_ operands: [TensorType]) throws(TensorError) {
    try checkAxes(axes, of: operands[0].shape, Self.name)
  }

  public func body(_ operands: [Tensor]) -> [Tensor] {
    let x = operands[0]
    if x.type.shape.checkedCount == 0 { return [exp(x)] }
    return [body(distances: distances(x, exponentialShift(x, axes)))]
  }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    _ = try reducedTypes(operands, axes) { $0 }
    return operands
  }

  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    try checkOperands(operands.map(\.type))
    if let results = try operands[0].mappingLines(axes, Line.self, Self.name) { return [results] }
    return try evaluateBody(operands)
  }

  public func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
    Self(axes: axes.map { $0 + 1 }).bind(operands)
  }

  public static var samples: [PrimitiveSample] { compositeSamples(dtypes) { Self(axes: $0) } }
}

/// Exponentials that are scaled to add up to 1 along axes, without overflow. Elements that are ∞ share the 1; where all
/// are -∞ the result is `nan`.
///
/// The derivative dy = y (dx - Σ y dx) would lose the digits of an element that takes nearly everything, as dx - Σ y dx is a
/// small difference of large numbers there. So tangents are taken relative to that of the element above 1/2, where there is
/// one; this changes no difference. The Jacobian is symmetric.
public struct Softmax: ScaledExponentials {
  public static let name = "softmax"

  /// The axes, in ascending order.
  public let axes: [Int]

  public init(axes: [Int]) { self.axes = axes }

  func body(distances: Tensor) -> Tensor {
    let powers = exp(distances)
    return powers / powers.sum(axes: axes, keepingDimensions: true)
  }

  enum Line: LineMap {
    static func map<Number: ComplexPart>(
      _ line: UnsafeBufferPointer<Number>, into results: UnsafeMutablePointer<Number>
    ) {
      let shift = line.exponentialShift
      var total: Number = 0
      for (index, number) in line.enumerated() {
        let power = number == shift ? 1 : Number.exp(number - shift)
        (results + index).initialize(to: power)
        total += power
      }
      for index in line.indices { results[index] /= total }
    }
  }

  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap {
    let y = point.result()
    let relative = RelativeTangents(to: y, axes)
    func product(_ dx: Tensor) -> Tensor {
      let dx = relative(dx)
      return y * (dx - relative.sum(y * dx))
    }
    return .rules(forward: product, reverse: product)
  }
}

/// The logarithm of ``Softmax``, accurate also where that is tiny: x - logSumExp(x).
public struct LogSoftmax: ScaledExponentials {
  public static let name = "logSoftmax"

  /// The axes, in ascending order.
  public let axes: [Int]

  public init(axes: [Int]) { self.axes = axes }

  func body(distances: Tensor) -> Tensor {
    distances - logarithmOfSum(distances, axes, keepingDimensions: true)
  }

  enum Line: LineMap {
    static func map<Number: ComplexPart>(
      _ line: UnsafeBufferPointer<Number>, into results: UnsafeMutablePointer<Number>
    ) {
      let shift = line.exponentialShift
      let total = Number.log(onePlus: line.exponentialsBeyondOne(shift))
      for (index, number) in line.enumerated() {
        (results + index).initialize(to: (number == shift ? 0 : number - shift) - total)
      }
    }
  }

  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap {
    let weights = Softmax(axes: axes).bind(point.operand(0))
    let relative = RelativeTangents(to: weights, axes)
    let rest = relative.sum(relative.isOther * weights)
    return .rules(
      forward: { dx in
        let dx = relative(dx)
        return dx - relative.sum(weights * dx)
      },
      // ct - y Σ ct; for the element that has nearly everything with 1 - y and Σ ct without its own.
      reverse: { ct in
        let own = relative.isLarge * ct
        let others = relative.sum(relative.isOther * ct)
        let all = relative.sum(own) + others
        return relative.isOther * (ct - weights * all) + (own * rest - relative.isLarge * (weights * others))
      })
  }
}

/// Tangents relative to that of the weight which is above 1/2, where there is one.
private struct RelativeTangents {
  /// 1 for a weight above 1/2, of which there is one at most, and 0 for the others.
  let isLarge: Tensor
  /// 1 for the others.
  let isOther: Tensor
  private let axes: [Int]
  private let shape: Shape

  init(to weights: Tensor, _ axes: [Int]) {
    // Factors and not choices: these tangents count.
    isLarge = (weights .> 0.5).asType(weights.dtype)
    isOther = 1 - isLarge
    self.axes = axes
    shape = weights.shape
  }

  func callAsFunction(_ dx: Tensor) -> Tensor { dx - sum(isLarge * dx) }

  /// The sums along the axes, at each element.
  func sum(_ x: Tensor) -> Tensor { Sum(axes: axes).bind(x).stretched(to: shape, along: axes) }
}
