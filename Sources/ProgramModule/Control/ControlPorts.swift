/// How the operands and results of a control primitive are connected with its programs.
///
/// Each program that runs has a ``Body``, with one port for each input and output of the program. A program without a body
/// is a rule, such as that of a custom derivative. A primitive without bodies is opaque: every result may depend on every
/// operand.
public struct ControlPorts: Hashable, Sendable {
  /// What decides which programs run, and how often.
  public enum Steering: Hashable, Sendable {
    /// Every body runs once.
    case once
    /// One body runs, chosen by an operand.
    case choice(operand: Int)
    /// Every body runs this many times; one body after the other, each over all steps.
    case steps(Int)
    /// Every body runs as often as an operand says.
    case count(operand: Int)
    /// The bodies run as long as the output at a ``Output/predicate`` port is true.
    case condition
  }

  /// Where an input of a program comes from.
  public enum Input: Hashable, Sendable {
    /// The whole operand; in a loop the same at every step.
    case operand(Int)
    /// One slice of the operand along its first axis at every step.
    case slice(Int)
    /// A state, by its place in ``ControlPorts/states``.
    case state(Int)
    /// What an earlier body gave at this step, at a ``Output/record`` port.
    case record(body: Int, output: Int)
  }

  /// Where an output of a program goes.
  public enum Output: Hashable, Sendable {
    /// It is the result.
    case result(Int)
    /// It is one slice of the result along its first axis.
    case stack(Int)
    /// It is the next value of a state, by its place in ``ControlPorts/states``.
    case state(Int)
    /// Later bodies get it at the same step.
    case record
    /// Whether the bodies run again.
    case predicate
  }

  /// A tensor that goes from step to step.
  public struct State: Hashable, Sendable {
    /// The operand that is its value before the first step.
    public var operand: Int
    /// The result that is its value after the last step.
    public var result: Int

    /// A state.
    public init(operand: Int, result: Int) {
      self.operand = operand
      self.result = result
    }
  }

  /// A program that runs, with its ports.
  public struct Body: Hashable, Sendable {
    /// The place of the program among the primitive's ``ControlPrimitive/subprograms``.
    public var program: Int
    /// One for each input of the program.
    public var inputs: [Input]
    /// One for each output of the program.
    public var outputs: [Output]
    /// Whether it goes from the last step to the first.
    public var isDescending: Bool

    /// A body.
    public init(program: Int, inputs: [Input], outputs: [Output], isDescending: Bool = false) {
      self.program = program
      self.inputs = inputs
      self.outputs = outputs
      self.isDescending = isDescending
    }
  }

  /// What reverse mode keeps of the forward run.
  public enum Residuals: Hashable, Sendable {
    /// What the derivatives of the programs need, of every step.
    case all
    /// The operands, and states as it says; `nil` are those of every step. What the derivatives of the programs need is
    /// computed again.
    case recomputed(LoopCheckpointing?)
    /// What the primitive's own rule chooses.
    case chosen
  }

  /// What decides which programs run, and how often.
  public var steering: Steering
  /// The programs that run, in the order in which they run.
  public var bodies: [Body]
  /// What goes from step to step.
  public var states: [State]
  /// The result that is the number of steps that ran; `nil` when there is none.
  public var counter: Int?
  /// What reverse mode keeps.
  public var residuals: Residuals

  /// Connections.
  public init(
    _ steering: Steering, bodies: [Body], states: [State] = [], counter: Int? = nil, residuals: Residuals = .all
  ) {
    self.steering = steering
    self.bodies = bodies
    self.states = states
    self.counter = counter
    self.residuals = residuals
  }

  /// No connections that are known: every result may depend on every operand.
  public static var opaque: ControlPorts { ControlPorts(.once, bodies: [], residuals: .chosen) }
}

extension ControlPorts {
  /// The ports of one program that runs once, on all operands; its outputs are the results.
  package init(calling program: Subprogram, residuals: Residuals = .all) {
    let body = Body(
      program: 0, inputs: (0..<program.inputCount).map { .operand($0) },
      outputs: (0..<program.outputCount).map { .result($0) })
    self.init(.once, bodies: [body], residuals: residuals)
  }

  /// The operand that decides what runs; `nil` when none does.
  package var steeringOperand: Int? {
    switch steering {
    case .choice(let operand), .count(let operand): operand
    case .once, .steps, .condition: nil
    }
  }

  /// The same with a further operand, which all programs that run get as their first input.
  ///
  /// - Parameter place: where the operand stands among the others.
  package func insertingFixedOperand(at place: Int) -> ControlPorts {
    func moved(_ operand: Int) -> Int { operand < place ? operand : operand + 1 }
    var ports = self
    switch steering {
    case .choice(let operand): ports.steering = .choice(operand: moved(operand))
    case .count(let operand): ports.steering = .count(operand: moved(operand))
    case .once, .steps, .condition: break
    }
    for index in ports.states.indices { ports.states[index].operand = moved(states[index].operand) }
    for index in ports.bodies.indices {
      ports.bodies[index].inputs =
        [.operand(place)]
        + bodies[index].inputs.map { input in
          switch input {
          case .operand(let operand): .operand(moved(operand))
          case .slice(let operand): .slice(moved(operand))
          case .state, .record: input
          }
        }
    }
    return ports
  }
}

extension ControlPorts.Body {
  /// The number of inputs that are the same at every step.
  package var fixedCount: Int { inputs.count { if case .operand = $0 { true } else { false } } }
  /// The number of states that it carries on.
  package var stateCount: Int { outputs.count { if case .state = $0 { true } else { false } } }
  /// The number of operands of which it gets slices.
  package var slicedCount: Int { inputs.count { if case .slice = $0 { true } else { false } } }
  /// The number of outputs that later bodies get.
  package var recordCount: Int { outputs.count { $0 == .record } }
}
