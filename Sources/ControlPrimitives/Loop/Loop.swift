import Linearization

/// A loop whose number of steps is known before it begins.
///
/// It consists of *sweeps*: passes over the same steps, one after the other, each in one direction with a state of its
/// own. What an ordinary function records (``scan(_:_:over:reverse:length:checkpoint:)`` and others) is one sweep. More
/// come from derivatives: reverse mode runs the steps forward and then backward, and in the second sweep each step uses
/// what the first one recorded there. Loops of several sweeps have derivatives of that form again, so that every order of
/// every mode is one of these loops.
///
/// Operands: the number of steps, if it is not a parameter; fixed tensors, the same in every step; then for each sweep
/// its initial state and the operands it slices along their first axis. Results: for each sweep its last state and the
/// results that it stacks along a new first axis.
public struct Loop: ControlPrimitive {
  public static let name = "loop"

  /// The number of steps; `nil` when the first operand, an int64 scalar, says it.
  public let length: Int?
  /// The number of operands that are the same in every step.
  public let fixedCount: Int
  /// The passes.
  public let sweeps: [Sweep]
  /// What is kept for reverse mode; `nil` is everything.
  public let checkpointing: LoopCheckpointing?

  /// A loop.
  public init(length: Int?, fixedCount: Int, sweeps: [Sweep], checkpointing: LoopCheckpointing? = nil) {
    self.length = length
    self.fixedCount = fixedCount
    self.sweeps = sweeps
    self.checkpointing = checkpointing
  }

  public var subprograms: [Subprogram] { sweeps.map(\.step) }

  public func replacingSubprograms(_ programs: [Subprogram]) -> Loop {
    let sweeps = zip(sweeps, programs).map { $0.replacingStep($1) }
    return Loop(length: length, fixedCount: fixedCount, sweeps: sweeps, checkpointing: checkpointing)
  }

  /// Where the operands of a sweep begin.
  package func firstOperand(of sweep: Int) -> Int {
    sweeps[..<sweep].reduce((length == nil ? 1 : 0) + fixedCount) { $0 + $1.operandCount }
  }

  /// Where the results of a sweep begin.
  package func firstResult(of sweep: Int) -> Int { sweeps[..<sweep].reduce(0) { $0 + $1.resultCount } }

  /// The operands that are the same in every step.
  package var fixedOperands: Range<Int> {
    let first = length == nil ? 1 : 0
    return first..<(first + fixedCount)
  }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    try checkDepth()
    try checkLayout()
    try checkCount(operands)
    var results: [TensorType] = []
    var recordTypes: [TensorType] = []
    for (index, sweep) in sweeps.enumerated() {
      let first = firstOperand(of: index)
      let state = Array(operands[first..<(first + sweep.stateCount)])
      var slices: [TensorType] = []
      for operand in operands[(first + sweep.stateCount)..<(first + sweep.operandCount)] {
        slices.append(try slice(of: operand))
      }
      try sweep.step.program.check(Array(operands[fixedOperands]) + recordTypes + state + slices)
      guard sweep.stateTypes == state else {
        throw TensorError(
          .program, Self.name, "the state has types \(state) before a step and \(sweep.stateTypes) after it")
      }
      recordTypes += sweep.recordTypes
      results += state
      for type in sweep.stackedTypes { results.append(type.batched(length ?? 0)) }
    }
    return results
  }

  private func checkLayout() throws(TensorError) {
    // In program text the numbers may be any: they are bounded before they are added.
    let isSound = sweeps.allSatisfy { sweep in
      let (inputs, outputs) = (sweep.step.inputCount, sweep.step.outputCount)
      return (0...inputs).contains(fixedCount) && (0...inputs).contains(sweep.slicedCount)
        && (0...outputs).contains(sweep.stateCount) && (0...outputs).contains(sweep.recordCount)
        && sweep.stackedCount >= 0 && (length != nil || (sweep.slicedCount == 0 && sweep.stackedCount == 0))
    }
    guard isSound, !sweeps.isEmpty, length ?? 0 >= 0 else {
      throw TensorError(
        .program, Self.name, "the parameters do not fit each other",
        hint: "a loop has sweeps, no negative numbers, and slices only when its length is a parameter")
    }
    try checkpointing?.check(Self.name)
  }

  private func checkCount(_ operands: [TensorType]) throws(TensorError) {
    let expected = firstOperand(of: sweeps.count)
    guard operands.count == expected else {
      throw TensorError(.program, Self.name, "takes \(expected) operands, not \(operands.count)")
    }
    if length == nil && operands[0] != TensorType(.int64, .scalar) {
      throw TensorError(.program, Self.name, "the number of steps is \(operands[0]), not int64[]")
    }
  }

  private func slice(of type: TensorType) throws(TensorError) -> TensorType {
    guard let size = type.shape.dimensions.first, size == length else {
      throw TensorError(
        .shape, Self.name, "an operand of type \(type) has no \(length ?? 0) slices along its first axis",
        hint: "all tensors that a loop goes over must have one size along their first axis")
    }
    return TensorType(type.dtype, Shape(Array(type.shape.dimensions.dropFirst())))
  }

  /// What is kept of the first sweep where the second one reverses it; `nil` where everything is.
  package var reversal: LoopShape.Reversal? {
    guard let checkpointing, sweeps.count == 2, sweeps[0].recordCount > 0,
      sweeps[0].isDescending != sweeps[1].isDescending
    else { return nil }
    if case .every(let distance) = checkpointing { return .every(distance) }
    let bytes = sweeps[0].stateTypes.reduce(0) { $0 + ($1.byteCount ?? 0) }
    return .binomial(slots: checkpointing.slots(stateBytes: bytes) ?? 1)
  }

  /// The number of steps must not be negative.
  public func failureConditions(of operands: [TensorType]) -> [FailureCondition] {
    length == nil ? [.index(operand: 0, in: 0..<Int.max)] : []
  }

  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    let run = try LoopRun(self, operands)
    return try run.results()
  }
}
