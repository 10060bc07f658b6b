import Linearization

/// One pass over the steps of a ``Loop``.
public struct Sweep: Hashable, Sendable, Codable {
  /// One step. It takes, in this order: the loop's fixed operands; the records that the earlier sweeps made at this step,
  /// those of the first sweep first; the state; one slice of each sliced operand. It gives: the next state; one slice of
  /// each stacked result; its own records.
  public let step: Subprogram
  /// The number of tensors in the state.
  public let stateCount: Int
  /// The number of operands that each step gets a slice of.
  public let slicedCount: Int
  /// The number of tensors that later sweeps get of each step.
  public let recordCount: Int
  /// Whether it goes from the last step to the first.
  public let isDescending: Bool

  /// A sweep.
  public init(_ step: Subprogram, stateCount: Int, slicedCount: Int, recordCount: Int = 0, isDescending: Bool = false) {
    self.step = step
    self.stateCount = stateCount
    self.slicedCount = slicedCount
    self.recordCount = recordCount
    self.isDescending = isDescending
  }

  /// The number of the step's outputs that are stacked.
  package var stackedCount: Int { step.outputCount - stateCount - recordCount }

  /// The operands that belong to this sweep.
  package var operandCount: Int { stateCount + slicedCount }

  /// The results that belong to this sweep.
  package var resultCount: Int { stateCount + stackedCount }

  /// The types of the state.
  package var stateTypes: [TensorType] { Array(step.program.outputTypes[..<stateCount]) }

  /// The types of the slices of the stacked results.
  package var stackedTypes: [TensorType] {
    Array(step.program.outputTypes[stateCount..<(stateCount + stackedCount)])
  }

  /// The types of the records.
  package var recordTypes: [TensorType] { Array(step.program.outputTypes[(stateCount + stackedCount)...]) }
}
