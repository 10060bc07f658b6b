/// The Euclidean norm along axes, which are left out of the result: the square root of the sum of squared magnitudes.
///
/// The elements are divided by the largest before they are squared, so that nothing overflows. Of complex numbers the
/// norm is real. Its derivative at 0 is 0.
public struct Norm: CompositePrimitive {
  public static let name = "norm"
  public static var dtypes: [DType] { [.float64, .float32, .complex128, .complex64] }

  /// The axes, in ascending order.
  public let axes: [Int]

  public init(axes: [Int]) { self.axes = axes }

  public func checkParameters(_ operands: [TensorType]) throws(TensorError) {
    try checkAxes(axes, of: operands[0].shape, Self.name)
  }

  public var traits: PrimitiveTraits { [.composite, .reduction, .squareRule] }

  public func body(_ operands: [Tensor]) -> [Tensor] {
    let magnitudes = abs(operands[0])
    let type = magnitudes.type
    if zip(type.shape.dimensions.indices, type.shape.dimensions).contains(where: { axes.contains($0) && $1 == 0 }) {
      return [Sum(axes: axes).bind(magnitudes)]
    }
    let largest = magnitudes.max(axes: axes, keepingDimensions: true)
    let scale = `where`(isFinite(largest) .& (largest .!= 0), largest, 1)
    let scaled = magnitudes / scale
    return [sqrt((scaled * scaled).sum(axes: axes)) * scale.reshaped(to: type.shape.removing(axes))]
  }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    try reducedTypes(operands, axes) { $0.realPart }
  }

  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    try checkOperands(operands.map(\.type))
    if let lengths = try operands[0].reducingLines(axes, Length.self, Self.name) { return [lengths] }
    return try evaluateBody(operands)
  }

  /// The body on one line.
  private enum Length: LineReduction {
    static func value<Number: ComplexPart>(_ line: UnsafeBufferPointer<Number>) -> Number {
      var largest: Number = 0
      for number in line where !(largest >= number.magnitude) && !largest.isNaN { largest = number.magnitude }
      let scale = largest.isFinite && largest != 0 ? largest : 1
      return line.reduce(0) { $0 + ($1 / scale) * ($1 / scale) }.squareRoot() * scale
    }
  }

  /// The derivative is the unit vector x / |x|, and at 0 a strong zero, as that of `hypot` is.
  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap {
    let x = point.operand(0)
    let y = point.result()
    let edges = DirectionEdges(of: y)
    let length = y.stretched(to: x.shape, along: axes)
    func product(_ unit: Tensor, _ dx: Tensor) -> Tensor {
      edges.mayExist ? ZeroAbsorbingMultiply().bind(unit, dx) : unit * dx
    }
    guard x.dtype.isComplex else {
      let unit = edges.direction(x, length: length)
      return .rule { dx in [Sum(axes: axes).bind(product(unit, dx))] }
    }
    let unit = edges.direction(conjugate(x), length: length)
    return .rule { dx in [realPart(Sum(axes: axes).bind(product(unit, dx)))] }
  }

  public func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
    Norm(axes: axes.map { $0 + 1 }).bind(operands)
  }

  public static var samples: [PrimitiveSample] {
    compositeSamples(dtypes) { Norm(axes: $0) }
  }
}
