/// Makes plain loops of loops that go over their steps several times: one for each sweep. The records that a sweep makes for
/// later ones become stacks that it gives, and that these go over.
///
/// It is for generators of code that know plain loops only. What a loop would compute again, to keep fewer records, is kept.
/// Loops whose number of steps is known at run time alone stay as they are where they make records, since stacks have sizes.
public struct LoopDesugaring: Pass {
  /// The pass.
  public init() {}

  public var name: String { "loops of one sweep each" }

  public func rewritten(_ program: Program) -> Program {
    var rewriter = Rewriter(program)
    var isChanged = false
    for (index, equation) in program.equations.enumerated() {
      if let (primitive, shape) = loop(equation, in: program) {
        replace(index, primitive, shape, &rewriter)
        isChanged = true
      } else {
        rewriter.keep(index)
      }
    }
    return isChanged ? rewriter.finished() : program
  }

  /// The parts of an equation that is a loop to be replaced.
  private func loop(_ equation: Equation, in program: Program) -> (any LoopPrimitive, LoopShape)? {
    guard equation.primitive.traits.contains(.control), let primitive = equation.primitive as? any LoopPrimitive,
      case .loop(let shape) = primitive.lowering(of: program.operands(of: equation).map { program.types[Int($0)] })
    else { return nil }
    let recordCount = shape.sweeps.reduce(0) { $0 + $1.recordCount }
    let isPlain = shape.sweeps.count == 1 && recordCount == 0
    return isPlain || (shape.length == nil && recordCount > 0) ? nil : (primitive, shape)
  }

  /// Adds a plain loop for each sweep.
  private func replace(
    _ index: Int, _ primitive: any LoopPrimitive, _ shape: LoopShape, _ rewriter: inout Rewriter
  ) {
    let equation = rewriter.source.equations[index]
    var operands = rewriter.operands(of: equation)[...]
    var results = equation.results.map { Int32(truncatingIfNeeded: $0) }[...]
    func take(_ count: Int) -> [Int32] {
      defer { operands = operands.dropFirst(count) }
      return Array(operands.prefix(count))
    }
    let common = take((shape.length == nil ? 1 : 0) + shape.fixedCount)
    var records: [Int32] = []
    for sweep in shape.sweeps {
      let (states, slices) = (take(sweep.stateCount), take(sweep.slicedCount))
      let plain = sweep.plain(fixedCount: shape.fixedCount, recordCount: records.count)
      let outputs = plain.step.program.outputTypes
      let types = outputs[..<sweep.stateCount] + outputs[sweep.stateCount...].map { $0.batched(shape.length ?? 0) }
      let first = rewriter.append(
        primitive.with(LoopShape(length: shape.length, fixedCount: shape.fixedCount, sweeps: [plain])),
        common + states + records + slices, types: Array(types), place: rewriter.source.place(of: index))
      let resultCount = outputs.count - sweep.recordCount
      let own = (0..<outputs.count).map { first + Int32(truncatingIfNeeded: $0) }
      for (variable, value) in zip(results.prefix(resultCount), own) { rewriter.define(variable, like: value) }
      results = results.dropFirst(resultCount)
      records += own[resultCount...]
    }
  }
}

extension LoopShape.SweepShape {
  /// The sweep with records as slices and stacks: a step takes the state before the records of earlier sweeps.
  fileprivate func plain(fixedCount: Int, recordCount earlierCount: Int) -> LoopShape.SweepShape {
    var program = step.program
    let recordsEnd = fixedCount + earlierCount
    let statesEnd = recordsEnd + stateCount
    var inputs: [Int32] = Array(program.inputs[..<fixedCount])
    inputs += program.inputs[recordsEnd..<statesEnd]
    inputs += program.inputs[fixedCount..<recordsEnd]
    inputs += program.inputs[statesEnd...]
    program.inputs = inputs
    return LoopShape.SweepShape(
      step: earlierCount == 0 ? step : Subprogram(program.canonical), stateCount: stateCount,
      slicedCount: earlierCount + slicedCount, recordCount: 0, isDescending: isDescending)
  }
}
