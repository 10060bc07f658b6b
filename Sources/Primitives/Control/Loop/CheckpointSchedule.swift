/// Which states a reversed loop keeps, so that the fewest steps are computed again.
///
/// A loop of n steps is reversed with s slots for states, beside its initial one, which is always there. Before a step
/// can be reversed its state must be had; *advances* are the steps that are run only to get there. (Running a step to
/// record what its derivative needs is not counted: that is once for every step, however many slots there are.)
///
/// With c = s + 1 and β(c, r) = C(c + r, c), the fewest advances are r·n - β(c + 1, r - 1), where r is the least number
/// with n ≤ β(c, r): no step is advanced over more than r times. Griewank and Walther, "Algorithm 799: Revolve: an
/// implementation of checkpointing for the reverse or adjoint mode of computational differentiation", ACM TOMS 26 (2000).
public enum CheckpointSchedule {
  /// The fewest advances that reverse a number of steps.
  public static func advances(steps: Int, slots: Int) -> Int {
    if steps <= 1 { return 0 }
    if slots == 0 { return steps * (steps - 1) / 2 }
    let c = slots + 1
    let r = repetitions(steps, c)
    return r * steps - binomial(c + 1, r - 1)
  }

  /// After how many of the steps the next state is kept; between 1 and `steps - 1`.
  static func split(steps: Int, slots: Int) -> Int {
    let c = slots + 1
    let r = repetitions(steps, c)
    // One of these is optimal: they are the ends of the ranges in which the optimum is flat.
    let candidates = [
      binomial(c, r - 2), binomial(c, r - 1), steps - binomial(c - 1, r - 1), steps - binomial(c - 1, r),
    ]
    var best = (split: 1, advances: Int.max)
    for candidate in candidates {
      let split = min(max(candidate, 1), steps - 1)
      let total =
        split + advances(steps: steps - split, slots: slots - 1) + advances(steps: split, slots: slots)
      if total < best.advances { best = (split, total) }
    }
    return best.split
  }

  /// The least r with steps ≤ β(c, r).
  private static func repetitions(_ steps: Int, _ c: Int) -> Int {
    var r = 0
    while binomial(c, r) < steps { r += 1 }
    return r
  }

  /// β(c, r), the number of ways to choose c of c + r; a number beyond all steps where it is too large.
  private static func binomial(_ c: Int, _ r: Int) -> Int {
    if r < 0 || c < 0 { return 0 }
    var result = 1
    let (few, many) = (min(c, r), max(c, r))
    for index in 0..<few {
      let (product, overflow) = result.multipliedReportingOverflow(by: many + index + 1)
      if overflow { return .max / 4 }
      result = product / (index + 1)
    }
    return result
  }
}
