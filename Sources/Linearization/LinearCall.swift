import Primitives

/// A call that is linear in all operands but the residuals, in two variants.
package struct LinearCall: Sendable {
  /// A call, and which of the residuals it takes after the tangents.
  package struct Variant: Sendable {
    package let call: Call
    package let residuals: [Int]

    package init(call: Call, residuals: [Int]) {
      self.call = call
      self.residuals = residuals
    }
  }

  /// Where no zero among the tangents is strong.
  package let plain: Variant
  /// Where zeros absorb what they are multiplied with.
  package let absorbing: Variant
  /// Whether zeros among the results may be strong though those of the tangents are not.
  package let makesStrongZeros: Bool
  /// Which tangents it takes: their positions in the full list, and their types.
  package let taken: [(position: Int, type: TensorType)]
  /// The positions, in the full list, of what it gives; the others are zero.
  package let produced: [Int]

  /// A call in two variants.
  package init(
    plain: Variant, absorbing: Variant, makesStrongZeros: Bool, taken: [(position: Int, type: TensorType)],
    produced: [Int]
  ) {
    self.plain = plain
    self.absorbing = absorbing
    self.makesStrongZeros = makesStrongZeros
    self.taken = taken
    self.produced = produced
  }

  /// Whether tangents are missing, in whose place stand zeros that no factor changes.
  package func lacksTangents(_ isGiven: [Bool]) -> Bool { taken.contains { !isGiven[$0.position] } }

  /// Whether a flag is set for what it does not give: zeros stand in its place, which no factor changes.
  package func leavesOut(_ flags: [Bool]) -> Bool { flags.indices.contains { flags[$0] && !produced.contains($0) } }

  /// What it gives in a list of `count`, where zeros absorb what they are multiplied with; `nil` is zero.
  package func applied(
    to tangents: [Tensor?], _ residuals: ArraySlice<Tensor>, count: Int, isInlined: Bool = false
  ) -> [Tensor?] {
    var isMasked = true
    return applied(to: tangents, residuals, count: count, isInlined: isInlined, isMasked: &isMasked)
  }

  /// What it gives in a list of `count`; `nil` is zero.
  ///
  /// - Parameters:
  ///   - isInlined: whether the equations are recorded themselves, and not a call of them.
  ///   - isMasked: whether zeros among the tangents may be strong; then whether those of the results may.
  package func applied(
    to tangents: [Tensor?], _ residuals: ArraySlice<Tensor>, count: Int, isInlined: Bool = false, isMasked: inout Bool
  ) -> [Tensor?] {
    var results = [Tensor?](repeating: nil, count: count)
    guard let some = tangents.lazy.compactMap({ $0 }).first, !produced.isEmpty,
      taken.contains(where: { tangents[$0.position] != nil })
    else { return results }
    if lacksTangents(tangents.map { $0 != nil }) { isMasked = true }
    let variant = isMasked ? absorbing : plain
    if makesStrongZeros { isMasked = true }
    let operands = taken.map { tangents[$0.position] ?? zeros($0.type, beside: some) }
    let all = operands + variant.residuals.map { residuals[residuals.startIndex + $0] }
    let values = isInlined ? variant.call.program.program.applied(to: all) : variant.call.bind(all)
    for (position, index) in produced.enumerated() {
      results[index] = position < values.count ? values[position] : Tensor(.invalid)
    }
    return results
  }
}

extension LinearCall {
  /// A call in which zeros always absorb.
  package init(absorbing: Variant, taken: [(position: Int, type: TensorType)], produced: [Int]) {
    self.init(plain: absorbing, absorbing: absorbing, makesStrongZeros: true, taken: taken, produced: produced)
  }

  /// The same with other calls; `nil` when one of them is.
  package func with(_ variant: (Variant) -> Variant?) -> LinearCall? {
    guard let plain = variant(plain), let absorbing = variant(absorbing) else { return nil }
    return LinearCall(
      plain: plain, absorbing: absorbing, makesStrongZeros: makesStrongZeros, taken: taken, produced: produced)
  }

  /// Records a linear function as calls; what it uses from outside are residuals.
  ///
  /// - Parameter function: the function, with whether zeros in what it gets may be strong; it says whether those in what it
  ///   gives may. Where there is a choice in it, zeros are strong in both forms.
  package static func recording(
    _ name: String, _ taken: [(position: Int, type: TensorType)], _ unreadable: TensorError,
    _ residuals: inout Residuals, _ function: ([Tensor], inout Bool) -> [Tensor?]
  ) -> LinearCall? {
    func variant(_ isMasked: inout Bool, _ residuals: inout Residuals) -> (variant: Variant, produced: [Int])? {
      var produced: [Int] = []
      let recorded = Program.tracing(name, taken.map(\.type), unreadable: unreadable) { tangents in
        let results = function(tangents, &isMasked)
        produced = results.indices.filter { results[$0] != nil }
        return results.compactMap { $0 }
      }
      guard let recorded else { return nil }
      let places = recorded.captures.map { residuals.position(of: $0) }
      return (Variant(call: Call(recorded.program), residuals: places), produced)
    }
    var (isMasked, always, own) = (false, true, residuals)
    let plain = variant(&isMasked, &own)
    if !isMasked { residuals = own }
    guard let plain, let absorbing = variant(&always, &residuals) else { return nil }
    if isMasked || plain.produced != absorbing.produced {
      return LinearCall(absorbing: absorbing.variant, taken: taken, produced: absorbing.produced)
    }
    return LinearCall(
      plain: plain.variant, absorbing: absorbing.variant, makesStrongZeros: false, taken: taken,
      produced: plain.produced)
  }
}

/// The outcome where a derivative has an invalid operation, which has been reported.
package func failedLinearization(_ resultCount: Int) -> (results: [Tensor], map: JointLinearMap) {
  let invalid = [Tensor](repeating: Tensor(.invalid), count: resultCount)
  return (invalid, JointLinearMap(apply: { _ in invalid }, transpose: { $0.map { _ in Tensor(.invalid) } }))
}
