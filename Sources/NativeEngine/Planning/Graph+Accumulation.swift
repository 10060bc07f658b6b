import Engines

// Sums of many tensors that are zero but for a part, as they come from the derivative of a function that reads a tensor
// element by element. Computed place by place, each place would look at each part; so the parts are added where they lie,
// one after the other.

extension Graph {
  /// With fewer parts the sum is computed place by place.
  private static var smallestPartCount: Int { 9 }

  /// Replaces sums of many parts by accumulations.
  mutating func accumulateParts() {
    var uses = [Int](repeating: 0, count: values.count)
    for output in outputs { uses[output] += 1 }
    for item in items {
      switch item {
      case .value(let value):
        if case .pure(_, let operands) = values[value].origin { for operand in operands { uses[operand] += 1 } }
      case .operation(let index): for operand in operations[index].operands { uses[operand] += 1 }
      }
    }
    var isTerm = [Bool](repeating: false, count: values.count)
    for item in items {
      guard case .value(let value) = item, let operands = addends(value) else { continue }
      for operand in operands where uses[operand] == 1 && values[operand].type == values[value].type {
        isTerm[operand] = true
      }
    }
    var replaced: [Int: (Accumulation, [Int])] = [:]
    for item in items {
      guard case .value(let value) = item, !isTerm[value], addends(value) != nil else { continue }
      if let sum = accumulation(of: value, isTerm) { replaced[value] = sum }
    }
    if replaced.isEmpty { return }
    for index in items.indices {
      guard case .value(let value) = items[index], let (accumulation, operands) = replaced[value] else { continue }
      items[index] = .operation(addAccumulation(accumulation, operands, result: value))
    }
    removeUnused()
  }

  /// The operands of a sum of two tensors.
  private func addends(_ value: Int) -> [Int]? {
    guard case .pure(.elementwise(let expression), let operands) = values[value].origin, operands.count == 2,
      values[value].type.shape.rank > 0, case .binary(.add, let a, let b) = expression.node,
      case .operand(0) = a.node, case .operand(1) = b.node
    else { return nil }
    return operands
  }

  /// The sum that a value is, where it has many parts.
  private func accumulation(of value: Int, _ isTerm: [Bool]) -> (Accumulation, [Int])? {
    let count = values[value].type.shape.count
    var whole: [Int] = []
    var parts: [(operand: Int, places: [Insertion.Region])] = []
    var pending = [value]
    while let next = pending.popLast() {
      if next == value || isTerm[next], let operands = addends(next) {
        pending += operands.reversed()
      } else if isTerm[next], case .pure(.insertion(let insertion), let operands) = values[next].origin,
        !insertion.hasBase,
        insertion.parts.allSatisfy({ $0.reduce(1) { $0 * $1.count } * 4 <= count })
      {
        parts += zip(operands, insertion.parts).map { ($0, $1) }
      } else {
        whole.append(next)
      }
    }
    guard parts.count >= Self.smallestPartCount else { return nil }
    return (Accumulation(wholeCount: whole.count, parts: parts.map(\.places)), whole + parts.map(\.operand))
  }
}
