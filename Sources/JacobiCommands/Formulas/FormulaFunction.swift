import FormulaLanguage
import Jacobi

/// A formula as a Swift function of tensors: one loop over the formula's nodes, so that nothing is recursive.
struct FormulaFunction: Sendable {
  /// One node, with everything looked up.
  private enum Operation: Sendable {
    case constant(Tensor)
    case variable(Int)
    case exponential
    /// The power of the first operand with a number as the exponent.
    case powerOf(Tensor)
    case operation(@Sendable ([Tensor]) -> Tensor)
  }

  let formula: Formula
  /// The names of the arguments, in order.
  let variables: [String]
  let dtype: DType
  private var steps: [Operation] = []

  /// Tensors with more axes than this are an error.
  static let greatestRank = 8

  init(_ formula: Formula, variables: [String], dtype: DType) {
    self.formula = formula
    self.variables = variables
    self.dtype = dtype
    let places = Dictionary(variables.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    steps = formula.nodes.map { Self.step($0, formula.nodes, places, dtype) }
  }

  /// The outputs.
  func callAsFunction(_ arguments: [Tensor]) -> [Tensor] {
    var values: [Tensor] = []
    values.reserveCapacity(steps.count)
    for node in steps.indices { values.append(value(of: node, values, arguments)) }
    return outputs(values)
  }

  /// The outputs among the values of all nodes. A comparison counts as 1 or 0.
  func outputs(_ values: [Tensor]) -> [Tensor] { formula.outputs.map { number(values[$0]).settled } }

  /// The value of a node from those of the nodes before it.
  func value(of node: Int, _ values: [Tensor], _ arguments: [Tensor]) -> Tensor {
    let operands = formula.nodes[node].operands
    switch steps[node] {
    case .constant(let constant): return constant
    case .variable(let place): return arguments[place]
    case .exponential: return exp(number(values[operands[1]]))
    case .powerOf(let exponent): return number(values[operands[0]]) ** exponent
    case .operation(let apply):
      if case .conditional = formula.nodes[node].kind {
        return apply([values[operands[0]], number(values[operands[1]]), number(values[operands[2]])])
      }
      return apply(operands.map { number(values[$0]) })
    }
  }

  /// Truth values as 1 and 0, numbers as they are.
  private func number(_ tensor: Tensor) -> Tensor { tensor.dtype == .bool ? tensor.asType(dtype) : tensor }

  private static func constant(_ value: Double, _ dtype: DType) -> Tensor {
    dtype == .float32 ? Tensor(Float(value)) : Tensor(value)
  }

  private static func step(
    _ node: Formula.Node, _ nodes: [Formula.Node], _ places: [String: Int], _ dtype: DType
  ) -> Operation {
    switch node.kind {
    case .number(let value): return .constant(constant(value, dtype))
    case .constant(.pi): return .constant(constant(.pi, dtype))
    case .constant(.e): return .constant(constant(eulersNumber, dtype))
    case .variable(let name): return .variable(places[name] ?? 0)
    case .negate: return .operation { -$0[0] }
    case .add: return .operation { $0[0] + $0[1] }
    case .subtract: return .operation { $0[0] - $0[1] }
    case .multiply: return .operation { $0[0] * $0[1] }
    case .divide: return .operation { $0[0] / $0[1] }
    case .power: return power(node, nodes)
    case .compare(let comparison): return .operation { compared(comparison, $0[0], $0[1]) }
    case .conditional: return .operation(chosen)
    case .call(let name):
      // The parser accepts names of the table only.
      guard let function = FunctionTable[name] else { return .operation { $0[0] } }
      return .operation(function.apply)
    case .vector: return .operation(vector)
    case .index(let indices):
      return .operation { operands in
        var part = operands[0]
        for index in indices where !part.isInvalid { part = part[index] }
        return part
      }
    }
  }

  /// A whole number as the exponent is exact for every base; `e^x` is the exponential function.
  private static func power(_ node: Formula.Node, _ nodes: [Formula.Node]) -> Operation {
    let exponent = nodes[node.operands[1]]
    if case .number(let value) = exponent.kind { return .powerOf(Tensor(floatLiteral: value)) }
    if case .negate = exponent.kind, case .number(let value) = nodes[exponent.operands[0]].kind {
      return .powerOf(Tensor(floatLiteral: -value))
    }
    if case .constant(.e) = nodes[node.operands[0]].kind { return .exponential }
    return .operation { $0[0] ** $0[1] }
  }

  private static let eulersNumber = 2.718281828459045

  private static func compared(_ comparison: Formula.Comparison, _ x: Tensor, _ y: Tensor) -> Tensor {
    switch comparison {
    case .less: x .< y
    case .lessOrEqual: x .<= y
    case .equal: x .== y
    case .notEqual: x .!= y
    case .greaterOrEqual: x .>= y
    case .greater: x .> y
    }
  }

  @Sendable private static func chosen(_ operands: [Tensor]) -> Tensor {
    Tensor.where(condition(operands[0]), operands[1], operands[2])
  }

  /// A condition holds where it is true, or a number other than 0.
  private static func condition(_ x: Tensor) -> Tensor { x.dtype == .bool ? x : x .!= 0 }

  /// The elements along a new first axis, joined in groups: a single join of very many is slow to differentiate.
  @Sendable private static func vector(_ elements: [Tensor]) -> Tensor {
    if let numbers = vectorOfNumbers(elements) { return numbers }
    let groupSize = 256
    var parts = stride(from: 0, to: elements.count, by: groupSize).map { start in
      Tensor.stacked(Array(elements[start..<min(start + groupSize, elements.count)]))
    }
    while parts.count > 1 {
      parts = stride(from: 0, to: parts.count, by: groupSize).map { start in
        Tensor.concatenated(Array(parts[start..<min(start + groupSize, parts.count)]))
      }
    }
    return parts[0]
  }

  /// A vector of numbers that are known, which needs no operations; nothing for other elements.
  private static func vectorOfNumbers(_ elements: [Tensor]) -> Tensor? {
    var numbers: [Double] = []
    numbers.reserveCapacity(elements.count)
    for element in elements {
      guard case .float64(let number)? = element.host?.representation else { return nil }
      numbers.append(number)
    }
    return Tensor(numbers)
  }
}
