import ControlPrimitives

/// What a function did at one point, step by step: the primal trace, from which the tangent trace and the adjoint trace
/// follow with the rule of each step written out.
///
/// ```swift
/// let explanation = stepByStep({ x in [log(x[0]) + x[0] * x[1]] }, at: [2, 5])
/// explanation.nodes.map { "\($0.name) = \($0.expression)" }   // v0 = x0, v1 = x1, v2 = log(v0), ...
/// explanation.tangents(along: [1, 0])                         // dv2 = dv0 / v0, ...
/// explanation.adjoints(from: [1])                             // v0_bar += v3_bar * v1, ...
/// ```
///
/// The rules are those that `jvp` and `grad` run, traced and printed; there is no second table of derivatives. Numbers
/// that do not depend on the arguments have no step of their own: they stand in the expressions.
public struct Explanation {
  /// One step of the computation.
  public struct Node: Sendable {
    /// The name that later steps use, such as `v2`.
    public let name: String
    /// What is computed, in terms of the arguments' names or of earlier steps, such as `log(v0)`.
    public let expression: String
    /// The number.
    public let value: Tensor
    /// The earlier steps that it is computed from, in order; a step may appear twice.
    public let operands: [Int]
    /// Whether this is an argument.
    public let isInput: Bool
  }

  /// The tangent of a step.
  public struct Tangent: Sendable {
    /// The index of the step that this is the tangent of.
    public let node: Int
    /// The name, such as `dv2`.
    public let name: String
    /// The rule applied, such as `dv0 / v0`.
    public let expression: String
    /// The number.
    public let value: Tensor
  }

  /// A contribution to the adjoint of a step.
  public struct Adjoint: Sendable {
    /// The index of the step whose adjoint it adds to.
    public let node: Int
    /// The index of the step that uses it; `nil` for the seed of an output.
    public let user: Int?
    /// The name of the adjoint, such as `v0_bar`.
    public let name: String
    /// The rule applied, such as `v3_bar * v1`.
    public let expression: String
    /// Whether earlier contributions are added to.
    public let accumulates: Bool
    /// The adjoint after this contribution.
    public let value: Tensor
  }

  /// The steps in the order in which they were computed; the arguments first.
  public let nodes: [Node]
  /// The step that each result is; `nil` for a result that does not depend on the arguments.
  public let outputs: [Int?]
  /// The results.
  public let results: [Tensor]

  let tape: Tape
  let linear: LinearTape
  /// The step of each variable of the tape; -1 for numbers that do not depend on the arguments.
  let nodeOfVariable: [Int]
  /// The variable of each step.
  let variables: [Int32]
  /// What stands for each variable in an expression.
  let texts: [ExpressionText]
}

/// Records what a function does at a point, to be read step by step.
///
/// - Parameters:
///   - function: a function of tensors.
///   - point: the arguments: numbers, not tensors that a transform is tracing.
///   - names: the arguments' names in the expressions; `x0`, `x1`, ... where there are none.
/// - Returns: the explanation, without steps when an operation was invalid, which has been reported.
public func stepByStep(
  _ function: ([Tensor]) -> [Tensor], at point: [Tensor], names: [String] = []
) -> Explanation {
  let recording = record(function, at: point)
  return Explanation(recording, names: point.indices.map { $0 < names.count ? names[$0] : "x\($0)" })
}

extension Explanation {
  init(_ recording: Recording<[Tensor]>, names: [String]) {
    let tape = recording.tape
    var texts = [ExpressionText](repeating: ExpressionText(""), count: tape.values.count)
    var nodeOfVariable = [Int](repeating: -1, count: tape.values.count)
    var nodes: [Node] = []
    var variables: [Int32] = []
    func add(_ variable: Int, _ expression: String, _ operands: [Int], isInput: Bool) {
      nodeOfVariable[variable] = nodes.count
      texts[variable] = ExpressionText("v\(nodes.count)")
      variables.append(Int32(truncatingIfNeeded: variable))
      nodes.append(
        Node(
          name: "v\(nodes.count)", expression: expression, value: tape.values[variable], operands: operands,
          isInput: isInput))
    }
    for input in 0..<tape.inputCount { add(input, names[input], [], isInput: true) }
    for variable in tape.captured { texts[Int(variable)] = ExpressionText(constant: tape.values[Int(variable)]) }
    for equation in tape.equations {
      let operands = equation.operandRange.map { Int(tape.operandTable[$0]) }
      let users = operands.map { nodeOfVariable[$0] }.filter { $0 >= 0 }
      if users.isEmpty {
        for result in equation.results {
          texts[result] = ExpressionText(
            constant: tape.values[result], of: equation.primitive, operands.map { texts[$0] })
        }
        continue
      }
      let text = ExpressionText(
        equation.primitive, operands.map { texts[$0] }, operands.map { tape.values[$0].type },
        equation.results.map { tape.values[$0].type })
      for (position, result) in equation.results.enumerated() {
        let part = equation.resultCount == 1 ? text.text : "\(text.parenthesized(.postfix)).\(position)"
        add(result, part, users, isInput: false)
      }
    }
    self.nodes = nodes
    self.variables = variables
    self.texts = texts
    self.nodeOfVariable = nodeOfVariable
    self.tape = tape
    outputs = recording.outputs.map { variable in
      variable.flatMap { nodeOfVariable[Int($0)] >= 0 ? nodeOfVariable[Int($0)] : nil }
    }
    results = recording.value.map(\.settled)
    linear = LinearTape(linearizing: tape)
  }
}
