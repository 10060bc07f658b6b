/// A recording of what a Swift function does with its arguments.
///
/// A *valued* trace carries the value of each variable, so that the function may read it: `if`, `while`, recursion and
/// `print` just work, and the recording is the path that was taken. An *abstract* trace knows types only. A trace with
/// *guards* knows types only, too, but computes a value that is read, and notes it: the recording is a path that holds
/// where these values are the same.
package final class Trace {
  package let id: UInt64
  package let depth: Int
  /// Why values cannot be read, or `nil` when they can.
  package let unreadable: TensorError?
  package let tape: Tape
  /// What was read, for `jit`.
  package let guards: GuardLog?
  /// Whether tensors from outside are replaced by their numbers, so that nothing is recorded further out.
  private let isDetached: Bool
  /// Whether the place in the user's source is kept with each equation.
  private let keepsLocations: Bool
  /// Whether a derivative of the recording is wanted.
  private let isLinearized: Bool
  /// What recorded operations on tensors from outside before this trace began.
  private let stagingBefore: Trace?

  init(
    _ state: ThreadState, unreadable: TensorError?, isDetached: Bool = false, isLinearized: Bool = false,
    guards: GuardLog? = nil
  ) {
    id = ThreadState.nextTraceID()
    depth = state.traces.count
    tape = state.takeTape()
    self.unreadable = unreadable
    self.isDetached = isDetached
    self.isLinearized = isLinearized
    self.guards = guards
    keepsLocations = state.keepsLocations
    stagingBefore = state.staging
  }

  package var isValued: Bool { unreadable == nil }

  /// Begins a trace that carries values.
  package static func beginValued(_ state: ThreadState) -> Trace {
    let trace = Trace(state, unreadable: nil)
    state.traces.append(trace)
    return trace
  }

  /// Begins a trace that carries values and whose derivative is wanted: operations that contain programs are run and
  /// linearized at once, so that they do not run a second time for their derivative.
  package static func beginLinearized(_ state: ThreadState) -> Trace {
    let trace = Trace(state, unreadable: nil, isLinearized: true)
    state.traces.append(trace)
    return trace
  }

  /// Begins a trace that carries numbers alone: those of its inputs, and in place of tensors from outside their numbers
  /// where they have any. So the operations are recorded here, and not once more further out.
  package static func beginDetached(_ state: ThreadState) -> Trace {
    let trace = Trace(state, unreadable: nil, isDetached: true)
    state.traces.append(trace)
    return trace
  }

  /// What a trace without values does with operations on tensors from outside alone.
  package enum OutsideOperations {
    /// It records them: a function that is recorded as the body of a loop or a branch does nothing before it runs.
    case recorded
    /// They are evaluated, or recorded further out, at once; also where a trace further out would record them.
    case immediate
    /// What the traces further out say.
    case unchanged
  }

  /// Begins a trace that knows types only; reading a value gives the error.
  package static func beginAbstract(
    _ state: ThreadState, unreadable: TensorError, outside: OutsideOperations = .immediate
  ) -> Trace {
    let trace = Trace(state, unreadable: unreadable)
    state.traces.append(trace)
    switch outside {
    case .recorded: state.staging = trace
    case .immediate: state.staging = nil
    case .unchanged: break
    }
    return trace
  }

  /// Begins a trace that carries numbers where they are known, like a detached one; reading a value that depends on an
  /// input of which only the type is known gives the error.
  package static func beginPartial(_ state: ThreadState, unreadable: TensorError) -> Trace {
    let trace = Trace(state, unreadable: unreadable, isDetached: true)
    state.traces.append(trace)
    return trace
  }

  /// Ends the innermost trace, which must be this one.
  package func end(_ state: ThreadState) {
    let ended = state.traces.removeLast()
    assert(ended === self, "traces end in the opposite order of their beginning")
    state.staging = stagingBefore
    if state.traces.isEmpty && !state.remembered.isEmpty { state.remembered = [:] }
  }
}

// MARK: - Variables

extension Trace {
  @inline(__always)
  func tensor(_ variable: Int) -> Tensor {
    Tensor(.traced(TracedVariable(traceID: id, depth: depth, variable: variable)))
  }

  /// A new input with a value one level further out.
  package func input(_ value: Tensor) -> Tensor {
    let variable = tape.values.count
    tape.values.append(value.settled)
    if !isValued { tape.types.append(value.type) }
    tape.inputCount += 1
    return tensor(variable)
  }

  /// A new input of which only the type is known.
  package func input(_ type: TensorType) -> Tensor {
    let variable = tape.values.count
    tape.values.append(Tensor(.invalid))
    tape.types.append(type)
    tape.inputCount += 1
    return tensor(variable)
  }

  /// The variable of a tensor in this trace; a tensor from outside is captured.
  package func variable(of tensor: Tensor) -> Int32 {
    if case .traced(let traced) = tensor.payload, traced.traceID == id { return traced.variable }
    let variable = Int32(truncatingIfNeeded: tape.values.count)
    if isDetached {
      tape.originals.append(tensor.settled)
      tape.values.append((try? tensor.hostValue(.free)).map { Tensor($0) } ?? tensor.settled)
    } else {
      tape.values.append(tensor.settled)
    }
    if !isValued { tape.types.append(tensor.type) }
    tape.captured.append(variable)
    return variable
  }

  /// The tensor from outside that is captured at a position of the tape's list.
  package func capturedTensor(_ position: Int) -> Tensor {
    isDetached ? tape.originals[position] : tape.values[Int(tape.captured[position])]
  }

  /// The variable of a tensor that belongs to this trace; nothing for other tensors.
  package func ownVariable(of tensor: Tensor) -> Int32? {
    if case .traced(let variable) = tensor.payload, variable.traceID == id { return variable.variable }
    return nil
  }

  /// A tensor from outside as a variable of this trace, so that operations on it are recorded.
  package func lifted(_ value: Tensor) -> Tensor { tensor(Int(variable(of: value))) }
}

// MARK: - Recording

extension Trace {
  /// Records an operation with one operand and one result.
  func record(_ primitive: any Primitive, _ x: Tensor) -> Tensor {
    let operand = variable(of: x)
    if isValued {
      let value = primitive.bind(tape.values[Int(operand)])
      if value.isInvalid { return value }
      let first = tape.operandTable.count
      tape.operandTable.append(operand)
      return define(primitive, first, 1, value)
    }
    return recordAbstract(primitive, [operand]).first ?? Tensor(.invalid)
  }

  /// Records an operation with two operands and one result.
  func record(_ primitive: any Primitive, _ x: Tensor, _ y: Tensor) -> Tensor {
    let a = variable(of: x)
    let b = variable(of: y)
    if isValued {
      let value = primitive.bind(tape.values[Int(a)], tape.values[Int(b)])
      if value.isInvalid { return value }
      let first = tape.operandTable.count
      tape.operandTable.append(a)
      tape.operandTable.append(b)
      return define(primitive, first, 2, value)
    }
    return recordAbstract(primitive, [a, b]).first ?? Tensor(.invalid)
  }

  /// Records an operation. `known` are its results where they have been computed already.
  func record(_ primitive: any Primitive, _ operands: [Tensor], known: [HostTensor]?) -> [Tensor] {
    let variables = operands.map(variable(of:))
    guard isValued else { return recordAbstract(primitive, variables, known: known) }
    if isLinearized, primitive.traits.contains(.control), let control = primitive.control {
      let isActive = tape.activity(of: variables)
      if isActive.contains(true) { return recordLinearized(control, variables, isActive) }
    }
    let results = primitive.bind(variables.map { tape.values[Int($0)] }, known: known)
    if results.contains(where: \.isInvalid) { return results }
    return define(primitive, variables, values: results, types: nil)
  }

  /// Records an operation that contains programs, with its derivative.
  private func recordLinearized(_ primitive: any ControlPrimitive, _ operands: [Int32], _ isActive: [Bool]) -> [Tensor]
  {
    let values = operands.map { tape.values[Int($0)] }
    if values.contains(where: \.isInvalid) { return [poisoned(Swift.type(of: primitive).name)] }
    do throws(TensorError) { _ = try primitive.resultTypes(of: values.map(\.type)) } catch {
      return [invalidTensor(error)]
    }
    let (results, map) = primitive.linearized(values, isActive: isActive)
    if results.contains(where: \.isInvalid) { return results }
    tape.controlMaps[tape.equations.count] = map
    return define(primitive, operands, values: results, types: nil)
  }

  @inline(__always)
  private func define(_ primitive: any Primitive, _ firstOperand: Int, _ operandCount: Int, _ value: Tensor) -> Tensor {
    let result = tape.values.count
    tape.values.append(value)
    tape.equations.append(
      Equation(
        primitive, firstOperand: firstOperand, operandCount: operandCount, firstResult: result, resultCount: 1))
    if keepsLocations { keepLocation() }
    return tensor(result)
  }

  private func define(
    _ primitive: any Primitive, _ operands: [Int32], values: [Tensor], types: [TensorType]?
  ) -> [Tensor] {
    let firstOperand = tape.operandTable.count
    tape.operandTable.append(contentsOf: operands)
    let first = tape.values.count
    tape.values.append(contentsOf: values)
    if let types { tape.types.append(contentsOf: types) }
    tape.equations.append(
      Equation(
        primitive, firstOperand: firstOperand, operandCount: operands.count, firstResult: first,
        resultCount: values.count))
    if keepsLocations { keepLocation() }
    return (first..<first + values.count).map(tensor)
  }

  /// Notes where in the user's source the newest equation comes from.
  private func keepLocation() { tape.locations.append(CallSite.ofCaller()) }

  private func recordAbstract(
    _ primitive: any Primitive, _ operands: [Int32], known: [HostTensor]? = nil
  ) -> [Tensor] {
    do throws(TensorError) {
      let types = try primitive.resultTypes(of: operands.map { tape.types[Int($0)] })
      for type in types { try MemoryLimit.check(type, for: Swift.type(of: primitive).name) }
      return define(primitive, operands, values: try knownResults(primitive, operands, known, types), types: types)
    } catch {
      report(error)
      return [Tensor(.invalid)]
    }
  }

  /// The results where the trace carries numbers and those of all operands are known, else unknown ones.
  private func knownResults(
    _ primitive: any Primitive, _ operands: [Int32], _ known: [HostTensor]?, _ types: [TensorType]
  ) throws(TensorError) -> [Tensor] {
    if isDetached {
      if let known { return known.map { Tensor($0) } }
      let hosts = operands.compactMap { tape.values[Int($0)].host }
      if hosts.count == operands.count { return try primitive.evaluate(hosts).map { Tensor($0) } }
    }
    return [Tensor](repeating: Tensor(.invalid), count: types.count)
  }
}
