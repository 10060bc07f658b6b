import Linearization

extension Callback {
  /// The results, and an error where a derivative is asked for.
  public func linearized(_ operands: [Tensor], isActive: [Bool]) -> (results: [Tensor], map: JointLinearMap) {
    let results = bind(operands)
    let error = TensorError(
      .transform, Self.name, "\(function.name) is a function outside, which has no derivative",
      hint: "give it one: customJVP(f) { x, dx in (f(x), ...) }, customVJP or withRule; "
        + "or stop at its argument: f(stopGradient(x))")
    func failed(_ given: [Tensor?], _ count: Int) -> [Tensor?] {
      if given.allSatisfy({ $0 == nil }) { return [Tensor?](repeating: nil, count: count) }
      report(error)
      return [Tensor?](repeating: Tensor(.invalid), count: count)
    }
    let (resultCount, operandCount) = (resultTypes.count, operands.count)
    return (
      results, JointLinearMap(apply: { failed($0, resultCount) }, transpose: { failed($0, operandCount) })
    )
  }
}
