import Primitives

/// A call that is linear in all operands but the residuals.
struct LinearCall: Sendable {
  let call: Call
  /// The same call in which zeros of the tangents absorb what they are multiplied with; `nil` where they do in `call`.
  var absorbing: Call?
  /// Which tangents it takes: their positions in the full list, and their types.
  let taken: [(position: Int, type: TensorType)]
  /// The positions, in the full list, of what it gives; the others are zero.
  let given: [Int]
  /// Which of the residuals it takes, after the tangents.
  let residuals: [Int]

  /// What it gives in a list of `count`; `nil` is zero.
  ///
  /// - Parameters:
  ///   - isInlined: whether the equations are recorded themselves, and not a call of them.
  ///   - isMasked: whether zeros among the tangents may be strong.
  func applied(
    to tangents: [Tensor?], _ residuals: ArraySlice<Tensor>, count: Int, isInlined: Bool = false, isMasked: Bool = true
  ) -> [Tensor?] {
    var results = [Tensor?](repeating: nil, count: count)
    guard let some = tangents.lazy.compactMap({ $0 }).first, !given.isEmpty,
      taken.contains(where: { tangents[$0.position] != nil })
    else { return results }
    let operands = taken.map { tangents[$0.position] ?? zeros($0.type, beside: some) }
    let all = operands + self.residuals.map { residuals[residuals.startIndex + $0] }
    let call = isMasked ? absorbing ?? self.call : self.call
    let values = isInlined ? call.program.program.applied(to: all) : call.bind(all)
    for (position, index) in given.enumerated() {
      results[index] = position < values.count ? values[position] : Tensor(.invalid)
    }
    return results
  }
}

extension LinearCall {
  /// Records a linear function as a call; what it uses from outside are residuals.
  static func recording(
    _ name: String, _ taken: [(position: Int, type: TensorType)], _ unreadable: TensorError,
    _ residuals: inout Residuals, _ function: ([Tensor]) -> [Tensor?]
  ) -> LinearCall? {
    var given: [Int] = []
    let recorded = Program.tracing(name, taken.map(\.type), unreadable: unreadable) { tangents in
      let results = function(tangents)
      given = results.indices.filter { results[$0] != nil }
      return results.compactMap { $0 }
    }
    guard let recorded else { return nil }
    return LinearCall(
      call: Call(recorded.program), taken: taken, given: given,
      residuals: recorded.captures.map { residuals.position(of: $0) })
  }
}

/// The outcome where a derivative has an invalid operation, which has been reported.
func failedLinearization(_ resultCount: Int) -> (results: [Tensor], map: JointLinearMap) {
  let invalid = [Tensor](repeating: Tensor(.invalid), count: resultCount)
  return (invalid, JointLinearMap(apply: { _ in invalid }, transpose: { $0.map { _ in Tensor(.invalid) } }))
}
