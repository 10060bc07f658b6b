/// How an operation is computed, in terms that an engine can generate code for.
///
/// A primitive says which of these it is; an engine knows these, and no primitive. Cases that move elements describe
/// functions from the indices of a result to those of an operand, so that operations can be put into one another: only
/// what is worth it becomes a tensor in memory.
public enum Lowering: Sendable {
  /// One result: a scalar expression in the operands' elements at the same place. A scalar operand stands for all places.
  case elementwise(ScalarExpression)
  /// One result: each element is one element of the only operand, by a map for each of its axes.
  case view([AxisMap])
  /// One result: the same elements in row-major order, with other axes.
  case reshape
  /// One result: operands put into the first one or into zeros, as `concatenate`, `pad` and an update of a slice do.
  case insertion(Insertion)
  /// One result: elements combined along axes of the only operand, which are left out.
  case reduction(Combination, axes: [Int])
  /// One result: sums of products of two operands.
  case contraction(Contraction)
  /// One result: running sums along an axis of the only operand.
  case cumulativeSum(axis: Int, reversed: Bool)
  /// One result: totals along an axis, each made of the one before it and of the operands at its place.
  case running(RunningCombination, axis: Int, reversed: Bool)
  /// One result, int64: the index along an axis of the first largest or smallest element, or of the first `nan`.
  case argExtremum(axis: Int, isLargest: Bool)
  /// One result: elements of the first operand where the second one, integers, says. Shapes [B..., P..., n, Q...],
  /// [B..., K...] and [B..., P..., K..., Q...]; negative indices count from the end; others fail.
  case gather(axis: Int, batchRank: Int)
  /// One result: elements added into zeros where the second operand says; the adjoint of a gather.
  case scatterAdd(axis: Int, batchRank: Int)
  /// One result, int64: row-major places in a shape of elements named by one index per axis; indices outside fail.
  case linearIndices(sizes: [Int])
  /// One result: the first operand, [B..., P..., n, Q...], with the elements of the second one, [B..., P..., k, Q...], at
  /// the places that the third one, integers [B..., k], names; of equal indices the last one counts. Negative indices
  /// count from the end; others fail.
  case scatter(axis: Int, batchRank: Int)
  /// The results of what a library computes.
  case library(LibraryOperation)
  /// The results of a program on the operands.
  case program(Subprogram)
  /// The results of the program that the first operand, int64 or bool, selects, on the others; an index outside fails.
  case `switch`([Subprogram])
  /// A loop while a condition holds; see ``WhileShape``.
  case whileLoop(WhileShape)
  /// A loop of a known number of steps; see ``LoopShape``.
  case loop(LoopShape)
  /// One result: whole operands and parts, added up.
  case accumulation(Accumulation)
  /// Nothing is known but how the host evaluates it.
  case host
}

/// Where an axis of an operand is read, for an element of the result: at start + step · (the index along an axis of the
/// result), or always at `start`.
public struct AxisMap: Hashable, Sendable {
  /// The axis of the result that this one follows; `nil` for none.
  public var axis: Int?
  /// The place for index 0.
  public var start: Int
  /// The distance of places.
  public var step: Int

  /// A place that follows an axis of the result.
  public init(axis: Int, start: Int = 0, step: Int = 1) {
    self.axis = axis
    self.start = start
    self.step = step
  }

  /// One place for all.
  public init(at start: Int) {
    axis = nil
    self.start = start
    step = 0
  }
}

/// Parts that do not overlap, put into a tensor or into zeros.
public struct Insertion: Sendable {
  /// Whether the first operand, of the result's type, fills what the parts leave; else zeros do.
  public var hasBase: Bool
  /// The parts: one per operand, but for the base.
  public var parts: [[Region]]

  /// Where a part lies along one axis of the result.
  public struct Region: Hashable, Sendable {
    /// The first index.
    public var start: Int
    /// The number of indices.
    public var count: Int
    /// The distance of indices; not 0.
    public var step: Int
    /// Whether the part has this axis; else `count` is 1.
    public var isAxis: Bool

    /// A range of an axis.
    public init(start: Int, count: Int, step: Int = 1, isAxis: Bool = true) {
      self.start = start
      self.count = count
      self.step = step
      self.isAxis = isAxis
    }
  }

  /// An insertion.
  public init(hasBase: Bool, parts: [[Region]]) {
    self.hasBase = hasBase
    self.parts = parts
  }
}

/// A sum of whole tensors and of parts, each added where it lies; parts may overlap.
public struct Accumulation: Sendable {
  /// The number of operands that have the sum's type; they are the first ones.
  public var wholeCount: Int
  /// Where the other operands lie in the sum.
  public var parts: [[Insertion.Region]]

  /// A sum.
  public init(wholeCount: Int, parts: [[Insertion.Region]]) {
    self.wholeCount = wholeCount
    self.parts = parts
  }
}

/// How elements are combined.
public enum Combination: String, Sendable, CaseIterable {
  /// The sum; of none it is 0.
  case sum
  /// The product; of none it is 1.
  case product
  /// The largest, `nan` when there is one.
  case maximum
  /// The smallest, `nan` when there is one.
  case minimum
  /// Whether all hold.
  case all
  /// Whether one holds.
  case any
}

/// How a total is made of the one before it and of the operands at its place.
///
/// Products and sums of single precision are made in double precision, and rounded where they are results.
public enum RunningCombination: Hashable, Sendable {
  /// Of one operand: their product.
  case product
  /// Of one operand: the larger one, `nan` when there is one.
  case maximum
  /// Of one operand: the smaller one, `nan` when there is one.
  case minimum
  /// Of two operands: the first one times the total before, plus the second one, which is the first total. Where zeros
  /// absorb, the product is zero wherever a factor is.
  case linear(absorbsZeros: Bool)
}

/// The axes of a general product; see `DotGeneral`.
public struct Contraction: Hashable, Sendable {
  /// The axes that are summed over, of both operands, in pairs.
  public var contracting: [Pair]
  /// The axes that both operands and the result share.
  public var batch: [Pair]
  /// Whether a term is zero wherever a factor is.
  public var absorbsZeros: Bool

  /// An axis of each operand.
  public struct Pair: Hashable, Sendable {
    /// The axis of the first operand.
    public var lhs: Int
    /// The axis of the second operand.
    public var rhs: Int

    /// A pair.
    public init(_ lhs: Int, _ rhs: Int) {
      self.lhs = lhs
      self.rhs = rhs
    }
  }

  /// A product.
  public init(contracting: [Pair], batch: [Pair], absorbsZeros: Bool) {
    self.contracting = contracting
    self.batch = batch
    self.absorbsZeros = absorbsZeros
  }
}

/// The parts of a loop that runs while a condition holds. Operands: fixed tensors, then the initial state. Results: the
/// last state, and the number of steps as int64.
public struct WhileShape: Sendable {
  /// From the operands to one truth value.
  public var condition: Subprogram
  /// From the operands to the next state.
  public var body: Subprogram
  /// The number of fixed tensors.
  public var fixedCount: Int
  /// The most steps; one more fails.
  public var maximumSteps: Int?

  /// A loop.
  public init(condition: Subprogram, body: Subprogram, fixedCount: Int, maximumSteps: Int?) {
    self.condition = condition
    self.body = body
    self.fixedCount = fixedCount
    self.maximumSteps = maximumSteps
  }
}

/// The parts of a loop of a known number of steps: sweeps over the same steps, one after the other. Operands: the number
/// of steps (int64) unless it is known; fixed tensors; for each sweep its initial state and its sliced operands. Results:
/// for each sweep its last state and its stacked results. See `Loop` and `Sweep`.
public struct LoopShape: Sendable {
  /// The number of steps; `nil` when the first operand says it.
  public var length: Int?
  /// The number of operands that are the same in every step.
  public var fixedCount: Int
  /// The passes.
  public var sweeps: [SweepShape]
  /// How the second pass, which goes over the steps in the opposite order, gets the records of the first one; `nil` where
  /// all records are kept.
  public var reversal: Reversal?

  /// What is kept of the first of two passes, so that the second one can go back: the rest is computed again.
  public enum Reversal: Hashable, Sendable {
    /// The state before every k-th step; the records of the steps between two of them are made again together.
    case every(Int)
    /// At most so many states beside the initial one at a time, placed as ``CheckpointSchedule`` says.
    case binomial(slots: Int)
  }

  /// One pass. A step takes the fixed operands, the records of earlier sweeps at this step, the state, and one slice of
  /// each sliced operand; it gives the next state, one slice of each stacked result, and its own records.
  public struct SweepShape: Sendable {
    /// One step.
    public var step: Subprogram
    /// The number of tensors in the state.
    public var stateCount: Int
    /// The number of sliced operands.
    public var slicedCount: Int
    /// The number of tensors that later sweeps get of each step.
    public var recordCount: Int
    /// Whether it goes from the last step to the first.
    public var isDescending: Bool

    /// A pass.
    public init(step: Subprogram, stateCount: Int, slicedCount: Int, recordCount: Int, isDescending: Bool) {
      self.step = step
      self.stateCount = stateCount
      self.slicedCount = slicedCount
      self.recordCount = recordCount
      self.isDescending = isDescending
    }
  }

  /// A loop.
  public init(length: Int?, fixedCount: Int, sweeps: [SweepShape], reversal: Reversal? = nil) {
    self.length = length
    self.fixedCount = fixedCount
    self.sweeps = sweeps
    self.reversal = reversal
  }
}
