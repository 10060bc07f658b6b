/// The running maximum along an axis: each result is the largest element up to its place, or from its place on; `nan` from
/// the first `nan` on.
///
/// The gradient of a result goes to the element that attains it; where there are several up to its place it is split equally
/// among them, as that of ``ReduceMax`` is.
public struct CumulativeMax: CumulativeExtremum {
  public static let name = "cumulativeMax"

  /// The axis.
  public let axis: Int
  /// Whether the maximum runs from the end.
  public let reversed: Bool

  public init(axis: Int, reversed: Bool) {
    self.axis = axis
    self.reversed = reversed
  }

  public func lowering(of operands: [TensorType]) -> Lowering { .running(.maximum, axis: axis, reversed: reversed) }

  @inline(__always)
  static func combine<Element: OrderedHostNumber>(_ a: Element, _ b: Element) -> Element {
    MaximumOf<Element>.combine(a, b)
  }
}

/// The running minimum along an axis: each result is the smallest element up to its place, or from its place on; `nan` from
/// the first `nan` on.
///
/// The gradient of a result goes to the element that attains it; where there are several up to its place it is split equally
/// among them, as that of ``ReduceMin`` is.
public struct CumulativeMin: CumulativeExtremum {
  public static let name = "cumulativeMin"

  /// The axis.
  public let axis: Int
  /// Whether the minimum runs from the end.
  public let reversed: Bool

  public init(axis: Int, reversed: Bool) {
    self.axis = axis
    self.reversed = reversed
  }

  public func lowering(of operands: [TensorType]) -> Lowering { .running(.minimum, axis: axis, reversed: reversed) }

  @inline(__always)
  static func combine<Element: OrderedHostNumber>(_ a: Element, _ b: Element) -> Element {
    MinimumOf<Element>.combine(a, b)
  }
}

/// The extremum of the elements up to each place along an axis.
///
/// The author writes how two elements are combined; everything else is derived.
protocol CumulativeExtremum: Primitive {
  /// The axis.
  var axis: Int { get }

  /// Whether it runs from the end.
  var reversed: Bool { get }

  /// The extremum along another axis.
  init(axis: Int, reversed: Bool)

  /// The one of two elements that stays; `nan` when there is one.
  static func combine<Element: OrderedHostNumber>(_ a: Element, _ b: Element) -> Element
}

extension CumulativeExtremum {
  public var traits: PrimitiveTraits { .selecting }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    try checkOrdered(operands, Self.name)
    try checkAxes([axis], of: operands[0].shape, Self.name)
    return operands
  }

  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    let x = operands[0]
    switch x.dtype {
    case .float64: return [try run(x, Double.self)]
    case .float32: return [try run(x, Float.self)]
    case .int32: return [try run(x, Int32.self)]
    case .int64: return [try run(x, Int64.self)]
    case .bool, .complex64, .complex128: throw TensorError(.dtype, Self.name, "is not defined for \(x.dtype)")
    }
  }

  private func run<Element: OrderedHostNumber>(_ x: HostTensor, _: Element.Type) throws(TensorError) -> HostTensor {
    let walk = RunningWalk(shape: x.shape, axis: axis, reversed: reversed)
    return try x.withElements(as: Element.self) { (elements) throws(TensorError) in
      try walk.results(
        Self.name, first: { elements[$0] }, next: { Self.combine($0, elements[$1]) }, result: { $0 })
    }
  }

  /// The tangents of the elements that attain the extremum, averaged: sums that begin anew where the extremum changes.
  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap {
    let (x, y) = (point.operand(0), point.result())
    let before = y.preceding(axis: axis, reversed: reversed, first: 0)
    func same(_ a: Tensor) -> Tensor { ((a .== y) .| (isNaN(a) .& isNaN(y))).asType(y.dtype) }
    let (stays, attains) = (same(before), same(x))
    let recurrence = LinearRecurrence(axis: axis, reversed: reversed, absorbsZeros: true)
    let counts = recurrence.bind(stays, attains)
    return .rule { dx in [recurrence.bind(stays, ZeroAbsorbingMultiply().bind(attains, dx)) / counts] }
  }

  public func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
    Self(axis: axis + 1, reversed: reversed).bind(operands)
  }

  public static var samples: [PrimitiveSample] {
    runningSamples(operands: 1, dtypes: [.float64, .float32, .int32, .int64]) { Self(axis: $0, reversed: $1) }
  }
}
