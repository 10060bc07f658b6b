import Engines

/// The outputs of a graph that may be in the memory of an input: the input is not read any more when the output is
/// written, and what is not written stays as it is. Whoever calls the code decides, and passes one pointer for both.
struct InPlaceUpdates {
  /// For such an output, the input.
  private(set) var inputs: [Int: Int] = [:]
  /// Values between an input and its output, each an update of the one before; with the output whose memory they have.
  private(set) var outputs: [Int: Int] = [:]

  /// - Parameter inPlace: the outputs of a program that may have the memory of an input.
  init(
    _ graph: Graph, _ materialization: Materialization, _ schedule: Schedule, _ plan: BufferPlan,
    inPlace: (Subprogram) -> [Int: Int]
  ) {
    func base(_ value: Int) -> (operation: Int, operand: Int)? {
      guard case .result(let operation, let result) = graph.values[value].origin else { return nil }
      return graph.operations[operation].lowering.updated(result, inPlace).map { (operation, $0) }
    }
    let lastRead = schedule.lastReads
    var position: [Int: Int] = [:]
    for (place, piece) in schedule.pieces.enumerated() {
      if case .operation(let index) = piece { position[index] = place }
    }
    let roots = graph.outputs.map { materialization.root(of: $0) }
    for (output, root) in roots.enumerated() where plan.locations[root] == .output(output) {
      var between: [Int] = []
      var value = root
      while let (operation, number) = base(value) {
        let operands = graph.operations[operation].operands.map { materialization.root(of: $0) }
        let base = operands[number]
        guard let place = position[operation], lastRead[base] == place, operands.count(where: { $0 == base }) == 1,
          !roots.contains(base), graph.values[base].type.dtype == graph.values[root].type.dtype
        else { break }
        if case .input(let input) = graph.values[base].origin {
          if graph.inputTypes[input] == graph.values[graph.outputs[output]].type, !inputs.values.contains(input) {
            inputs[output] = input
          }
          break
        }
        between.append(base)
        value = base
      }
      // A value that an update does not make has a place of its own.
      for value in between where base(value) != nil { outputs[value] = output }
    }
  }
}

extension InPlaceUpdates {
  /// Lets further outputs have the memory of inputs: those that loops write where the input is read for the last time, and
  /// each place of it only for the same place of the output.
  mutating func overwrite(
    _ isOverwritten: [Bool], _ graph: Graph, _ materialization: Materialization, _ schedule: Schedule,
    _ plan: BufferPlan
  ) {
    if !isOverwritten.contains(true) { return }
    var inputValue: [Int: Int] = [:]
    for (value, known) in graph.values.enumerated() {
      if case .input(let input) = known.origin { inputValue[input] = value }
    }
    var writer: [Int: Int] = [:]
    for (position, piece) in schedule.pieces.enumerated() {
      guard case .loops(let group) = piece, group.reducedAxes == nil else { continue }
      for member in group.members where schedule.isStored[member] { writer[member] = position }
    }
    let lastRead = schedule.lastReads
    let roots = graph.outputs.map { materialization.root(of: $0) }
    var isTaken = Set(inputs.values)
    for (output, root) in roots.enumerated()
    where inputs[output] == nil && plan.locations[root] == .output(output) {
      guard let position = writer[root], roots.count(where: { $0 == root }) == 1 else { continue }
      let type = graph.values[root].type
      // The input of the same number first: states stand in front in both lists.
      let candidates = ([output] + isOverwritten.indices).filter {
        isOverwritten.indices.contains($0) && isOverwritten[$0] && !isTaken.contains($0)
          && graph.inputTypes[$0] == type && type == graph.values[graph.outputs[output]].type
      }
      let input = candidates.first { input in
        guard let value = inputValue[input], !roots.contains(value) else { return false }
        return lastRead[value] < position
          || (lastRead[value] == position && schedule.readsInPlace(value, before: root, at: position))
      }
      guard let input else { continue }
      inputs[output] = input
      isTaken.insert(input)
    }
  }
}

extension Lowering {
  /// The operand of which a result is a changed storage, where this is a step that may write it where it is.
  fileprivate func updated(_ result: Int, _ inPlace: (Subprogram) -> [Int: Int]) -> Int? {
    switch self {
    case .scatter, .insertion: return 0
    case .whileLoop(let shape):
      let operand = shape.fixedCount + result
      return inPlace(shape.body)[result] == operand ? operand : nil
    case .loop(let shape) where shape.reversal == nil:
      var (operand, result, recordCount) = ((shape.length == nil ? 1 : 0) + shape.fixedCount, result, 0)
      for sweep in shape.sweeps {
        let resultCount = sweep.step.program.outputs.count - sweep.recordCount
        if result < sweep.stateCount {
          return inPlace(sweep.step)[result] == shape.fixedCount + recordCount + result ? operand + result : nil
        }
        if result < resultCount { return nil }
        result -= resultCount
        operand += sweep.stateCount + sweep.slicedCount
        recordCount += sweep.recordCount
      }
      return nil
    default: return nil
    }
  }
}
