import Engines

/// The outputs of a graph that may be in the memory of an input: the input is not read any more when the output is
/// written, and what is not written stays as it is. Whoever calls the code decides, and passes one pointer for both.
struct InPlaceUpdates {
  /// For such an output, the input.
  private(set) var inputs: [Int: Int] = [:]
  /// Values between an input and its output, each an update of the one before; with the output whose memory they have.
  private(set) var outputs: [Int: Int] = [:]

  init(_ graph: Graph, _ materialization: Materialization, _ schedule: Schedule, _ plan: BufferPlan) {
    var lastRead: [Int: Int] = [:]
    var position: [Int: Int] = [:]
    for (place, piece) in schedule.pieces.enumerated() {
      for value in schedule.reads(piece) { lastRead[materialization.root(of: value)] = place }
      if case .step(let index) = piece { position[index] = place }
    }
    let roots = graph.outputs.map { materialization.root(of: $0) }
    for (number, root) in roots.enumerated() where plan.locations[root] == .output(number) {
      var between: [Int] = []
      var value = root
      while case .result(let step, _) = graph.values[value].source, graph.steps[step].lowering.isUpdate {
        let operands = graph.steps[step].operands.map { materialization.root(of: $0) }
        let base = operands[0]
        guard let place = position[step], lastRead[base] == place, !operands.dropFirst().contains(base),
          !roots.contains(base), graph.values[base].type.dtype == graph.values[root].type.dtype
        else { break }
        if case .input(let input) = graph.values[base].source {
          if graph.inputTypes[input] == graph.values[graph.outputs[number]].type, !inputs.values.contains(input) {
            inputs[number] = input
          }
          break
        }
        between.append(base)
        value = base
      }
      // A value that an update does not make has a place of its own.
      for value in between {
        if case .result(let step, _) = graph.values[value].source, graph.steps[step].lowering.isUpdate {
          outputs[value] = number
        }
      }
    }
  }
}

extension Lowering {
  /// Whether it is the first operand with some elements changed, where it is a step.
  fileprivate var isUpdate: Bool {
    switch self {
    case .replacement, .assembly: true
    default: false
    }
  }
}
