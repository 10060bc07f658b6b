import ControlPrimitives

extension Explanation {
  /// The tangent trace: the tangent of each step that has one, from those of the arguments.
  ///
  /// - Parameter direction: the tangents of the arguments, with their shapes and element types.
  /// - Returns: the steps in the order of the primal trace; nothing when the direction does not fit, which has been
  ///   reported.
  public func tangents(along direction: [Tensor]) -> [Tangent] {
    let inputs = nodes.prefix { $0.isInput }.map(\.value)
    guard
      let given = matchingTensors(direction, to: inputs, types: inputs.map(\.type), "tangents(along:)", "tangent")
    else { return [] }
    var steps: [Tangent] = []
    var dv = [Tensor?](repeating: nil, count: tape.values.count)
    var isMasked = [Bool](repeating: false, count: tape.values.count)
    func add(_ variable: Int, _ expression: String, _ value: Tensor) {
      let node = nodeOfVariable[variable]
      dv[variable] = value
      steps.append(Tangent(node: node, name: "d\(nodes[node].name)", expression: expression, value: value))
    }
    for (variable, tangent) in given.enumerated() where linear.isActive(Int32(truncatingIfNeeded: variable)) {
      add(variable, ExpressionText(constant: tangent).text, tangent)
    }
    for equation in tape.equations {
      guard let results = applied(equation, dv, &isMasked) else { continue }
      for (result, tangent) in zip(equation.results, results) where linear.isActive(Int32(truncatingIfNeeded: result)) {
        let zero = zeros(tape.values[result].type, beside: tape.values[result])
        add(result, tangent?.text.text ?? "0", tangent?.value ?? zero)
      }
    }
    return steps
  }

  /// The tangents of an equation's results; `nil` when it has none.
  private func applied(_ equation: Equation, _ dv: [Tensor?], _ isMasked: inout [Bool]) -> [RuleResult?]? {
    let rule = RuleTrace(self, equation)
    if rule.active.isEmpty { return nil }
    let variables = rule.active.map { Int(tape.operandTable[Int(equation.firstOperand) + $0]) }
    let tangents = variables.map { variable -> RuleSeed? in
      dv[variable].map { RuleSeed(name: "d\(texts[variable].text)", value: $0) }
    }
    let given = variables.map { isMasked[$0] }
    var masks: [Bool] = []
    let moved = rule.run(seeds: tangents) { linear, tangents, results in
      let applied = linear.appliedWithMasks(to: tangents, isMasked: given, outputs: results)
      masks = applied.isMasked
      return applied.tangents
    }
    for (result, mask) in zip(equation.results, masks) { isMasked[result] = mask }
    return moved
  }
}
