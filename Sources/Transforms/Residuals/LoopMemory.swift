import ControlPrimitives

/// What a loop keeps at a time while its reverse mode runs, where that is not stacked by the forward run: of a loop with
/// `checkpoint:`, and of one whose number of steps is known at run time only.
public struct LoopMemory: Hashable, Sendable {
  /// The operation: `loop` or `while`.
  public var operation: String
  /// What is kept; `nil` is what the derivative needs of every step.
  public var checkpointing: LoopCheckpointing?
  /// The number of steps; `nil` when it is known at run time only.
  public var stepCount: Int?
  /// The bytes of one state.
  public var stateByteCount: Int
  /// The bytes that the derivative of one step needs.
  public var stepByteCount: Int
  /// Where in the user's source the loop stands, such as `Model.swift:12`.
  public var location: String?

  /// The most states that are kept at a time; `nil` when that is known at run time only.
  public var stateCount: Int? {
    switch checkpointing {
    case nil: 0
    case .every(let distance): stepCount.map { ($0 + distance - 1) / distance }
    case .binomial, .budget:
      // The first state is an operand.
      min(checkpointing?.slots(stateBytes: stateByteCount) ?? 1, max(0, (stepCount ?? .max) - 1))
    }
  }

  /// The most steps of which is kept what the derivative needs; `nil` when that is known at run time only.
  public var recordedStepCount: Int? {
    switch checkpointing {
    case nil: stepCount
    case .every(let distance): min(distance, stepCount ?? distance)
    case .binomial, .budget: min(1, stepCount ?? 1)
    }
  }

  /// The most bytes at a time; `nil` when that is known at run time only.
  public var byteCount: Int? {
    guard let stateCount, let recordedStepCount else { return nil }
    let (states, tooMany) = stateCount.multipliedReportingOverflow(by: stateByteCount)
    let (steps, tooLarge) = recordedStepCount.multipliedReportingOverflow(by: stepByteCount)
    let (sum, overflows) = states.addingReportingOverflow(steps)
    return tooMany || tooLarge || overflows ? .max : sum
  }
}

extension LoopMemory: CustomStringConvertible {
  /// One line, such as `loop, .every(4): 3 states of 16 bytes, 4 steps of 32 bytes, 176 bytes at a time`.
  public var description: String {
    func counted(_ count: Int?, _ word: String, _ bytes: Int) -> String {
      "\(count.map { "\($0)" } ?? "n") \(word)\(count == 1 ? "" : "s") of \(bytes) bytes"
    }
    var text = operation
    if let checkpointing { text += ", \(checkpointing.text)" }
    if let location { text += " (\(location))" }
    var parts = checkpointing == nil ? [] : [counted(stateCount, "state", stateByteCount)]
    parts.append(counted(recordedStepCount, "step", stepByteCount))
    if let byteCount { parts.append("\(byteCount) bytes at a time") }
    return text + ": " + parts.joined(separator: ", ")
  }
}

// MARK: - Finding

extension Program {
  /// What the loops of a program, and those inside of its calls, branches, checkpoints and steps, keep when reverse mode
  /// runs.
  ///
  /// - Parameters:
  ///   - isActive: which inputs have a derivative.
  ///   - isReached: the variables that the derivative leads to; `nil` when all do.
  func loopMemory(_ isActive: [Bool], isReached: [Bool]? = nil) -> [LoopMemory] {
    var found: [LoopMemory] = []
    let activity = activity(isActive)
    for (index, equation) in equations.enumerated() where isReached?[index] != false {
      guard let control = equation.primitive.control, equation.results.contains(where: { activity.isActive[$0] })
      else { continue }
      let flags = operands(of: equation).map { activity.isActive[Int($0)] }
      found += control.loopMemory(flags, resultCount: equation.results.count, location(of: index))
    }
    return found
  }
}

extension ControlPrimitive {
  /// What this operation keeps when reverse mode runs, followed by what the loops in its programs keep.
  fileprivate func loopMemory(_ isActive: [Bool], resultCount: Int, _ location: String?) -> [LoopMemory] {
    let ports = ports
    let programs = subprograms
    let flags = activity(isActive, resultCount)
    let inside = zip(ports.bodies, flags.inputs).flatMap { programs[$0.program].program.loopMemory($1) }
    guard case .recomputed(let checkpointing) = ports.residuals else { return inside }
    var stateTypes: [TensorType] = []
    var stepTypes: [TensorType] = []
    for (body, isActive) in zip(ports.bodies, flags.inputs) where body.outputs != [.predicate] {
      let step = programs[body.program]
      guard let derivative = ProgramDerivative.of(step, isActive) else { return inside }
      func types(_ isWanted: (ControlPorts.Output) -> Bool) -> [TensorType] {
        zip(body.outputs, step.program.outputTypes).filter { isWanted($0.0) }.map(\.1)
      }
      if stateTypes.isEmpty { stateTypes = types { if case .state = $0 { true } else { false } } }
      stepTypes += types { $0 == .record } + StepResiduals.of(derivative, fixedCount: body.fixedCount).keptTypes
    }
    func bytes(_ types: [TensorType]) -> Int { types.reduce(0) { $0 + ($1.byteCount ?? 0) } }
    var stepCount: Int?
    if case .steps(let count) = ports.steering { stepCount = count }
    let memory = LoopMemory(
      operation: Self.name, checkpointing: checkpointing, stepCount: stepCount, stateByteCount: bytes(stateTypes),
      stepByteCount: bytes(stepTypes), location: location)
    return [memory] + inside
  }
}
