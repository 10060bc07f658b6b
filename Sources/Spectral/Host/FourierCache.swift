import Primitives

/// Plans of the lengths that were last used: the roots of unity take longer to compute than a transform.
enum FourierCache {
  private struct Key: Hashable {
    let count: Int
    let dtype: DType
    let isOfReals: Bool
  }

  private struct Entry {
    let plan: any Sendable
    let size: Int
    var lastUse: Int
  }

  private struct State {
    var entries: [Key: Entry] = [:]
    var total = 0
    var clock = 0
  }

  /// About the most complex numbers that are kept.
  private static let largestTotal = 1 << 23

  private static let state = Lock(State())

  /// The plan for complex lines.
  static func complex<Real: FourierReal>(_ count: Int, _: Real.Type) -> LineTransform<Real> {
    plan(Key(count: count, dtype: Real.dtype, isOfReals: false), { LineTransform(count) }, size: \.size)
  }

  /// The plan for real lines.
  static func real<Real: FourierReal>(_ count: Int, _: Real.Type) -> RealLineTransform<Real> {
    plan(Key(count: count, dtype: Real.dtype, isOfReals: true), { RealLineTransform(count) }, size: \.size)
  }

  private static func plan<Plan: Sendable>(_ key: Key, _ make: () -> Plan, size: (Plan) -> Int) -> Plan {
    let kept = state.withLock { state -> (any Sendable)? in
      state.clock += 1
      state.entries[key]?.lastUse = state.clock
      return state.entries[key]?.plan
    }
    if let kept = kept as? Plan { return kept }
    // Outside of the lock: other lengths need not wait.
    let plan = make()
    let entry = Entry(plan: plan, size: size(plan), lastUse: 0)
    state.withLock { state in
      if entry.size > largestTotal || state.entries[key] != nil { return }
      while state.total + entry.size > largestTotal,
        let oldest = state.entries.min(by: { $0.value.lastUse < $1.value.lastUse })
      {
        state.total -= oldest.value.size
        state.entries[oldest.key] = nil
      }
      state.entries[key] = entry
      state.entries[key]?.lastUse = state.clock
      state.total += entry.size
    }
    return plan
  }
}
