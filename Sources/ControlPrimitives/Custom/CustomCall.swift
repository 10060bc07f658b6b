import Linearization

/// A call of a program whose derivative, or batch, is given by rules of its own.
///
/// Operands: the arguments that the rules speak of, then tensors from outside. Results: the first ones have the rules'
/// derivative with respect to the arguments; with respect to tensors from outside theirs is that of the program itself,
/// as it is for the further results, which derivatives of this call keep for later.
public struct CustomCall: ControlPrimitive {
  public static let name = "customCall"

  /// What is called.
  public let function: Subprogram
  /// How many operands are arguments.
  public let argumentCount: Int
  /// How many results have the rules' derivative.
  public let ruledCount: Int
  /// The rules.
  public let rules: RulePrograms
  /// The rule for batches, a Swift function; `nil` for the batch of the programs.
  public let batching: HostFunction<BatchingRule>?

  /// From the operands, which of them have the batch axis in front, and its size, to the ruled results, all with the batch
  /// axis in front.
  public typealias BatchingRule = @Sendable ([Tensor], [Bool], Int) -> [Tensor]

  /// A call.
  public init(
    _ function: Subprogram, argumentCount: Int, ruledCount: Int, rules: RulePrograms,
    batching: HostFunction<BatchingRule>? = nil
  ) {
    self.function = function
    self.argumentCount = argumentCount
    self.ruledCount = ruledCount
    self.rules = rules
    self.batching = batching
  }

  enum CodingKeys: CodingKey { case function, argumentCount, ruledCount, rules, batching }

  public var subprograms: [Subprogram] { [function] + rules.all }

  public func replacingSubprograms(_ programs: [Subprogram]) -> CustomCall {
    CustomCall(
      programs[0], argumentCount: argumentCount, ruledCount: ruledCount, rules: rules.replacing(programs.dropFirst()),
      batching: batching)
  }

  /// What the rules say may depend on every argument.
  public var ports: ControlPorts { .opaque }

  /// Whether there is a rule, or the program itself has a derivative.
  public var hasDerivative: Bool { rules.hasDerivative || function.hasDerivative }

  /// The places of the arguments that can have a tangent.
  package var differentiableArguments: [Int] {
    function.program.inputTypes[..<argumentCount].indices.filter {
      function.program.inputTypes[$0].dtype.isDifferentiable
    }
  }

  /// The places of the ruled results that can have a tangent.
  package var differentiableResults: [Int] {
    function.program.outputTypes[..<ruledCount].indices.filter {
      function.program.outputTypes[$0].dtype.isDifferentiable
    }
  }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    try checkDepth()
    let program = function.program
    let results = program.outputTypes
    guard (0...operands.count).contains(argumentCount), (0...results.count).contains(ruledCount) else {
      throw TensorError(
        .program, Self.name,
        "\(argumentCount) arguments and \(ruledCount) ruled results are not among those of the program")
    }
    try program.check(operands)
    let tangents = differentiableArguments.map { operands[$0] }
    let cotangents = differentiableResults.map { results[$0] }
    let ruled = Array(results[..<ruledCount])
    let outside = Array(operands[argumentCount...])
    if let tangent = rules.tangent { try check(tangent, operands + tangents, "tangent", ruled + cotangents) }
    if let transpose = rules.transpose { try check(transpose, cotangents + outside, "transpose", tangents) }
    if let forward = rules.forward, let backward = rules.backward {
      let outputs = forward.program.outputTypes
      try check(forward, operands, "forward", ruled + outputs.dropFirst(ruledCount))
      try check(backward, cotangents + outputs.dropFirst(ruledCount), "backward", tangents)
    } else if rules.forward != nil || rules.backward != nil {
      throw TensorError(.program, Self.name, "forward and backward must be given together")
    }
    return results
  }

  private func check(
    _ rule: Subprogram, _ inputs: [TensorType], _ what: String, _ outputs: [TensorType]
  ) throws(TensorError) {
    guard rule.program.inputTypes == inputs, rule.program.outputTypes == outputs else {
      throw TensorError(
        .program, Self.name,
        "the \(what) rule is from \(rule.program.inputTypes) to \(rule.program.outputTypes), not from \(inputs) to \(outputs)"
      )
    }
  }

  public func lowering(of operands: [TensorType]) -> Lowering { .program(function) }

  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    try function.evaluateChecked(operands)
  }
}
