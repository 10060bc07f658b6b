import Numerics

/// The running sum along an axis: each result is the sum of the elements up to its place, or from its place on.
///
/// Numbers of single precision are added in double precision, so that a sum of millions keeps its digits.
public struct CumulativeSum: LinearPrimitive {
  public static let name = "cumulativeSum"

  /// The axis.
  public let axis: Int
  /// Whether the sum runs from the end.
  public let reversed: Bool

  public init(axis: Int, reversed: Bool = false) {
    self.axis = axis
    self.reversed = reversed
  }

  public var traits: PrimitiveTraits { .linear }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    guard operands.count == 1 else {
      throw TensorError(.program, Self.name, "takes one operand, not \(operands.count)")
    }
    try checkNumeric(operands[0], Self.name)
    try checkAxes([axis], of: operands[0].shape, Self.name)
    return operands
  }

  public func lowering(of operands: [TensorType]) -> Lowering { .cumulativeSum(axis: axis, reversed: reversed) }

  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    let x = operands[0]
    switch x.dtype {
    case .float64: return [try run(x, Double.self)]
    case .float32: return [try runInDouble(x, { (x: Float) in Double(x) }, { Float($0) })]
    case .int32: return [try run(x, Int32.self)]
    case .int64: return [try run(x, Int64.self)]
    case .complex128: return [try run(x, Complex<Double>.self)]
    case .complex64:
      return [
        try runInDouble(
          x, { (x: Complex<Float>) in Complex(Double(x.rawParts.0), Double(x.rawParts.1)) },
          { Complex(Float($0.rawParts.0), Float($0.rawParts.1)) })
      ]
    case .bool: return []
    }
  }

  private func run<T: HostNumber>(_ x: HostTensor, _: T.Type) throws(TensorError) -> HostTensor {
    let size = x.shape[axis]
    let inner = x.shape.dimensions[(axis + 1)...].reduce(1, &*)
    return try HostTensor(x.shape, of: T.self, for: Self.name) { results in
      x.withElements(as: T.self) { elements in
        if elements.isEmpty { return }
        for slab in 0..<(elements.count / inner / size) {
          for step in 0..<size {
            let start = (slab &* size &+ (reversed ? size &- 1 &- step : step)) &* inner
            for index in start..<(start &+ inner) {
              let previous = reversed ? index &+ inner : index &- inner
              results.initializeElement(
                at: index, to: step == 0 ? elements[index] : T.sum(results[previous], elements[index]))
            }
          }
        }
      }
    }
  }

  /// Returns the same sums, accumulated in another type.
  private func runInDouble<T: HostNumber, Total: HostNumber>(
    _ x: HostTensor, _ widened: (T) -> Total, _ narrowed: (Total) -> T
  ) throws(TensorError) -> HostTensor {
    let walk = RunningWalk(shape: x.shape, axis: axis, reversed: reversed)
    return try x.withElements(as: T.self) { (elements) throws(TensorError) in
      try walk.results(
        Self.name, first: { widened(elements[$0]) }, next: { Total.sum($0, widened(elements[$1])) }, result: narrowed)
    }
  }

  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap { .itself(self) }

  public func transposed(_ cotangents: [Tensor?], of operand: Int, at point: EquationPoint) -> Tensor {
    CumulativeSum(axis: axis, reversed: !reversed).bind(cotangents[0]!)
  }

  public func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
    CumulativeSum(axis: axis + 1, reversed: reversed).bind(operands)
  }

  public static var samples: [PrimitiveSample] {
    let cases: [(axis: Int, reversed: Bool, shape: Shape)] = [
      (0, false, [3]), (1, true, [2, 3, 2]), (0, false, [2, 3]), (0, true, [1]), (1, false, [2, 0]),
    ]
    return cases.map {
      PrimitiveSample(
        CumulativeSum(axis: $0.axis, reversed: $0.reversed), [OperandSample($0.shape)],
        dtypes: DType.allCases.filter { $0 != .bool })
    }
  }
}
