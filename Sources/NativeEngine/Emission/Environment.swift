import Engines

/// What generated code finds behind its environment pointer: the executable's own data, and the constants of the program.
///
/// The code has no addresses in it, so that it can be kept and loaded again.
final class EnvironmentLayout {
  private(set) var constants: [HostTensor] = []
  private(set) var hostOperations: [HostOperation] = []

  /// An operation that the host evaluates.
  struct HostOperation: Sendable {
    let primitive: any Primitive
    let operandTypes: [TensorType]
    let resultTypes: [TensorType]
  }

  /// The address of a constant, in code.
  func pointer(_ constant: HostTensor, _ function: FunctionEmitter) -> String {
    constants.append(constant)
    let slot = function.add("getelementptr inbounds ptr, ptr %environment, i64 \(constants.count)")
    return function.add("load ptr, ptr \(slot), align 8, !invariant.load !0")
  }

  /// The number of an operation of the host.
  func number(of operation: HostOperation) -> Int {
    hostOperations.append(operation)
    return hostOperations.count - 1
  }
}
