/// A recording of what a Swift function does with its arguments; its ``Mode`` says what it knows of values.
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
  /// Whether a derivative of the recording is wanted.
  private let isLinearized: Bool
  /// Whether the place in the user's source is kept with each equation.
  private let keepsLocations: Bool
  /// What recorded operations on tensors from outside before this trace began.
  private let stagingBefore: Trace?

  private init(_ state: ThreadState, _ mode: Mode) {
    id = ThreadState.nextTraceID()
    depth = state.traces.count
    tape = state.takeTape()
    keepsLocations = state.keepsLocations
    stagingBefore = state.staging
    switch mode {
    case .valued: (unreadable, guards, isDetached, isLinearized) = (nil, nil, false, false)
    case .linearized: (unreadable, guards, isDetached, isLinearized) = (nil, nil, false, true)
    case .detached: (unreadable, guards, isDetached, isLinearized) = (nil, nil, true, false)
    case .partial(let error): (unreadable, guards, isDetached, isLinearized) = (error, nil, true, false)
    case .abstract(let error, _): (unreadable, guards, isDetached, isLinearized) = (error, nil, false, false)
    case .guarded(let log): (unreadable, guards, isDetached, isLinearized) = (.notComputed, log, false, false)
    }
  }

  package var isValued: Bool { unreadable == nil }

  /// Begins a trace, the innermost of this thread.
  package static func begin(_ state: ThreadState, _ mode: Mode) -> Trace {
    let trace = Trace(state, mode)
    state.traces.append(trace)
    if case .abstract(_, let outside) = mode {
      switch outside {
      case .recorded: state.staging = trace
      case .immediate: state.staging = nil
      case .unchanged: break
      }
    }
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
    if let traced = tensor.tracedVariable, traced.traceID == id { return traced.variable }
    let variable = Int32(truncatingIfNeeded: tape.values.count)
    if isDetached {
      tape.originals.append(tensor.settled)
      tape.values.append((try? tensor.placedValue(.free)).map { Tensor(placed: $0) } ?? tensor.settled)
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
    if let variable = tensor.tracedVariable, variable.traceID == id { return variable.variable }
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
  func record(_ primitive: any Primitive, _ operands: [Tensor], known: [Tensor]?) -> [Tensor] {
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
    if keepsLocations { keepPlace() }
    return tensor(result)
  }

  private func define(
    _ primitive: any Primitive, _ operands: [Int32], values: [Tensor], types: [TensorType]?, canFail: Bool = false
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
    if keepsLocations || canFail { keepPlace() }
    return (first..<first + values.count).map(tensor)
  }

  /// Notes where in the user's source the newest equation comes from: as text where all are noted, which programs print;
  /// else as the stack, which is looked up when the equation fails.
  private func keepPlace() {
    guard let place = SourcePlace.ofRunningOperation(limit: 32) else { return }
    while tape.places.count < tape.equations.count - 1 { tape.places.append(nil) }
    tape.places.append(keepsLocations ? place.text.map { .text($0) } : place)
  }

  private func recordAbstract(
    _ primitive: any Primitive, _ operands: [Int32], known: [Tensor]? = nil
  ) -> [Tensor] {
    do throws(TensorError) {
      let operandTypes = operands.map { tape.types[Int($0)] }
      let types = try primitive.resultTypes(of: operandTypes)
      for type in types { try MemoryLimit.check(type, for: Swift.type(of: primitive).name) }
      return define(
        primitive, operands, values: try knownResults(primitive, operands, known, types), types: types,
        canFail: primitive.canFail(on: operandTypes))
    } catch {
      report(error)
      return [Tensor(.invalid)]
    }
  }

  /// The results where the trace carries numbers and those of all operands are known, else unknown ones.
  private func knownResults(
    _ primitive: any Primitive, _ operands: [Int32], _ known: [Tensor]?, _ types: [TensorType]
  ) throws(TensorError) -> [Tensor] {
    if isDetached {
      if let known { return known }
      if let results = try primitive.evaluated(operands.map { tape.values[Int($0)] }) { return results }
    }
    return [Tensor](repeating: Tensor(.invalid), count: types.count)
  }
}
