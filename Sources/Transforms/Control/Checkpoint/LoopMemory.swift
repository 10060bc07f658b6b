import Primitives

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
    let depends = differentiableVariables(isActive)
    for (index, equation) in equations.enumerated() where isReached?[index] != false {
      let flags = operands(of: equation).map { depends[Int($0)] }
      guard flags.contains(true), equation.results.contains(where: { depends[$0] }) else { continue }
      found += equation.primitive.loopMemory(flags, location(of: index))
    }
    return found
  }
}

extension Primitive {
  fileprivate func loopMemory(_ isActive: [Bool], _ location: String?) -> [LoopMemory] {
    switch self {
    case let call as Call: return call.program.program.loopMemory(isActive)
    case let checkpoint as Checkpoint: return checkpoint.program.program.loopMemory(isActive)
    case let choice as Switch:
      return choice.branches.flatMap { $0.program.loopMemory(Array(isActive.dropFirst())) }
    case let loop as Loop: return loop.memory(isActive, "loop", location)
    case let loop as While: return loop.derivativeLoop.memory([false] + isActive, "while", location)
    default: return []
    }
  }
}

extension Loop {
  /// What this loop keeps when reverse mode runs, followed by what the loops in its steps keep.
  fileprivate func memory(_ isActive: [Bool], _ operation: String, _ location: String?) -> [LoopMemory] {
    let flags = LoopFlags(activityOf: self, isActive)
    let inside = zip(sweeps, flags.sweeps).flatMap { $0.step.program.loopMemory($1.inputs(flags.fixed)) }
    if isStacked { return inside }
    var stepTypes: [TensorType] = []
    for (sweep, own) in zip(sweeps, flags.sweeps) {
      guard let derivative = ProgramDerivative.of(sweep.step, own.inputs(flags.fixed)) else { return inside }
      stepTypes += sweep.recordTypes + StepResiduals.of(derivative, fixedCount: fixedCount).keptTypes
    }
    func bytes(_ types: [TensorType]) -> Int { types.reduce(0) { $0 + ($1.byteCount ?? 0) } }
    // Loops of several sweeps keep every step.
    let memory = LoopMemory(
      operation: operation, checkpointing: sweeps.count == 1 ? checkpointing : nil, stepCount: length,
      stateByteCount: bytes(sweeps[0].stateTypes), stepByteCount: bytes(stepTypes), location: location)
    return [memory] + inside
  }
}
