import FormulaLanguage

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The values of the outputs, with Doubles for everything but vectors of Doubles.
func evaluate(_ formula: Formula, _ inputs: [String: Double]) -> [Double] {
  var values: [Double] = []
  var vectors: [Int: [Double]] = [:]
  for (position, node) in formula.nodes.enumerated() {
    let a = node.operands.map { values[$0] }
    switch node.kind {
    case .number(let value): values.append(value)
    case .constant(.pi): values.append(.pi)
    case .constant(.e): values.append(exp(1))
    case .variable(let name): values.append(inputs[name] ?? .nan)
    case .negate: values.append(-a[0])
    case .add: values.append(a[0] + a[1])
    case .subtract: values.append(a[0] - a[1])
    case .multiply: values.append(a[0] * a[1])
    case .divide: values.append(a[0] / a[1])
    case .power: values.append(pow(a[0], a[1]))
    case .compare(let comparison): values.append(holds(comparison, a[0], a[1]) ? 1 : 0)
    case .conditional: values.append(a[0] != 0 ? a[1] : a[2])
    case .call("sin"): values.append(sin(a[0]))
    case .call("sqrt"): values.append(sqrt(a[0]))
    case .call("max"): values.append(a.max() ?? .nan)
    case .call: values.append(.nan)
    case .vector:
      vectors[position] = a
      values.append(.nan)
    case .index(let indices):
      let elements = vectors[node.operands[0]] ?? []
      values.append(indices[0] < 0 ? elements[elements.count + indices[0]] : elements[indices[0]])
    }
  }
  return formula.outputs.map { values[$0] }
}

private func holds(_ comparison: Formula.Comparison, _ a: Double, _ b: Double) -> Bool {
  switch comparison {
  case .less: a < b
  case .lessOrEqual: a <= b
  case .equal: a == b
  case .notEqual: a != b
  case .greaterOrEqual: a >= b
  case .greater: a > b
  }
}
