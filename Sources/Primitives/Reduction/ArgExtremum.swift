/// The place of the largest element along an axis, as int64: the first of several, and the first `nan` when there is one.
public struct ArgMax: ArgExtremum {
  public static let name = "argMax"

  /// The axis, which is left out of the result.
  public let axis: Int

  public init(axis: Int) { self.axis = axis }

  public func lowering(of operands: [TensorType]) -> Lowering { .argExtremum(axis: axis, isLargest: true) }

  @inline(__always)
  static func isBetter<Element: OrderedHostNumber>(_ a: Element, _ b: Element) -> Bool { a > b }
}

/// The place of the smallest element along an axis, as int64: the first of several, and the first `nan` when there is
/// one.
public struct ArgMin: ArgExtremum {
  public static let name = "argMin"

  /// The axis, which is left out of the result.
  public let axis: Int

  public init(axis: Int) { self.axis = axis }

  public func lowering(of operands: [TensorType]) -> Lowering { .argExtremum(axis: axis, isLargest: false) }

  @inline(__always)
  static func isBetter<Element: OrderedHostNumber>(_ a: Element, _ b: Element) -> Bool { a < b }
}

/// The first place along an axis of the element that comes before all others.
///
/// The author writes which of two elements comes first; everything else is derived.
protocol ArgExtremum: Primitive {
  /// The axis, which is left out of the result.
  var axis: Int { get }

  /// The place along another axis.
  init(axis: Int)

  /// Whether `a` comes before `b`. Neither of them is `nan`, or the answer is false.
  static func isBetter<Element: OrderedHostNumber>(_ a: Element, _ b: Element) -> Bool
}

extension ArgExtremum {
  public var traits: PrimitiveTraits { [.reduction, .discrete] }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    try checkOrdered(operands, Self.name)
    let shape = operands[0].shape
    try checkAxes([axis], of: shape, Self.name)
    guard shape[axis] > 0 else {
      throw TensorError(
        .shape, Self.name, "axis \(axis) of shape \(shape) is empty",
        hint: "the place of an element needs at least one")
    }
    return [TensorType(.int64, shape.removing([axis]))]
  }

  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    let x = operands[0]
    switch x.dtype {
    case .float64: return [try places(x, Double.self)]
    case .float32: return [try places(x, Float.self)]
    case .int32: return [try places(x, Int32.self)]
    case .int64: return [try places(x, Int64.self)]
    case .bool, .complex64, .complex128: throw TensorError(.dtype, Self.name, "is not defined for \(x.dtype)")
    }
  }

  private func places<Element: OrderedHostNumber>(_ x: HostTensor, _: Element.Type) throws(TensorError) -> HostTensor {
    let size = x.shape[axis]
    let inner = x.shape.dimensions[(axis + 1)...].reduce(1, &*)
    return try HostTensor(x.shape.removing([axis]), of: Int64.self, for: Self.name) { results in
      x.withElements(as: Element.self) { elements in
        for line in results.indices {
          let start = line / inner &* size &* inner &+ line % inner
          var best = 0
          var bestElement = elements[start]
          for place in 0..<size {
            let element = elements[start &+ place &* inner]
            if bestElement.isNotANumber { break }
            if Self.isBetter(element, bestElement) || element.isNotANumber {
              best = place
              bestElement = element
            }
          }
          results.initializeElement(at: line, to: Int64(best))
        }
      }
    }
  }

  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap { .zero }

  public func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
    Self(axis: axis + 1).bind(operands)
  }

  public static var samples: [PrimitiveSample] {
    let cases: [(axis: Int, shape: Shape)] = [(0, [4]), (1, [2, 3, 2]), (0, [3, 2]), (0, [1]), (1, [0, 2])]
    return cases.map {
      PrimitiveSample(Self(axis: $0.axis), [OperandSample($0.shape)], dtypes: [.float64, .float32, .int32, .int64])
    }
  }
}
