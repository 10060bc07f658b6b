/// A fact about the tensors of a control primitive, such as which of them depend on an operand, or have a derivative: one
/// flag for each port, as the smallest solution of what the programs propagate.
package struct PortFlags {
  /// What follows from a flag of an operand or condition that decides what runs.
  package enum SteeringRule {
    /// Everything that is decided has the flag.
    case spreads
    /// Nothing.
    case isIgnored
  }

  /// The flags of the inputs of each body.
  package private(set) var inputs: [[Bool]]
  /// The flags of the outputs of each body.
  package private(set) var outputs: [[Bool]]
  /// The flags of the states: set when a state has the fact before the first step or after any later one.
  package private(set) var states: [Bool]
  /// The flags of the results.
  package private(set) var results: [Bool]

  /// The flags that follow from those of the operands.
  ///
  /// - Parameter propagate: the flags of a program's outputs from those of its inputs.
  package init(
    _ primitive: any ControlPrimitive, operands: [Bool], resultCount: Int, steering rule: SteeringRule,
    _ propagate: (Subprogram, [Bool]) -> [Bool]
  ) {
    let ports = primitive.ports
    let programs = primitive.subprograms
    let isSteered = rule == .spreads && ports.steeringOperand.map { operands[$0] } == true
    var inputs = ports.bodies.map { $0.inputs.map { _ in false } }
    var outputs = ports.bodies.map { $0.outputs.map { _ in false } }
    var states = ports.states.map { isSteered || operands[$0.operand] }
    var isPredicateSet = false
    while true {
      let before = states
      for (number, body) in ports.bodies.enumerated() {
        inputs[number] = body.inputs.map { input in
          switch input {
          case .operand(let operand), .slice(let operand): operands[operand]
          case .state(let state): states[state]
          case .record(let earlier, let output): outputs[earlier][output]
          }
        }
        let own = propagate(programs[body.program], inputs[number])
        for (place, output) in body.outputs.enumerated() {
          outputs[number][place] = own[place] || (isSteered && output == .record)
          guard own[place] else { continue }
          if case .state(let state) = output { states[state] = true }
          if output == .predicate { isPredicateSet = true }
        }
      }
      if rule == .spreads && isPredicateSet { states = states.map { _ in true } }
      if states == before { break }
    }
    // What no port leads to may depend on everything.
    var results = [Bool?](repeating: nil, count: resultCount)
    for (body, flags) in zip(ports.bodies, outputs) {
      for (output, flag) in zip(body.outputs, flags) {
        switch output {
        case .result(let result), .stack(let result): results[result] = (results[result] ?? false) || flag
        case .state, .record, .predicate: break
        }
      }
    }
    for (state, flag) in zip(ports.states, states) { results[state.result] = flag }
    if let counter = ports.counter { results[counter] = rule == .spreads && isPredicateSet }
    let isAnySet = operands.contains(true)
    self.inputs = inputs
    self.outputs = outputs
    self.states = states
    self.results = results.map { isSteered || $0 ?? isAnySet }
  }
}
