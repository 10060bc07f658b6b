import HostLibraries

/// Evaluates a program equation by equation on the host. It is always there, and it is the definition of correct.
///
/// Large products of matrices are computed by the host's BLAS where it is found (``availability`` names it), and by loops
/// otherwise. The two differ by rounding, since they add in another order.
public struct ReferenceEngine: Engine {
  /// The engine.
  public init() {}

  public var id: EngineID { .reference }

  public var availability: EngineAvailability { .available("evaluates on the host, \(BLAS.summary)") }

  public var isAvailable: Bool { true }

  public func compile(_ program: Program) throws(TensorError) -> any Executable {
    try program.verify()
    return ReferenceExecutable(evaluator: ProgramEvaluator(program))
  }
}

/// A verified program with the places of the last uses of its values.
private struct ReferenceExecutable: Executable {
  let evaluator: ProgramEvaluator

  func run(_ arguments: [HostTensor]) throws(TensorError) -> [HostTensor] { try evaluator.run(arguments) }
}

extension EngineID {
  /// The ``ReferenceEngine``.
  public static let reference = EngineID("reference")
}
