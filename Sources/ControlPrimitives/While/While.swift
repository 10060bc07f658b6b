import Linearization

/// A loop that runs while a condition holds.
///
/// Operands: fixed tensors, the same in every step, and the initial state. Results: the last state, and the number of
/// steps that were taken, an int64 scalar.
public struct While: ControlPrimitive {
  public static let name = "while"

  /// From the fixed tensors and the state to one truth value.
  public let condition: Subprogram
  /// From the fixed tensors and the state to the next state.
  public let body: Subprogram
  /// The number of fixed tensors.
  public let fixedCount: Int
  /// The most steps; one more is an error. `nil` when there is no limit.
  public let maximumSteps: Int?
  /// What is kept for reverse mode; `nil` is everything.
  public let checkpointing: LoopCheckpointing?

  /// A loop.
  public init(
    condition: Subprogram, body: Subprogram, fixedCount: Int, maximumSteps: Int? = nil,
    checkpointing: LoopCheckpointing? = nil
  ) {
    self.condition = condition
    self.body = body
    self.fixedCount = fixedCount
    self.maximumSteps = maximumSteps
    self.checkpointing = checkpointing
  }

  public var subprograms: [Subprogram] { [condition, body] }

  public func replacingSubprograms(_ programs: [Subprogram]) -> While {
    While(
      condition: programs[0], body: programs[1], fixedCount: fixedCount, maximumSteps: maximumSteps,
      checkpointing: checkpointing)
  }

  public var ports: ControlPorts {
    let inputs: [ControlPorts.Input] =
      (0..<fixedCount).map { .operand($0) } + (0..<stateCount).map { .state($0) }
    return ControlPorts(
      .condition,
      bodies: [
        ControlPorts.Body(program: 0, inputs: inputs, outputs: [.predicate]),
        ControlPorts.Body(program: 1, inputs: inputs, outputs: (0..<stateCount).map { .state($0) }),
      ], states: (0..<stateCount).map { ControlPorts.State(operand: fixedCount + $0, result: $0) },
      counter: stateCount, residuals: .recomputed(checkpointing))
  }

  public func rewired(_ programs: [Subprogram], _ ports: ControlPorts) -> (any ControlPrimitive)? {
    let loop = While(
      condition: programs[0], body: programs[1], fixedCount: ports.bodies[1].fixedCount, maximumSteps: maximumSteps,
      checkpointing: checkpointing)
    return loop.ports == ports ? loop : nil
  }

  /// The number of tensors in the state.
  package var stateCount: Int { body.outputCount }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    try checkDepth()
    try checkpointing?.check(Self.name)
    guard fixedCount >= 0, maximumSteps ?? 0 >= 0 else {
      throw TensorError(.program, Self.name, "the parameters must not be negative")
    }
    // In program text the number may be any.
    guard operands.count - stateCount == fixedCount else {
      throw TensorError(
        .program, Self.name,
        "\(operands.count) operands are not \(fixedCount) fixed tensors and \(stateCount) of the state")
    }
    try condition.program.check(operands)
    try body.program.check(operands)
    guard condition.program.outputTypes == [TensorType(.bool, .scalar)] else {
      throw TensorError(
        .shape, Self.name, "the condition gives \(condition.program.outputTypes), not one truth value (bool[])",
        hint: "compare numbers, and reduce several truth values with .any() or .all()")
    }
    let state = Array(operands[fixedCount...])
    guard body.program.outputTypes == state else {
      throw TensorError(
        .program, Self.name, "the state has types \(state) before a step and \(body.program.outputTypes) after it")
    }
    return state + [TensorType(.int64, .scalar)]
  }

  public func lowering(of operands: [TensorType]) -> Lowering {
    .whileLoop(WhileShape(condition: condition, body: body, fixedCount: fixedCount, maximumSteps: maximumSteps))
  }

  /// The loop may not end, or take too many steps.
  public func failureConditions(of operands: [TensorType]) -> [FailureCondition] { [.other] }

  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    let fixed = Array(operands[..<fixedCount])
    var state = Array(operands[fixedCount...])
    var steps: Int64 = 0
    while try condition.evaluateChecked(fixed + state)[0].onlyElement(as: Bool.self) {
      if let maximumSteps, steps >= maximumSteps {
        throw TensorError(
          .value, Self.name, "the condition still holds after \(maximumSteps) steps",
          hint: "give a larger maximumSteps, or end the loop by its condition")
      }
      state = try body.evaluateChecked(fixed + state)
      steps += 1
    }
    return state + [steps.hostScalar]
  }

  public func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
    let fixed = Array(isBatched[..<fixedCount])
    let flags = PortFlags(self, operands: isBatched, resultCount: stateCount + 1, steering: .isIgnored) {
      $0.batchedOutputs($1)
    }
    let state = flags.states
    if flags.outputs[0][0] {
      return batchedLanes(operands, isBatched, fixed: fixed, size)
    }
    guard let condition = condition.batched(fixed + state, size: size, outputs: [false]),
      let body = body.batched(fixed + state, size: size, outputs: state)
    else { return [Tensor(.invalid)] }
    let loop = While(
      condition: condition, body: body, fixedCount: fixedCount, maximumSteps: maximumSteps,
      checkpointing: checkpointing)
    let results = loop.bind(repeated(operands, isBatched, fixed + state, size))
    if results.count != stateCount + 1 { return results }
    return zip(results, state + [false]).map { $1 ? $0 : $0.repeatedAlongNewAxis(size) }
  }

  /// The operands with a batch axis where they need one and have none.
  private func repeated(_ operands: [Tensor], _ isBatched: [Bool], _ isNeeded: [Bool], _ size: Int) -> [Tensor] {
    operands.indices.map { isNeeded[$0] && !isBatched[$0] ? operands[$0].repeatedAlongNewAxis(size) : operands[$0] }
  }

  /// A loop in which each example ends by its own condition; those that have ended are frozen, and the loop runs until
  /// all have. See ``Loop``.
  private func batchedLanes(_ operands: [Tensor], _ isBatched: [Bool], fixed: [Bool], _ size: Int) -> [Tensor] {
    let flags = fixed + body.program.outputs.map { _ in true }
    let given = repeated(operands, isBatched, flags, size)
    // What is inside of the body and the condition does nothing for examples that have ended.
    let (predicatedBody, predicatedCondition) = (body.predicated(), condition.predicated())
    guard let laneCondition = condition.batched(flags, size: size, outputs: [true]),
      let runningCondition = (predicatedCondition ?? condition).batched(
        predicatedCondition == nil ? flags : [true] + flags, size: size, outputs: [true]),
      let laneBody = (predicatedBody ?? body).batched(
        predicatedBody == nil ? flags : [true] + flags, size: size, outputs: flags.dropFirst(fixedCount) + [])
    else { return [Tensor(.invalid)] }
    // State: that of the examples, which of them are running, and how many steps each has taken.
    let types = given.map(\.type) + [TensorType(.bool, [size]), TensorType(.int64, [size])]
    let anyRuns = Program.tracing(condition.program.name, types, unreadable: .readInBatch) { inputs in
      [inputs[inputs.count - 2].any()]
    }
    let step = Program.tracing(body.program.name, types, unreadable: .readInBatch) { inputs in
      let isRunning = inputs[inputs.count - 2]
      let fixed = inputs[..<fixedCount]
      let old = inputs[fixedCount..<(inputs.count - 2)]
      let bodyFlag = predicatedBody == nil ? [] : [isRunning]
      let new = zip(laneBody.program.applied(to: bodyFlag + fixed + old), old).map {
        choosing($0, where: isRunning, else: $1)
      }
      let conditionFlag = predicatedCondition == nil ? [] : [isRunning]
      let goesOn = runningCondition.program.applied(to: conditionFlag + fixed + new)[0]
      return new + [isRunning .& goesOn, inputs[inputs.count - 1] + isRunning.asType(.int64)]
    }
    guard let anyRuns, let step else { return [Tensor(.invalid)] }
    let starts = Call(laneCondition).bind(given)
    let zeros = Tensor(Int64(0)).lifted(beside: starts[0]).repeatedAlongNewAxis(size)
    let loop = While(
      condition: Subprogram(anyRuns.program), body: Subprogram(step.program), fixedCount: fixedCount,
      maximumSteps: maximumSteps, checkpointing: checkpointing)
    let results = loop.bind(given + starts + [zeros])
    if results.count != stateCount + 3 { return results }
    return Array(results[..<stateCount]) + [results[stateCount + 1]]
  }
}
