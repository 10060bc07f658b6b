import Linearization

// Samples of calls with rules, for the laws: one of each kind of rule, with an operand that the rules do not speak of.

extension CustomCall {
  /// A rule for tangents, one for cotangents, a transpose, none; and a call with a further result.
  public static var samples: [PrimitiveSample] {
    let shape = TensorType(.float64, [3])
    let function = program([shape, shape]) { [sin($0[0]) * $0[1]] }
    let further = program([shape, shape]) { [sin($0[0]) * $0[1], $0[0] * $0[0] * $0[1]] }
    let linear = program([shape, shape]) { [$0[0].flipped(axis: 0) * $0[1]] }
    let tangent = program([shape, shape, shape]) { [sin($0[0]) * $0[1], $0[2] * cos($0[0]) * $0[1]] }
    let forward = program([shape, shape]) { [sin($0[0]) * $0[1], $0[0], $0[1]] }
    let backward = program([shape, shape, shape]) { [$0[0] * cos($0[1]) * $0[2]] }
    let transpose = program([shape, shape]) { [($0[0] * $0[1]).flipped(axis: 0)] }
    guard let function, let further, let linear, let tangent, let forward, let backward, let transpose else {
      return []
    }
    let calls = [
      CustomCall(function, argumentCount: 1, ruledCount: 1, rules: RulePrograms(tangent: tangent)),
      CustomCall(function, argumentCount: 1, ruledCount: 1, rules: RulePrograms(forward: forward, backward: backward)),
      CustomCall(linear, argumentCount: 1, ruledCount: 1, rules: RulePrograms(transpose: transpose)),
      CustomCall(function, argumentCount: 1, ruledCount: 1, rules: RulePrograms()),
      CustomCall(
        further, argumentCount: 1, ruledCount: 1,
        rules: RulePrograms(tangent: tangent, forward: forward, backward: backward)),
    ]
    return calls.map { PrimitiveSample($0, [OperandSample([3]), OperandSample([3])], dtypes: [.float64]) }
  }

  private static func program(_ types: [TensorType], _ body: ([Tensor]) -> [Tensor]) -> Subprogram? {
    Program.tracing("sample", types, unreadable: .readInBatch, body).map { Subprogram($0.program) }
  }
}
