/// What a loop keeps of its steps for reverse mode. What is not kept is computed again.
///
/// Without one of these, what the derivative needs of every step is kept. It holds for first derivatives in reverse
/// mode, and for forward mode over them (Hessian-vector products); reverse over reverse keeps every step.
public enum LoopCheckpointing: Hashable, Sendable, Codable {
  /// The state at every k-th step; the steps between two of them are computed again, together.
  ///
  /// For n steps it keeps ⌈n/k⌉ states, and what the derivative needs of k steps; every step runs twice more,
  /// once to come by the states and once for what the derivative needs.
  case every(Int)

  /// At most so many states at a time, placed so that the fewest steps are computed again: Griewank and Walther,
  /// "Algorithm 799: Revolve", ACM TOMS 26 (2000). See ``CheckpointSchedule``.
  case binomial(slots: Int)

  /// As many states as fit into so many bytes, at least one; placed as by ``binomial(slots:)``.
  case budget(bytes: Int)

  /// How many states may be kept at a time.
  ///
  /// - Parameter stateBytes: the size of one.
  package func slots(stateBytes: Int) -> Int? {
    switch self {
    case .every: nil
    case .binomial(let slots): slots
    case .budget(let bytes): max(1, bytes / max(1, stateBytes))
    }
  }

  /// Checks the numbers.
  ///
  /// - Throws: an error for a number that is not positive.
  package func check(_ operation: String) throws(TensorError) {
    let number =
      switch self {
      case .every(let steps): steps
      case .binomial(let slots): slots
      case .budget(let bytes): bytes
      }
    if number > 0 { return }
    throw TensorError(.value, operation, "checkpoint: \(text) keeps nothing", hint: "give a positive number")
  }

  /// As it is written in Swift, such as `.binomial(slots: 8)`.
  package var text: String {
    switch self {
    case .every(let steps): ".every(\(steps))"
    case .binomial(let slots): ".binomial(slots: \(slots))"
    case .budget(let bytes): ".budget(bytes: \(bytes))"
    }
  }
}
