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
    return [body(distances: x - finiteMaximum(x, axes))]
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

/// Exponentials that are scaled to add up to 1 along axes, without overflow.
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
      let shift = line.finiteLargest
      var total: Number = 0
      for (index, number) in line.enumerated() {
        let power = Number.exp(number - shift)
        (results + index).initialize(to: power)
        total += power
      }
      for index in line.indices { results[index] /= total }
    }
  }

  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap {
    let y = point.result()
    return .rule { dx in
      let weighted = y * dx
      return [weighted - y * Sum(axes: axes).bind(weighted).stretched(to: y.shape, along: axes)]
    }
  }
}

/// The logarithm of ``Softmax``, accurate also where that is tiny: x - logSumExp(x).
public struct LogSoftmax: ScaledExponentials {
  public static let name = "logSoftmax"

  /// The axes, in ascending order.
  public let axes: [Int]

  public init(axes: [Int]) { self.axes = axes }

  func body(distances: Tensor) -> Tensor {
    distances - log(exp(distances).sum(axes: axes, keepingDimensions: true))
  }

  enum Line: LineMap {
    static func map<Number: ComplexPart>(
      _ line: UnsafeBufferPointer<Number>, into results: UnsafeMutablePointer<Number>
    ) {
      let shift = line.finiteLargest
      let total = Number.log(line.reduce(0) { $0 + .exp($1 - shift) })
      for (index, number) in line.enumerated() { (results + index).initialize(to: number - shift - total) }
    }
  }

  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap {
    let weights = exp(point.result())
    return .rule { dx in
      [dx - Sum(axes: axes).bind(weights * dx).stretched(to: weights.shape, along: axes)]
    }
  }
}
