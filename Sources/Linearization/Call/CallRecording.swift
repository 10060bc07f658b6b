/// A function as a program of its own: where it is called under a transform, one equation is recorded, not all of those
/// of the function.
///
/// ```swift
/// let layer = subprogram("layer") { x in sin(matmul(weights, x)) }
/// grad { x in layer(layer(x)).sum() }(x)   // the program has two calls of @layer
/// ```
///
/// The function is traced for the types of its argument, on its values where there are any, so that its own control flow
/// works; tensors that it captures become further operands. Derivatives and batches are calls again.
///
/// Where a trace has no values (`vmap`, bodies of loops), a function that records the same program for the same types
/// twice is not run again in that trace. It must then depend on its argument and on constants only.
///
/// - Parameter name: the program's name in text.
public func subprogram(_ name: String, _ function: @escaping (Tensor) -> Tensor) -> (Tensor) -> Tensor {
  let recorded = CallRecording(name, function)
  return { recorded($0) }
}

/// A function of any ``TensorTree`` as a program of its own; see ``subprogram(_:_:)``.
public func subprogram<Argument: TensorTree, Result: TensorTree>(
  _ name: String, _ function: @escaping (Argument) -> Result
) -> (Argument) -> Result {
  let recorded = CallRecording(name, function)
  return { recorded($0) }
}

/// A function that is recorded as a call.
final class CallRecording<Argument: TensorTree, Result: TensorTree> {
  private let name: String
  private let function: (Argument) -> Result

  init(_ name: String, _ function: @escaping (Argument) -> Result) {
    self.name = name
    self.function = function
  }

  /// What the function did in a trace.
  private struct Outcome {
    /// The call; `nil` when an operation was invalid, which has been reported.
    var call: Call?
    /// The tensors from outside, which are further operands.
    var captures: [Tensor] = []
    /// The result, in which traced tensors stand for the call's results, in order.
    var result: Result
    /// The call's results where they have been computed.
    var known: [Tensor]?
    /// Whether a second run did the same.
    var isConfirmed = false

    func isSame(as other: Outcome) -> Bool {
      call != nil && call == other.call && captures.map(\.identity) == other.captures.map(\.identity)
        && result.tensors.map(\.outcome) == other.result.tensors.map(\.outcome)
    }
  }

  /// The function's result; when something is being traced, as the results of a call.
  func callAsFunction(_ argument: Argument) -> Result {
    let state = ThreadState.current
    let tensors = argument.tensors
    // Without a trace nothing is recorded; with an invalid operand nothing can be.
    if state.traces.isEmpty || tensors.contains(where: \.isInvalid) { return function(argument) }
    // Literals stay what they are: inside the function they adopt the element type that they meet.
    let operands = tensors.filter { !$0.isLiteral }
    let outcome: Outcome
    do throws(TensorError) {
      for operand in operands { _ = try operand.hostValue(.free) }
      outcome = run(argument, operands.map { .tensor($0) }, .detached)
    } catch {
      if let unreadable = operands.lazy.compactMap(\.readingError).first {
        outcome = remembered(state, argument, operands, unreadable: unreadable)
      } else {
        // Under jit: what the function reads becomes a guard.
        outcome = run(argument, operands.map { .tensor($0) }, .partial(unreadable: error))
      }
    }
    guard let call = outcome.call else { return outcome.result.mapTensors { _ in Tensor(.invalid) } }
    let results = call.bind(operands + outcome.captures, known: outcome.known)
    var next = 0
    return outcome.result.mapTensors { tensor in
      guard tensor.isTraced else { return tensor }
      defer { next += 1 }
      return next < results.count ? results[next] : Tensor(.invalid)
    }
  }

  /// Runs the function to record it.
  private func run(
    _ argument: Argument, _ operands: [RecordedFunction.Input], _ mode: Trace.Mode
  ) -> Outcome {
    var found: Result?
    let recorded = RecordedFunction(name, operands, mode) { inputs in
      var rest = inputs[...]
      let result = function(argument.mapTensors { $0.isLiteral ? $0 : rest.popFirst() ?? Tensor(.invalid) })
      found = result
      return result.tensors.filter { $0.isTraced || $0.isInvalid }
    }
    // The recorder runs the function in any case.
    let result = found!
    guard let recorded else { return Outcome(result: result) }
    return Outcome(
      call: Call(recorded.program), captures: recorded.captures, result: result, known: recorded.known)
  }
}

// MARK: - Memory

/// What calls of a function without values have in common.
private struct CallKey: Hashable {
  var function: ObjectIdentifier
  /// The trace without values in which it happens.
  var trace: UInt64
  var operands: [Operand]

  enum Operand: Hashable {
    case literal(TensorIdentity)
    case typed(TensorType)
  }
}

extension CallRecording {
  /// What the function did before for such an argument, or what it does now.
  ///
  /// Nobody can see that a function uses a variable which has changed since. So it is run a second time, and only when
  /// that gave the same is it not run again.
  private func remembered(
    _ state: ThreadState, _ argument: Argument, _ operands: [Tensor], unreadable: TensorError
  ) -> Outcome {
    let outermost = state.traces.first { !$0.isValued }
    let identities = argument.tensors.map { tensor -> CallKey.Operand in
      tensor.isLiteral ? .literal(tensor.identity) : .typed(tensor.type)
    }
    let key = CallKey(function: ObjectIdentifier(self), trace: outermost?.id ?? 0, operands: identities)
    let known = state.remembered[key] as? Outcome
    if let known, known.isConfirmed, !known.captures.contains(where: \.isEscaped) { return known }
    var outcome = run(
      argument, operands.map { .type($0.type) }, .abstract(unreadable: unreadable, outside: .unchanged))
    if let known { outcome.isConfirmed = outcome.isSame(as: known) }
    state.remembered[key] = outcome
    // The key names this object by its address, which must not be given to another one.
    state.remembered[ObjectIdentifier(self)] = self
    return outcome
  }
}

extension Tensor {
  /// What a result has in common with that of another run; `nil` for a result of the function, which every run of it numbers
  /// anew.
  fileprivate var outcome: TensorIdentity? { isTraced ? nil : identity }
}
