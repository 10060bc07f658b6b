import Numerics

/// Combines the elements along axes, which are left out of the result.
///
/// The author writes what is combined and the derivative; types and batching are derived.
protocol AxisReduction: Primitive {
  /// The axes, in ascending order.
  var axes: [Int] { get }

  /// A reduction along other axes.
  init(axes: [Int])

  /// Checks the operand beyond its axes.
  func check(_ operand: TensorType) throws(TensorError)
}

extension AxisReduction {
  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    guard operands.count == 1 else {
      throw TensorError(.program, Self.name, "takes one operand, not \(operands.count)")
    }
    try checkAxes(axes, of: operands[0].shape, Self.name)
    try check(operands[0])
    return [TensorType(operands[0].dtype, operands[0].shape.removing(axes))]
  }

  public func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
    Self(axes: axes.map { $0 + 1 }).bind(operands)
  }
}

// MARK: - Kinds of elements

/// A reduction of numbers of any kind, such as the sum.
protocol NumericReduction: AxisReduction {
  /// The result for elements of one type.
  func reduced<Element: HostNumber>(_ x: HostTensor, _: Element.Type) throws(TensorError) -> HostTensor
}

extension NumericReduction {
  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    let x = operands[0]
    switch x.dtype {
    case .float64: return [try reduced(x, Double.self)]
    case .float32: return [try reduced(x, Float.self)]
    case .int32: return [try reduced(x, Int32.self)]
    case .int64: return [try reduced(x, Int64.self)]
    case .complex128: return [try reduced(x, Complex<Double>.self)]
    case .complex64: return [try reduced(x, Complex<Float>.self)]
    case .bool: throw notReduced(x.dtype)
    }
  }

  public static var samples: [PrimitiveSample] {
    reductionSamples(dtypes: DType.allCases.filter { $0 != .bool }, empty: true)
  }
}

/// A reduction of ordered numbers to one of them, such as the largest.
///
/// The gradient goes to the elements that attain the result; where there are several it is split equally among them.
protocol OrderedReduction: AxisReduction {
  /// The result for elements of one type.
  func reduced<Element: OrderedHostNumber>(_ x: HostTensor, _: Element.Type) throws(TensorError) -> HostTensor
}

extension OrderedReduction {
  public var traits: PrimitiveTraits { [.reduction, .selecting] }

  func check(_ operand: TensorType) throws(TensorError) {
    try checkOrdered([operand], Self.name)
    try checkNotEmpty(operand)
  }

  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    let x = operands[0]
    switch x.dtype {
    case .float64: return [try reduced(x, Double.self)]
    case .float32: return [try reduced(x, Float.self)]
    case .int32: return [try reduced(x, Int32.self)]
    case .int64: return [try reduced(x, Int64.self)]
    case .bool, .complex64, .complex128: throw notReduced(x.dtype)
    }
  }

  /// The tangents of the elements that attain the extremum, averaged.
  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap {
    let axes = axes
    let weights = ExtremumWeights(axes: axes).bind(point.operand(0), point.result())
    return .rule { dx in [ZeroAbsorbingMultiply().bind(weights, dx).sum(axes: axes)] }
  }

  public static var samples: [PrimitiveSample] {
    reductionSamples(dtypes: [.float64, .float32, .int32, .int64], empty: false)
  }
}

/// A reduction of flags to one flag.
protocol FlagReduction: AxisReduction {
  /// How two flags are combined.
  associatedtype Flags: ReductionOperation where Flags.Element == Bool
}

extension FlagReduction {
  public var traits: PrimitiveTraits { [.reduction, .discrete] }

  func check(_ operand: TensorType) throws(TensorError) {
    if operand.dtype == .bool { return }
    throw TensorError(
      .dtype, Self.name, "is defined for bool, not \(operand.dtype)",
      hint: "compare first: (x .!= 0).\(Self.name == ReduceAll.name ? "all" : "any")()"
    )
  }

  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    [try reduce(operands[0], axes, Self.name, Flags.self)]
  }

  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap { .zero }

  public static var samples: [PrimitiveSample] {
    let cases: [(axes: [Int], shape: Shape)] = [
      ([0], [3]), ([0, 2], [2, 3, 2]), ([], []), ([0], [1]), ([1], [2, 0]),
    ]
    return cases.map { PrimitiveSample(Self(axes: $0.axes), [OperandSample($0.shape, .flags)], dtypes: [.bool]) }
  }
}

extension AxisReduction {
  /// The error for elements that `check` has let through by mistake.
  func notReduced(_ dtype: DType) -> TensorError { TensorError(.dtype, Self.name, "is not defined for \(dtype)") }

  /// Checks that there are elements to choose from.
  func checkNotEmpty(_ operand: TensorType) throws(TensorError) {
    guard axes.contains(where: { operand.shape[$0] == 0 }) else { return }
    throw TensorError(
      .shape, Self.name, "there are no elements along axes \(axes) of shape \(operand.shape)",
      hint: "a maximum or minimum needs at least one element")
  }

  /// Samples along several axes, along none, over a size of 1 and beside an empty axis; `empty` also over it.
  static func reductionSamples(dtypes: [DType], empty: Bool) -> [PrimitiveSample] {
    var cases: [(axes: [Int], shape: Shape)] = [
      ([0], [3]), ([0, 2], [2, 3, 2]), ([1], [2, 3]), ([0], [3, 2]), ([0], [1]), ([], [2]), ([], []), ([1], [0, 2]),
    ]
    if empty { cases.append(([1], [2, 0])) }
    return cases.map { PrimitiveSample(Self(axes: $0.axes), [OperandSample($0.shape)], dtypes: dtypes) }
  }
}

/// Checks that axes are in ascending order and inside a shape.
func checkAxes(_ axes: [Int], of shape: Shape, _ operation: String) throws(TensorError) {
  let ascending = zip(axes, axes.dropFirst()).allSatisfy { $0 < $1 }
  guard ascending, axes.allSatisfy({ (0..<shape.rank).contains($0) }) else {
    throw TensorError(.index, operation, "axes \(axes) are not axes of shape \(shape) in ascending order")
  }
}
