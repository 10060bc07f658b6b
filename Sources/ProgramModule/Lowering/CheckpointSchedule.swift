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
  /// The fewest advances that reverse a number of steps; `Int.max` where they are too many to be counted.
  public static func advances(steps: Int, slots: Int) -> Int {
    if steps <= 1 { return 0 }
    // n (n - 1) / 2, of which one factor is even.
    if slots <= 0 { return steps % 2 == 0 ? product(steps / 2, steps - 1) : product(steps, (steps - 1) / 2) }
    let c = useful(slots, steps) + 1
    let r = Repetitions(steps, c)
    // The sum of β(c + 1, k) over k < r.
    let most = product(r.count, steps)
    return most == .max ? .max : most - binomial(c + 1, r.count - 1)
  }

  /// After how many of the steps the next state is kept; between 1 and `steps - 1`.
  ///
  /// With the least r with n ≤ β(c, r), every number from max(β(c, r - 2), n - β(c - 1, r)) to
  /// min(β(c, r - 1), n - β(c - 1, r - 1)) is optimal: neither part needs more repetitions than the whole. This is the
  /// first of them.
  package static func split(steps: Int, slots: Int) -> Int {
    let c = useful(slots, steps) + 1
    let r = Repetitions(steps, c)
    return min(max(r.beforeLast, steps - r.beside, 1), steps - 1)
  }

  /// There is no use for more slots than steps.
  private static func useful(_ slots: Int, _ steps: Int) -> Int { min(slots, max(steps, 1), 1 << 62) }

  private static func product(_ a: Int, _ b: Int) -> Int {
    let (product, overflow) = a.multipliedReportingOverflow(by: b)
    return overflow ? .max : product
  }

  /// The least r with steps ≤ β(c, r), and the numbers around it.
  private struct Repetitions {
    /// r.
    let count: Int
    /// β(c, r - 2).
    let beforeLast: Int
    /// β(c - 1, r).
    let beside: Int

    init(_ steps: Int, _ c: Int) {
      // β(c, r) = β(c, r - 1) (c + r) / r, without a remainder.
      var (beforeLast, last, current, r) = (0, 0, 1, 0)
      while current < steps {
        r += 1
        let (product, overflow) = current.multipliedReportingOverflow(by: c + r)
        (beforeLast, last, current) = (last, current, overflow ? .max : product / r)
      }
      count = r
      self.beforeLast = beforeLast
      // β(c - 1, r) = β(c, r) - β(c, r - 1), by Pascal's rule.
      beside = current - last
    }
  }

  /// β(c, r), the number of ways to choose c of c + r; `Int.max` where it is too large.
  private static func binomial(_ c: Int, _ r: Int) -> Int {
    if r < 0 || c < 0 { return 0 }
    var result = 1
    let (few, many) = (min(c, r), max(c, r))
    for index in 0..<few {
      let (product, overflow) = result.multipliedReportingOverflow(by: many + index + 1)
      if overflow { return .max }
      result = product / (index + 1)
    }
    return result
  }
}
