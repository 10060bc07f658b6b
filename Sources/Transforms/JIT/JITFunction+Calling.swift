import ControlPrimitives

// A call: the path is found by running the one that was taken last; where its guards differ, the tree of paths tells the
// next; where no path fits, the function is traced.

/// One call of a function under `jit`.
private struct Invocation<Result: TensorTree> {
  let function: ([Tensor]) -> Result
  /// The arguments with fixed element types.
  let arguments: [Tensor]
  let signature: JITSignature
  /// The number of tensors of each argument.
  let counts: [Int]
  /// The static argument.
  let parameters: AnyHashable?
  let state: ThreadState
  /// Whether nothing has to be recorded for this call: all arguments are numbers.
  let isConcrete: Bool

  /// The numbers of the arguments and of what a path takes from outside, wherever they are.
  func inputs(_ path: JITPath<Result>) throws(TensorError) -> [Tensor] {
    if isConcrete && path.captures.isEmpty { return arguments }
    var inputs: [Tensor] = []
    for tensor in arguments + path.captures { inputs.append(Tensor(placed: try tensor.placedValue(.peeking))) }
    return inputs
  }
}

/// What is known about the path of a call.
private enum Selection<Result: TensorTree> {
  /// The path, and the outputs where they have been computed.
  case found(JITPath<Result>, [Tensor]?)
  /// No path fits.
  case missing(RetraceReason)
  /// The path cannot be told, or fails.
  case failed(JITPath<Result>, TensorError)
  /// There are no numbers to compare guards with.
  case unreadable
}

extension JITFunction {
  /// The function's result.
  func callAsFunction(_ given: JITArguments, _ function: ([Tensor]) -> Result) -> Result {
    if given.tensors.contains(where: { $0.isInvalid || $0.isEscaped }) { return function(given.tensors) }
    let arguments = given.tensors.map(\.settled)
    if let type = given.incomparable {
      return eagerly(.incomparable(type), arguments, function)
    }
    let isConcrete = ThreadState.staging(over: nil) == nil && !arguments.contains(where: \.isTraced)
    return withoutActuallyEscaping(function) { function in
      call(
        Invocation(
          function: function, arguments: arguments,
          signature: JITSignature(types: arguments.map(\.type), structure: given.structure),
          counts: given.counts, parameters: given.parameters, state: .current, isConcrete: isConcrete))
    }
  }

  private func call(_ call: Invocation<Result>) -> Result {
    var (entry, reason) = entry(for: call.signature)
    if let known = entry, let path = known.tree.withLock({ $0.recent }), !path.isAlive {
      forget(call.signature)
      (entry, reason) = (nil, .traceEnded)
    }
    if let entry {
      switch select(entry, call) {
      case .found(let path, let outputs): return complete(path, outputs, call)
      case .failed(let path, let error): return failed(path, error, call)
      case .unreadable: return traced(call, because: .valuesUnknown, isKept: false)
      case .missing(let missing):
        if case .guardValue = missing, entry.tree.withLock({ $0.count }) >= guards.largestPathCount {
          return eagerly(.tooManyPaths(guards.largestPathCount, missing), call.arguments, call.function)
        }
        reason = missing
      }
    }
    return traced(call, because: reason, isKept: true)
  }

  private func select(_ entry: Entry, _ call: Invocation<Result>) -> Selection<Result> {
    guard var path = entry.unconditional ?? entry.tree.withLock({ $0.recent }) else { return .missing(.firstCall) }
    if path.guards.isEmpty && (!call.isConcrete || !path.captures.isEmpty) { return .found(path, nil) }
    guard let inputs = try? call.inputs(path) else { return .unreadable }
    while true {
      switch path.attempt(inputs) {
      case .fits(let outputs):
        if !path.guards.isEmpty { entry.tree.withLock { $0.touch(path) } }
        return .found(path, outputs)
      case .fails(let error): return .failed(path, error)
      case .differs(let index, let value):
        guard let next = entry.tree.withLock({ $0.path(like: path, upTo: index, then: value) }) else {
          return .missing(
            .guardValue(stack: path.stacks[index], old: path.guards[index], new: value))
        }
        guard next.isAlive else {
          forget(entry.signature)
          return .missing(.traceEnded)
        }
        path = next
      }
    }
  }

  /// Traces the function, and gives the result by the program that was recorded.
  private func traced(_ call: Invocation<Result>, because reason: RetraceReason, isKept: Bool) -> Result {
    let clock = ContinuousClock()
    let start = clock.now
    let recording = record(
      call.function, call.arguments, call.state, updatedCount: isUpdating ? call.counts.first ?? 0 : 0)
    let traceTime = clock.now - start
    count {
      $0.traces += 1
      $0.traceTime += traceTime
      $0.lastRetrace = reason
    }
    guard case .path(let path) = recording else {
      // The error has been reported, as by the function itself.
      if case .failed(let result) = recording { return result.mapTensors { _ in Tensor(.invalid) } }
      return call.function(call.arguments)
    }
    count { $0.guards += path.guards.count }
    let isClean = ErrorScope.current?.error == nil
    var outputs: [Tensor]?
    let runs = call.isConcrete && path.captures.isEmpty
    if runs || !path.guards.isEmpty {
      guard let inputs = try? call.inputs(path) else { return complete(path, nil, call) }
      if let error = compile(path) {
        report(error)
        return path.result([], call.arguments).mapTensors { _ in Tensor(.invalid) }
      }
      switch path.learn(inputs) {
      case .fits(let computed): outputs = computed
      case .fails(let error):
        if path.guards.isEmpty && isKept && isClean { keep(path, call.signature) }
        return failed(path, error, call, wasTraced: true)
      case .differs: return eagerly(.rounding, call.arguments, call.function, wasTraced: true)
      }
    }
    if isKept && isClean { keep(path, call.signature) }
    return complete(path, outputs, call)
  }

  /// Has a path compiled.
  private func compile(_ path: JITPath<Result>) -> TensorError? {
    let clock = ContinuousClock()
    let start = clock.now
    do throws(TensorError) {
      let compiled = try path.compiled()
      let time = clock.now - start
      count {
        $0.compileTime += time
        $0.engine = compiled.engine
        $0.refusals = compiled.refusals
      }
      return nil
    } catch {
      return error
    }
  }

  /// The result of a path: from outputs that have been computed, or from a call that is recorded.
  private func complete(_ path: JITPath<Result>, _ outputs: [Tensor]?, _ call: Invocation<Result>) -> Result {
    path.noteKeys { call.arguments[$0] }
    if call.isConcrete && path.captures.isEmpty, let outputs {
      shorten(path, call.signature, counts: call.counts, parameters: call.parameters)
      return path.result(outputs, call.arguments)
    }
    if path.outputCount == 0 && path.guards.isEmpty { return path.result([], call.arguments) }
    // What is read under another jit is a guard of that one, too.
    let isGuarded = call.state.traces.contains { $0.guards != nil }
    let program = isGuarded ? path.program : path.unguarded
    if program.program.outputs.isEmpty { return path.result([], call.arguments) }
    let count = program.program.outputs.count
    let known = isGuarded ? nil : outputs.map { Array($0[..<count]) }
    let results = Call(program, runner: EngineRunner.id(of: engine)).bind(
      call.arguments + path.captures, known: known)
    guard results.count == count else {
      return path.result([], call.arguments).mapTensors { _ in Tensor(.invalid) }
    }
    for result in results[path.outputCount...] {
      do throws(TensorError) { _ = try result.hostValue(.reading) } catch { report(error) }
    }
    return path.result(results, call.arguments)
  }

  /// The outcome of a call whose program fails: that of the function itself, so that the error is the ordinary one.
  private func failed(
    _ path: JITPath<Result>, _ error: TensorError, _ call: Invocation<Result>, wasTraced: Bool = false
  ) -> Result {
    // The host would compute what cannot be computed on the device; and what has no memory would be tried again, slowly.
    if error.kind == .device || error.kind == .memory {
      report(error)
      return path.result([], call.arguments).mapTensors { _ in Tensor(.invalid) }
    }
    return eagerly(.failure(error), call.arguments, call.function, wasTraced: wasTraced)
  }

  /// The function's result without being compiled.
  private func eagerly(
    _ reason: EagerReason, _ arguments: [Tensor], _ function: ([Tensor]) -> Result, wasTraced: Bool = false
  ) -> Result {
    count {
      $0.eagerCalls += 1
      $0.lastEagerCall = reason
      if case .incomparable = reason { $0.calls += 1 }
      if wasTraced { $0.tracedInVain += 1 }
    }
    return function(arguments)
  }
}
