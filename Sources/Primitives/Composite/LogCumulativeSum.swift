// The running sum of exponentials as a logarithm: y with yᵢ = log(exp(yᵢ₋₁) + exp(xᵢ)).
//
// Its derivative is the recurrence dyᵢ = σ(uᵢ) dyᵢ₋₁ + σ(-uᵢ) dxᵢ with the logistic function σ and the odds uᵢ = yᵢ₋₁ - xᵢ,
// whose two weights add up to 1. The odds are a primitive of their own: as a difference of y and x they would lose their
// digits where the numbers are large, and with them the shares of equal elements.

/// The logarithm of the running sum of exponentials along an axis, without overflow. It is -∞ as long as all elements are.
public struct LogCumulativeSum: CompositePrimitive {
  public static let name = "logCumulativeSum"
  public static var dtypes: [DType] { [.float64, .float32] }

  /// The axis.
  public let axis: Int
  /// Whether the sum runs from the end.
  public let reversed: Bool

  public init(axis: Int, reversed: Bool = false) {
    self.axis = axis
    self.reversed = reversed
  }

  public func checkParameters(_ operands: [TensorType]) throws(TensorError) {
    try checkAxes([axis], of: operands[0].shape, Self.name)
  }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    try checkOperands(operands)
    return operands
  }

  public func body(_ operands: [Tensor]) -> [Tensor] {
    let x = operands[0]
    if x.type.shape.checkedCount == 0 { return [exp(x)] }
    let (largest, rest) = runningLogarithm(x, axis, reversed)
    return [largest + rest]
  }

  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap {
    let x = point.operand(0)
    if x.shape.checkedCount == 0 { return .identity }
    let map = RunningWeights(x, axis, reversed)
    return .rule { dx in [map.tangent(dx)] }
  }

  public func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
    LogCumulativeSum(axis: axis + 1, reversed: reversed).bind(operands)
  }

  public static var samples: [PrimitiveSample] {
    runningSamples(operands: 1, dtypes: dtypes) { LogCumulativeSum(axis: $0, reversed: $1) }
  }
}

/// How much more the exponentials before an element are than its own, as a logarithm: log Σ exp(xⱼ - xᵢ) over the j before i,
/// for all elements along an axis but the first one. It is ∞ for an element that is -∞.
public struct RunningOdds: CompositePrimitive {
  public static let name = "runningOdds"
  public static var dtypes: [DType] { [.float64, .float32] }

  /// The axis, which has at least one element.
  public let axis: Int
  /// Whether what counts as before is behind.
  public let reversed: Bool

  public init(axis: Int, reversed: Bool = false) {
    self.axis = axis
    self.reversed = reversed
  }

  public func checkParameters(_ operands: [TensorType]) throws(TensorError) {
    let shape = operands[0].shape
    try checkAxes([axis], of: shape, Self.name)
    if shape[axis] == 0 { throw TensorError(.shape, Self.name, "axis \(axis) of shape \(shape) is empty") }
  }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    try checkOperands(operands)
    var sizes = operands[0].shape.dimensions
    sizes[axis] -= 1
    return [TensorType(operands[0].dtype, Shape(sizes))]
  }

  public func body(_ operands: [Tensor]) -> [Tensor] {
    let x = operands[0]
    let (largest, rest) = runningLogarithm(x, axis, reversed)
    let (before, own) = (largest.ends(axis, reversed).before, x.ends(axis, reversed).own)
    let odds = `where`(before .== own, 0, before - own) + rest.ends(axis, reversed).before
    return [`where`(own .== Tensor(floatLiteral: -.infinity), Tensor(floatLiteral: .infinity), odds)]
  }

  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap {
    let map = RunningWeights(point.operand(0), axis, reversed, odds: point.result())
    return .rule { dx in [map.tangent(dx).ends(axis, reversed).before - dx.ends(axis, reversed).own] }
  }

  public func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
    RunningOdds(axis: axis + 1, reversed: reversed).bind(operands)
  }

  public static var samples: [PrimitiveSample] {
    runningSamples(operands: 1, dtypes: dtypes) { RunningOdds(axis: $0, reversed: $1) }
      .filter { $0.operands[0].shape != [2, 0] }
  }
}

/// The recurrence that the tangent of a running sum of exponentials obeys.
private struct RunningWeights {
  private let recurrence: LinearRecurrence
  /// The weights of what is before, and of each element itself.
  private let before: Tensor
  private let own: Tensor

  init(_ x: Tensor, _ axis: Int, _ reversed: Bool, odds: Tensor? = nil) {
    let odds = odds ?? RunningOdds(axis: axis, reversed: reversed).bind(x)
    recurrence = LinearRecurrence(axis: axis, reversed: reversed)
    let type = x.type
    var places = type.shape.dimensions.map { AxisSlice.all($0) }
    let size = type.shape[axis]
    places[axis] = AxisSlice(start: reversed ? 0 : 1, count: size - 1)
    before = Embed(axes: places, shape: type.shape.dimensions).bind(sigmoid(odds))
    // The first element has all the weight, unless it is -∞.
    let first = (x .!= Tensor(floatLiteral: -.infinity)).asType(type.dtype)
    own = UpdateSlice(axes: places).bind(first, sigmoid(-odds))
  }

  func tangent(_ dx: Tensor) -> Tensor { recurrence.bind(before, own * dx) }
}

/// The running maximum along an axis, with 0 for -∞, and the logarithm of the running sum of exponentials of the distances to
/// it.
///
/// The largest element's 1 is taken off each sum, so that small ones keep their digits: what is beyond it obeys a
/// recurrence, too.
private func runningLogarithm(_ x: Tensor, _ axis: Int, _ reversed: Bool) -> (largest: Tensor, rest: Tensor) {
  let extremum = CumulativeMax(axis: axis, reversed: reversed).bind(x)
  let largest = `where`(extremum .== Tensor(floatLiteral: -.infinity), 0, extremum)
  let (before, own) = largest.ends(axis, reversed)
  // A maximum gets smaller only where it was 0 in place of -∞: then there is nothing before.
  let fading = `where`(before .== own, 1, `where`(before .> own, 0, exp(before - own)))
  let type = x.type
  var places = type.shape.dimensions.map { AxisSlice.all($0) }
  places[axis] = AxisSlice(start: reversed ? 0 : 1, count: type.shape[axis] - 1)
  let factors = Embed(axes: places, shape: type.shape.dimensions).bind(fading)
  let isLargest = x .== largest
  let terms = `where`(isLargest, factors, exp(`where`(isLargest, 0, x - largest)) + (factors - 1))
  let beyond = LinearRecurrence(axis: axis, reversed: reversed).bind(factors, terms)
  return (largest, log(onePlus: beyond))
}

extension Tensor {
  /// All elements along an axis but the last one of a walk, and all but the first one.
  fileprivate func ends(_ axis: Int, _ reversed: Bool) -> (before: Tensor, own: Tensor) {
    let count = shape[axis] - 1
    return (
      sliced(axis, AxisSlice(start: reversed ? 1 : 0, count: count)),
      sliced(axis, AxisSlice(start: reversed ? 0 : 1, count: count))
    )
  }
}
