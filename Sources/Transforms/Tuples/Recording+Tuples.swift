import ControlPrimitives

/// A function to two trees that keeps less for reverse mode.
@_disfavoredOverload
public func checkpoint<Argument: TensorTree, R1: TensorTree, R2: TensorTree>(
  _ function: @escaping (Argument) -> (R1, R2), keeping policy: CheckpointPolicy = .nothing
) -> (Argument) -> (R1, R2) {
  let checkpointed = checkpoint(tree(function), keeping: policy)
  return { checkpointed($0).elements }
}

/// The program that a function to two trees runs at a point; its outputs are the trees' tensors in order.
@_disfavoredOverload
public func program<Argument: TensorTree, R1: TensorTree, R2: TensorTree>(
  of function: @escaping (Argument) -> (R1, R2), at point: Argument, name: String = "f"
) -> Program {
  program(of: tree(function), at: point, name: name)
}

/// A function to three trees that keeps less for reverse mode.
@_disfavoredOverload
public func checkpoint<Argument: TensorTree, R1: TensorTree, R2: TensorTree, R3: TensorTree>(
  _ function: @escaping (Argument) -> (R1, R2, R3), keeping policy: CheckpointPolicy = .nothing
) -> (Argument) -> (R1, R2, R3) {
  let checkpointed = checkpoint(tree(function), keeping: policy)
  return { checkpointed($0).elements }
}

/// The program that a function to three trees runs at a point; its outputs are the trees' tensors in order.
@_disfavoredOverload
public func program<Argument: TensorTree, R1: TensorTree, R2: TensorTree, R3: TensorTree>(
  of function: @escaping (Argument) -> (R1, R2, R3), at point: Argument, name: String = "f"
) -> Program {
  program(of: tree(function), at: point, name: name)
}
