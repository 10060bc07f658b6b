import Passes
import Primitives
import ControlPrimitives

extension JITFunction {
  /// The outcome of tracing a function.
  enum Outcome {
    case path(JITPath<Result>)
    /// An operation was invalid, which has been reported; what the function gave.
    case failed(Result)
  }

  /// Traces the function for the types of its arguments, and for those of their values that it reads.
  ///
  /// - Parameter updatedCount: how many of the arguments, from the first, the function changes.
  func record(
    _ function: ([Tensor]) -> Result, _ arguments: [Tensor], _ state: ThreadState, updatedCount: Int
  ) -> Outcome {
    let trace = Trace.begin(state, .guarded(GuardLog(arguments, refusal: guards.refusal)))
    let inputs = arguments.map { trace.input($0.type) }
    let result = function(inputs)
    let log = trace.guards?.guards ?? []
    var outputs: [Tensor] = []
    var positions: [Int32: Int] = [:]
    var origins: [JITPath<Result>.Origin] = []
    for tensor in result.tensors {
      guard let variable = trace.ownVariable(of: tensor) else {
        if tensor.isInvalid { outputs.append(tensor) }
        origins.append(.constant(tensor))
        continue
      }
      if Int(variable) < inputs.count {
        origins.append(.argument(Int(variable)))
      } else if let position = positions[variable] {
        origins.append(.output(position))
      } else {
        positions[variable] = outputs.count
        origins.append(.output(outputs.count))
        outputs.append(tensor)
      }
    }
    let count = outputs.count
    let usedKeys = KeyLedger.usedInputs(inputs)
    trace.end(state)
    defer { state.recycle(trace.tape) }
    guard let recorded = Program.finishing(trace, "jit", outputs + log.map { trace.tensor(of: $0.variable) }) else {
      return .failed(result)
    }
    assertVerified(recorded.program)
    // Passes keep what is computed. An error in one of them is a mistake of ours, and the program does without it.
    let program = (try? recorded.program.optimized()) ?? recorded.program
    return .path(
      JITPath(
        program: Subprogram(program), captures: recorded.captures, outputCount: count, guards: log, template: result,
        origins: origins, engine: engine, updatedCount: updatedCount, usedKeys: usedKeys))
  }
}
