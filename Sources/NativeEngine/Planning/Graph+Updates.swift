import Engines

// Tensors of which few elements change are steps of their own, which may write where the tensor is.

extension Graph {
  /// Smaller tensors are made anew in the loops of what else is computed.
  private static var smallestUpdate: Int { 1 << 13 }

  /// Elements put into a tensor where integers say, which primitives write as a choice from the tensor and the elements
  /// one after the other.
  func replacement(_ lowering: Lowering, _ operands: [Int]) -> (Lowering, [Int])? {
    guard case .gather(let axis, let batchRank) = lowering,
      case .pure(.assembly(let assembly), let parts) = values[operands[0]].source, !assembly.hasBase,
      parts.count == 2, case .result(let number, _) = values[operands[1]].source,
      case .scatterSources(let size) = steps[number].lowering
    else { return nil }
    let indices = steps[number].operands[0]
    let shapes = parts.map { values[$0].type.shape }
    let batches = values[indices].type.shape.dimensions.dropLast()
    guard batches.count == batchRank, let width = values[indices].type.shape.dimensions.last,
      shapes[0][axis] == size, shapes[1][axis] == width
    else { return nil }
    for (part, (shape, start)) in zip(assembly.parts, zip(shapes, [0, size])) {
      for (own, place) in part.enumerated() {
        let first = own == axis ? start : 0
        guard place.isAxis, place.step == 1, place.start == first, place.count == shape[own] else { return nil }
      }
    }
    return (.replacement(axis: axis, batchRank: batchRank), parts + [indices])
  }

  /// Where an output is an input with few elements changed, the change is a step. Such steps come after what reads the
  /// tensor as it was, as far as they can.
  mutating func runUpdatesAsSteps() {
    var isRead = [Bool](repeating: false, count: values.count)
    for item in items {
      switch item {
      case .value(let value):
        if case .pure(_, let operands) = values[value].source { for operand in operands { isRead[operand] = true } }
      case .step(let index): for operand in steps[index].operands { isRead[operand] = true }
      }
    }
    for output in Set(outputs).sorted() where !isRead[output] {
      let type = values[output].type
      guard case .pure(.assembly(let assembly), let operands) = values[output].source, assembly.hasBase,
        (type.byteCount ?? 0) >= Self.smallestUpdate, case .input = values[operands[0]].source
      else { continue }
      let changed = assembly.parts.reduce(0) { $0 + $1.reduce(1) { $0 * $1.count } }
      if changed <= type.shape.count / 4 { runLast(value: output) }
    }
    runLate { if case .replacement = $0.lowering { true } else { false } }
  }
}
