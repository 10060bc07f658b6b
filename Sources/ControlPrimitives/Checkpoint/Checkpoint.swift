import Linearization

/// A call of a program that keeps for reverse mode what a policy says, and computes the rest again.
public struct Checkpoint: ProgramCall {
  public static let name = "checkpoint"

  /// What is called.
  public let program: Subprogram
  /// What is kept.
  public let policy: CheckpointPolicy

  /// A checkpointed call.
  public init(_ program: Subprogram, _ policy: CheckpointPolicy) {
    self.program = program
    self.policy = policy
  }

  public var ports: ControlPorts { ControlPorts(calling: program, residuals: .chosen) }

  package func calling(_ program: Subprogram) -> Checkpoint { Checkpoint(program, policy) }

  public static var samples: [PrimitiveSample] {
    let type = TensorType(.float64, [2, 2])
    let recorded = Program.tracing("sample", [type, type], unreadable: .readInBatch) { inputs in
      let hidden = named(sin(matmul(inputs[0], inputs[1])), "hidden")
      return [matmul(hidden, inputs[1]), cos(hidden * hidden)]
    }
    guard let recorded else { return [] }
    let policies: [CheckpointPolicy] = [.nothing, .matrixProducts, .named(["hidden"]), .everything]
    return policies.map { policy in
      PrimitiveSample(
        Checkpoint(Subprogram(recorded.program), policy), [OperandSample([2, 2]), OperandSample([2, 2])],
        dtypes: [.float64])
    }
  }
}
