import Linearization

/// An operation with programs of which only a part is computed again: branches, calls, and loops whose number of steps is
/// known. It is made from the operation's ports.
struct ControlRecomputation: Sendable {
  /// The same with what is kept as further results.
  let known: any ControlPrimitive
  /// The types of what is kept.
  let keptTypes: [TensorType]
  /// From the used operands and what was kept to the results that are needed.
  let again: any ControlPrimitive
  /// The places of the operands that `again` takes.
  let usedOperands: [Int]
  /// The places of the results that `again` gives.
  let givenResults: [Int]
}

extension ControlPrimitive {
  /// The parts of this operation, made once; `nil` where it is to run again as a whole.
  ///
  /// - Parameter isNeeded: which results are to be computed again.
  func recomputation(computing isNeeded: [Bool], _ policy: CheckpointPolicy) -> ControlRecomputation? {
    let ports = ports
    guard ports.residuals == .all, let first = ports.bodies.first else { return nil }
    let kind = RecomputedPart(primitive: self, isNeeded: isNeeded, policy: policy)
    return DerivedPrograms.shared.value(of: subprograms[first.program], kind) {
      switch ports.steering {
      case .steps(let length) where ports.bodies.count == 1: loopRecomputation(isNeeded, policy, ports, length)
      case .once where ports.bodies.count == 1, .choice: choiceRecomputation(isNeeded, policy, ports)
      case .once, .steps, .count, .condition: nil
      }
    }
  }
}

private struct RecomputedPart<Primitive: Hashable & Sendable>: Hashable {
  var primitive: Primitive
  var isNeeded: [Bool]
  var policy: CheckpointPolicy
}

// MARK: - Loops

extension ControlPrimitive {
  /// The parts of a loop of one body. What is kept in a step becomes a stacked result.
  private func loopRecomputation(
    _ isNeeded: [Bool], _ policy: CheckpointPolicy, _ ports: ControlPorts, _ length: Int
  ) -> ControlRecomputation? {
    let body = ports.bodies[0]
    let step = subprograms[body.program].program
    var resultOfOutput: [Int] = []
    for output in body.outputs {
      switch output {
      case .state(let state): resultOfOutput.append(ports.states[state].result)
      case .stack(let result): resultOfOutput.append(result)
      case .result, .record, .predicate: return nil
      }
    }
    func state(_ input: Int) -> Int? { if case .state(let state) = body.inputs[input] { state } else { nil } }
    let isPassing = step.inputs.indices.map { state($0) != nil }
    // The states that have to go along: those that are needed at the end, and what these and the stacks are made of.
    var goesAlong = ports.states.map { isNeeded[$0.result] }
    var part: Recomputation
    var needed: [Int]
    while true {
      needed = body.outputs.indices.filter { output in
        if case .state(let state) = body.outputs[output] { goesAlong[state] } else { isNeeded[resultOfOutput[output]] }
      }
      part = Recomputation(step, computing: needed.map { step.outputs[$0] }, policy, isPassing: isPassing)
      let used = part.usedInputs.compactMap(state).filter { !goesAlong[$0] }
      if used.isEmpty { break }
      for state in used { goesAlong[state] = true }
    }
    let stateInputs = step.inputs.indices.filter { state($0).map { goesAlong[$0] } ?? false }
    let fixed = part.usedInputs.filter { if case .operand = body.inputs[$0] { true } else { false } }
    let sliced = part.usedInputs.filter { if case .slice = body.inputs[$0] { true } else { false } }
    let places = fixed + stateInputs + sliced
    let name = step.name + "_again"
    let types = places.map { step.inputTypes[$0] } + part.keptTypes
    let recorded = Program.tracing(name, types, unreadable: .readInRule(of: name)) { [part] inputs in
      let used = part.usedInputs.map { input in inputs[places.firstIndex(of: input)!] }
      return part.again(used, inputs[places.count...])
    }
    guard let recorded, let known = part.known(step.outputs) else { return nil }

    var knownPorts = ports
    let resultCount = (resultOfOutput.max() ?? -1) + 1
    knownPorts.bodies[0].outputs += part.keptTypes.indices.map { .stack(resultCount + $0) }
    var againPorts = ControlPorts(
      .steps(length), bodies: [ControlPorts.Body(program: 0, inputs: [], outputs: [], isDescending: body.isDescending)])
    againPorts.bodies[0].inputs =
      fixed.indices.map { .operand($0) } + stateInputs.indices.map { .state($0) }
      + (0..<(sliced.count + part.keptTypes.count)).map { .slice(fixed.count + stateInputs.count + $0) }
    againPorts.states = stateInputs.indices.map { ControlPorts.State(operand: fixed.count + $0, result: $0) }
    let statesInOrder = stateInputs.compactMap(state)
    againPorts.bodies[0].outputs = needed.enumerated().map { place, output in
      if case .state(let state) = body.outputs[output], let index = statesInOrder.firstIndex(of: state) {
        return .state(index)
      }
      return .stack(place)
    }
    guard let wholeKnown = rewired([Subprogram(known)], knownPorts),
      let again = rewired([Subprogram(recorded.program)], againPorts)
    else { return nil }
    let operands = places.map { input in
      switch body.inputs[input] {
      case .operand(let operand), .slice(let operand): operand
      case .state(let state): ports.states[state].operand
      case .record: -1
      }
    }
    return ControlRecomputation(
      known: wholeKnown, keptTypes: part.keptTypes.map { $0.batched(length) }, again: again, usedOperands: operands,
      givenResults: needed.map { resultOfOutput[$0] })
  }
}

// MARK: - Branches and calls

extension ControlPrimitive {
  /// The parts of an operation of which one program runs, on whole operands. What the branches keep stands in a common
  /// list.
  private func choiceRecomputation(
    _ isNeeded: [Bool], _ policy: CheckpointPolicy, _ ports: ControlPorts
  ) -> ControlRecomputation? {
    let needed = isNeeded.indices.filter { isNeeded[$0] }
    let branches = ports.bodies.map { subprograms[$0.program].program }
    let steering = ports.steeringOperand.map { [$0] } ?? []
    // The same operands, and results in their order, for all branches.
    let operands = ports.bodies[0].inputs.compactMap { if case .operand(let operand) = $0 { operand } else { nil } }
    guard
      ports.bodies.allSatisfy({ body in
        body.inputs == operands.map { .operand($0) } && body.outputs == body.outputs.indices.map { .result($0) }
      })
    else { return nil }
    let parts = branches.map { branch in
      Recomputation(branch, computing: needed.map { branch.outputs[$0] }, policy)
    }
    let residuals = ResidualPlaces(parts.map(\.keptTypes))
    let used = Set(parts.flatMap(\.usedInputs)).sorted()
    var (known, again): ([Subprogram], [Subprogram]) = ([], [])
    for (number, (branch, part)) in zip(branches, parts).enumerated() {
      let places = residuals.places[number]
      guard let whole = part.known(branch.outputs) else { return nil }
      let first = Program.tracing(branch.name, branch.inputTypes, unreadable: .readInRule(of: branch.name)) { inputs in
        let outputs = whole.applied(to: inputs)
        return outputs.prefix(branch.outputs.count)
          + residuals.spread(outputs.dropFirst(branch.outputs.count), branch: number)
      }
      let name = branch.name + "_again"
      let types = used.map { branch.inputTypes[$0] } + residuals.types
      let second = Program.tracing(name, types, unreadable: .readInRule(of: name)) { inputs in
        let given = part.usedInputs.map { input in inputs[used.firstIndex(of: input)!] }
        return part.again(given, places.map { inputs[used.count + $0] }[...])
      }
      guard let first, let second else { return nil }
      known.append(Subprogram(first.program))
      again.append(Subprogram(second.program))
    }
    func resized(_ inputCount: Int, _ outputCount: Int) -> ControlPorts {
      var resized = ports
      for number in ports.bodies.indices {
        resized.bodies[number].inputs = (0..<inputCount).map { .operand(steering.count + $0) }
        resized.bodies[number].outputs = (0..<outputCount).map { .result($0) }
      }
      return resized
    }
    let resultCount = branches[0].outputs.count
    guard let wholeKnown = rewired(known, resized(operands.count, resultCount + residuals.types.count)),
      let partAgain = rewired(again, resized(used.count + residuals.types.count, needed.count))
    else { return nil }
    return ControlRecomputation(
      known: wholeKnown, keptTypes: residuals.types, again: partAgain,
      usedOperands: steering + used.map { operands[$0] },
      givenResults: needed)
  }
}
