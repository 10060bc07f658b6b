// Traces under `jit`: they know types only, but a value that is read is computed, and becomes a guard.

/// For what a value is asked for.
package enum ReadMode {
  /// To steer a function by it: under `jit` it becomes a guard.
  case reading
  /// To show it: under `jit` it is computed, but the path does not depend on it.
  case peeking
  /// To use it where it is there: what `jit` would have to compute is not.
  case free
}

extension Trace {
  /// The tensor of a variable of this trace.
  package func tensor(of variable: Int32) -> Tensor { tensor(Int(variable)) }

  /// The value of a variable of a trace with guards.
  ///
  /// - Throws: an error when it may not be read, or when an equation that leads to it fails.
  func guardedValue(of variable: Int32, _ log: GuardLog, _ mode: ReadMode) throws(TensorError) -> HostTensor {
    if mode == .free { throw .notComputed }
    if mode == .reading, let refusal = log.refusal { throw refusal }
    let value = try computedValue(of: variable, log)
    if mode == .reading { log.note(variable, value) }
    return value
  }

  private func computedValue(of variable: Int32, _ log: GuardLog) throws(TensorError) -> HostTensor {
    if let value = log.value(variable) { return value }
    let (needed, leaves) = tape.steps(to: variable) { log.value($0) != nil }
    for leaf in leaves where log.value(leaf) == nil {
      let outside = Int(leaf) < tape.inputCount ? log.arguments[Int(leaf)] : tape.values[Int(leaf)]
      let depends = Int(leaf) < tape.inputCount || outside.isTraced
      log.keep(try outside.hostValue(.peeking), of: leaf, dependsOnArgument: depends)
    }
    for index in needed {
      let equation = tape.equations[index]
      var operands: [HostTensor] = []
      var depends = false
      for operand in tape.operandTable[equation.operandRange] {
        guard let value = log.value(operand) else { throw .notComputed }
        operands.append(value)
        depends = depends || log.dependsOnArgument(operand)
      }
      let results = try equation.primitive.evaluate(operands)
      for (result, value) in zip(equation.results, results) {
        log.keep(value, of: Int32(truncatingIfNeeded: result), dependsOnArgument: depends)
      }
    }
    guard let value = log.value(variable) else { throw .notComputed }
    return value
  }
}

extension Tape {
  /// The equations, in order, from which a variable follows, and what these begin with: variables that are known, or
  /// that no equation defines.
  func steps(to variable: Int32, isKnown: (Int32) -> Bool) -> (equations: [Int], leaves: [Int32]) {
    var needed: Set<Int> = []
    var leaves: Set<Int32> = []
    var pending = [variable]
    while let next = pending.popLast() {
      guard !isKnown(next), let equation = equation(defining: next) else {
        leaves.insert(next)
        continue
      }
      if needed.insert(equation).inserted { pending += operandTable[equations[equation].operandRange] }
    }
    return (needed.sorted(), leaves.sorted())
  }

  /// The equation that a variable is a result of.
  private func equation(defining variable: Int32) -> Int? {
    var (low, high) = (0, equations.count)
    while low < high {
      let middle = (low + high) / 2
      if equations[middle].firstResult <= variable { low = middle + 1 } else { high = middle }
    }
    return low > 0 && equations[low - 1].results.contains(Int(variable)) ? low - 1 : nil
  }
}

extension Tensor {
  /// Why the value cannot be read, if it cannot. Nothing is computed to find out.
  package var readingError: TensorError? {
    var tensor = self
    while true {
      if tensor.isInvalid { return .failedOperation }
      guard let variable = tensor.tracedVariable else { return nil }
      guard let trace = ThreadState.currentTrace(of: variable) else { return .escaped("reading") }
      let value = trace.tape.values[Int(variable.variable)]
      if value.isInvalid {
        guard let log = trace.guards else { return trace.unreadable ?? .failedOperation }
        return log.refusal ?? log.arguments.lazy.compactMap(\.readingError).first
      }
      tensor = value
    }
  }
}

extension TensorError {
  /// What is only asked for where it is there.
  static let notComputed = TensorError(.tracing, "jit", "the value has not been computed")

  /// The error for reading what could not be computed.
  static let failedOperation = TensorError(
    .tracing, "reading", "the tensor is the result of an operation that failed")
}
