/// The identity, without a tangent: derivatives treat its result as a constant.
public struct StopGradient: Primitive {
  public static let name = "stopGradient"

  public init() {}

  public var traits: PrimitiveTraits { .discrete }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    guard operands.count == 1 else {
      throw TensorError(.program, Self.name, "takes one operand, not \(operands.count)")
    }
    return operands
  }

  public func lowering(of operands: [TensorType]) -> Lowering { .elementwise(.operand(0)) }

  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] { operands }

  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap { .zero }

  public func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] { [bind(operands[0])] }

  public static var samples: [PrimitiveSample] {
    [[], [2, 3], [1], [0]].map { PrimitiveSample(StopGradient(), [OperandSample($0)], dtypes: DType.allCases) }
  }
}

/// The same value, which derivatives treat as a constant.
///
/// ```swift
/// grad { x in x * stopGradient(x) }(3)   // 3, not 6
/// ```
public func stopGradient(_ x: Tensor) -> Tensor { StopGradient().bind(x) }

/// The same tree, whose tensors derivatives treat as constants.
public func stopGradient<Tree: TensorTree>(_ tree: Tree) -> Tree { tree.mapTensors { StopGradient().bind($0) } }
