import Engines

// Tensors of which few elements change are operations of their own, which may write where the tensor is.

extension Graph {
  /// Smaller tensors are made anew in the loops of what else is computed.
  private static var smallestUpdate: Int { 1 << 13 }

  /// Where an output is an input with few elements changed, the change is an operation. Such operations come after what reads the
  /// tensor as it was, as far as they can.
  mutating func runUpdatesAsOperations() {
    var isRead = [Bool](repeating: false, count: values.count)
    for item in items {
      switch item {
      case .value(let value):
        if case .pure(_, let operands) = values[value].origin { for operand in operands { isRead[operand] = true } }
      case .operation(let index): for operand in operations[index].operands { isRead[operand] = true }
      }
    }
    for output in Set(outputs).sorted() where !isRead[output] {
      let type = values[output].type
      guard case .pure(.insertion(let insertion), let operands) = values[output].origin, insertion.hasBase,
        (type.byteCount ?? 0) >= Self.smallestUpdate, case .input = values[operands[0]].origin
      else { continue }
      let changed = insertion.parts.reduce(0) { $0 + $1.reduce(1) { $0 * $1.count } }
      if changed <= type.shape.count / 4 { runLast(value: output) }
    }
    runLate { if case .scatter = $0.lowering { true } else { false } }
  }
}
