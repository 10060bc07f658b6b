import Synchronization

/// What is going on in one thread: the traces that are being recorded, outermost first.
///
/// It is used by one thread only, so that exclusivity needs no check at run time.
package final class ThreadState {
  @exclusivity(unchecked) package var traces: [Trace] = []
  /// The trace that records operations on tensors from outside of it alone, if there is one.
  @exclusivity(unchecked) package var staging: Trace? {
    didSet {
      let change = (staging == nil ? 0 : 1) - (oldValue == nil ? 0 : 1)
      if change != 0 { Self.stagingThreads.wrappingAdd(change, ordering: .relaxed) }
    }
  }
  /// In how many threads there is such a trace: operations ask for theirs only where this is not 0.
  private static let stagingThreads = Atomic<Int>(0)

  /// The trace of this thread that records an operation although no operand belongs to it, or to a trace inside it.
  @inline(__always)
  package static func staging(over trace: Trace?) -> Trace? {
    if stagingThreads.load(ordering: .relaxed) == 0 { return nil }
    guard let staging = current.staging, staging.depth > trace?.depth ?? -1 else { return nil }
    return staging
  }

  /// Whether traces keep the place in the user's source with each equation.
  @exclusivity(unchecked) package var keepsLocations = false
  /// Where in the user's source the operation was written that is being computed, when it was recorded before.
  @exclusivity(unchecked) package var replayedPlace: SourcePlace?
  /// What functions did in the traces that are being recorded; forgotten when the outermost one ends.
  @exclusivity(unchecked) package var remembered: [AnyHashable: Any] = [:]
  /// Tapes of finished traces, kept for their memory.
  @exclusivity(unchecked) var spareTapes: [Tape] = []

  private static let traceCounter = Atomic<UInt64>(1)

  /// A number that no other trace of this process has.
  package static func nextTraceID() -> UInt64 {
    traceCounter.wrappingAdd(1, ordering: .relaxed).newValue
  }

  /// The trace that a variable belongs to, if it is being recorded in this thread.
  @inline(__always)
  package func trace(of variable: TracedVariable) -> Trace? {
    let depth = Int(variable.depth)
    guard depth < traces.count, traces[depth].id == variable.traceID else { return nil }
    return traces[depth]
  }

  /// A tape with nothing on it.
  func takeTape() -> Tape { spareTapes.popLast() ?? Tape() }

  /// Takes back a tape that nobody refers to any more.
  package func recycle(_ tape: Tape) {
    guard spareTapes.count < 4, tape.values.count < 4096 else { return }
    tape.reset()
    spareTapes.append(tape)
  }
}
