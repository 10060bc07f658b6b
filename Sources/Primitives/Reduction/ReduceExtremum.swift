/// The largest element along axes, which are left out of the result; `nan` when there is one.
///
/// The gradient goes to the largest element; where there are several it is split equally among them.
public struct ReduceMax: AxisReduction {
  public static let name = "reduceMax"

  /// The axes, in ascending order.
  public let axes: [Int]

  public init(axes: [Int]) { self.axes = axes }

  public var traits: PrimitiveTraits { [.reduction, .selecting] }

  func check(_ operand: TensorType) throws(TensorError) {
    try checkOrdered([operand], Self.name)
    try checkNotEmpty(operand)
  }

  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    let x = operands[0]
    switch x.dtype {
    case .float64: return [try reduce(x, axes, Self.name, MaximumOf<Double>.self)]
    case .float32: return [try reduce(x, axes, Self.name, MaximumOf<Float>.self)]
    case .int32: return [try reduce(x, axes, Self.name, MaximumOf<Int32>.self)]
    case .int64: return [try reduce(x, axes, Self.name, MaximumOf<Int64>.self)]
    case .bool, .complex64, .complex128: return []
    }
  }

  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap { sharedAmongTies(axes, point) }

  public static var samples: [PrimitiveSample] {
    reductionSamples(dtypes: [.float64, .float32, .int32, .int64], empty: false)
  }
}

/// The smallest element along axes, which are left out of the result; `nan` when there is one.
///
/// The gradient goes to the smallest element; where there are several it is split equally among them.
public struct ReduceMin: AxisReduction {
  public static let name = "reduceMin"

  /// The axes, in ascending order.
  public let axes: [Int]

  public init(axes: [Int]) { self.axes = axes }

  public var traits: PrimitiveTraits { [.reduction, .selecting] }

  func check(_ operand: TensorType) throws(TensorError) {
    try checkOrdered([operand], Self.name)
    try checkNotEmpty(operand)
  }

  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    let x = operands[0]
    switch x.dtype {
    case .float64: return [try reduce(x, axes, Self.name, MinimumOf<Double>.self)]
    case .float32: return [try reduce(x, axes, Self.name, MinimumOf<Float>.self)]
    case .int32: return [try reduce(x, axes, Self.name, MinimumOf<Int32>.self)]
    case .int64: return [try reduce(x, axes, Self.name, MinimumOf<Int64>.self)]
    case .bool, .complex64, .complex128: return []
    }
  }

  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap { sharedAmongTies(axes, point) }

  public static var samples: [PrimitiveSample] {
    reductionSamples(dtypes: [.float64, .float32, .int32, .int64], empty: false)
  }
}

/// The derivative of an extremum: the tangents of the elements that attain it, averaged.
private func sharedAmongTies(_ axes: [Int], _ point: EquationPoint) -> LinearMap {
  let weights = ExtremumWeights(axes: axes).bind(point.operand(0), point.result())
  return .rule { dx in [ZeroAbsorbingMultiply().bind(weights, dx).sum(axes: axes)] }
}
