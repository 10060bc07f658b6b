/// Whether all flags along axes hold; true where there are none.
public struct ReduceAll: AxisReduction {
  public static let name = "reduceAll"

  /// The axes, in ascending order.
  public let axes: [Int]

  public init(axes: [Int]) { self.axes = axes }

  public var traits: PrimitiveTraits { [.reduction, .discrete] }

  func check(_ operand: TensorType) throws(TensorError) { try checkFlags(operand, Self.name) }

  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    [try reduce(operands[0], axes, Self.name, AllOf.self)]
  }

  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap { .zero }

  public static var samples: [PrimitiveSample] { flagSamples { ReduceAll(axes: $0) } }
}

/// Whether one of the flags along axes holds; false where there are none.
public struct ReduceAny: AxisReduction {
  public static let name = "reduceAny"

  /// The axes, in ascending order.
  public let axes: [Int]

  public init(axes: [Int]) { self.axes = axes }

  public var traits: PrimitiveTraits { [.reduction, .discrete] }

  func check(_ operand: TensorType) throws(TensorError) { try checkFlags(operand, Self.name) }

  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    [try reduce(operands[0], axes, Self.name, AnyOf.self)]
  }

  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap { .zero }

  public static var samples: [PrimitiveSample] { flagSamples { ReduceAny(axes: $0) } }
}

/// Checks that elements are flags.
private func checkFlags(_ operand: TensorType, _ operation: String) throws(TensorError) {
  if operand.dtype == .bool { return }
  throw TensorError(
    .dtype, operation, "is defined for bool, not \(operand.dtype)",
    hint: "compare first: (x .!= 0).\(operation == ReduceAll.name ? "all" : "any")()")
}

private func flagSamples(_ make: ([Int]) -> any Primitive) -> [PrimitiveSample] {
  let cases: [(axes: [Int], shape: Shape)] = [([0], [3]), ([0, 2], [2, 3, 2]), ([], []), ([0], [1]), ([1], [2, 0])]
  return cases.map { PrimitiveSample(make($0.axes), [OperandSample($0.shape, .flags)], dtypes: [.bool]) }
}
