import Linearization

/// The identity, with a name by which a ``CheckpointPolicy`` can say that the value is kept.
public struct Named: Primitive {
  public static let name = "named"

  /// The name.
  public let label: String

  /// A name.
  public init(_ label: String) { self.label = label }

  public var traits: PrimitiveTraits { [.elementwise, .linear] }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    guard operands.count == 1 else {
      throw TensorError(.program, Self.name, "takes one operand, not \(operands.count)")
    }
    return operands
  }

  public func lowering(of operands: [TensorType]) -> Lowering { .elementwise(.operand(0)) }

  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] { operands }

  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap { .identity }

  public func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] { [bind(operands[0])] }

  public static var samples: [PrimitiveSample] {
    [[], [2, 3], [1], [0]].map { PrimitiveSample(Named("a"), [OperandSample($0)], dtypes: DType.allCases) }
  }
}

/// The same value, with a name: `checkpoint(f, keeping: .named(["hidden"]))` keeps what is named `hidden`.
public func named(_ x: Tensor, _ name: String) -> Tensor { Named(name).bind(x) }

/// The same tree, whose tensors have a name.
public func named<Tree: TensorTree>(_ tree: Tree, _ name: String) -> Tree {
  tree.mapTensors { Named(name).bind($0) }
}
