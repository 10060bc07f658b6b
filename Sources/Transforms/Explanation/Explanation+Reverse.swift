import ControlPrimitives

extension Explanation {
  /// The adjoint trace: what each step adds to the adjoints of its operands, from the last step to the first.
  ///
  /// - Parameter cotangents: the cotangents of the results, with their shapes and element types.
  /// - Returns: the contributions in the order in which reverse mode computes them, the seeds first; nothing when the
  ///   cotangents do not fit, which has been reported.
  public func adjoints(from cotangents: [Tensor]) -> [Adjoint] {
    guard
      let given = matchingTensors(
        cotangents, to: results, types: results.map(\.type), "adjoints(from:)", "cotangent")
    else { return [] }
    var steps: [Adjoint] = []
    var cts = [Tensor?](repeating: nil, count: tape.values.count)
    var isMasked = [Bool](repeating: false, count: tape.values.count)
    func add(_ variable: Int, user: Int?, _ expression: String, _ contribution: Tensor) {
      let node = nodeOfVariable[variable]
      let earlier = cts[variable]
      let sum = earlier.map { $0 + contribution } ?? contribution
      cts[variable] = sum
      steps.append(
        Adjoint(
          node: node, user: user, name: "\(nodes[node].name)_bar", expression: expression,
          accumulates: earlier != nil, value: sum))
    }
    for (output, ct) in zip(outputs, given) {
      guard let output, linear.isActive(variables[output]) else { continue }
      add(Int(variables[output]), user: nil, ExpressionText(constant: ct).text, ct)
    }
    for equation in tape.equations.reversed() {
      if equation.results.allSatisfy({ cts[$0] == nil }) { continue }
      let rule = RuleTrace(self, equation)
      let seeds = equation.results.map { result in
        cts[result].map { RuleSeed(name: "\(texts[result].text)_bar", value: $0) }
      }
      let mask = equation.results.contains { isMasked[$0] }
      var masks: [Bool] = []
      let moved = rule.run(seeds: seeds) { linear, cts, results in
        let given = zip(results, cts).compactMap { result, ct in ct.map { (result, $0) } }
        let swept = linear.transposedWithMasks(seeds: given, isMasked: mask)
        masks = swept.isMasked
        return swept.cts
      }
      // A step's operands are served from the last to the first, as in a reverse sweep over its partial derivatives.
      for index in rule.active.indices.reversed() {
        guard let contribution = moved[index] else { continue }
        let variable = Int(tape.operandTable[Int(equation.firstOperand) + rule.active[index]])
        if masks[index] { isMasked[variable] = true }
        add(
          variable, user: nodeOfVariable[Int(equation.firstResult)], contribution.text.text, contribution.value)
      }
    }
    return steps
  }
}
