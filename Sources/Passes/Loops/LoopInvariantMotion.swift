/// Moves out of loops what is the same in every step: operations of the fixed operands alone, and of constants. Loops
/// without a step stay as they are.
///
/// What is as cheap to compute as to read, such as a number repeated, stays inside, unless what it is computed from has
/// moved; and so does what contains programs or can fail.
public struct LoopInvariantMotion: Pass {
  /// The pass.
  public init() {}

  public var name: String { "loop-invariant motion" }

  public func rewritten(_ program: Program) -> Program {
    guard program.equations.contains(where: { $0.primitive is any LoopPrimitive }) else { return program }
    var moved: [Int: (loop: PlainLoop, crossing: [Int32])] = [:]
    for (index, equation) in program.equations.enumerated() {
      guard let loop = PlainLoop(equation, in: program), loop.length > 0 else { continue }
      let crossing = crossing(loop.step, loop.fixed.count)
      if !crossing.isEmpty { moved[index] = (loop, crossing) }
    }
    if moved.isEmpty { return program }
    var rewriter = Rewriter(program)
    for index in program.equations.indices {
      guard let (loop, crossing) = moved[index] else {
        rewriter.keep(index)
        continue
      }
      let fixed = loop.fixed.map { rewriter.variable(for: $0) }
      let outside = loop.step.computing(crossing, from: Array(loop.fixedInputs))
      let values = rewriter.append(outside, fixed)
      let others = loop.step.inputs[loop.fixed.count...]
      let step = loop.step.computing(loop.step.outputs, from: Array(loop.fixedInputs) + crossing + others)
      let primitive = loop.with(
        step: step, fixedCount: fixed.count + values.count, stateCount: loop.states.count,
        slicedCount: loop.slices.count)
      rewriter.add(
        primitive, fixed + values + (loop.states + loop.slices).map { rewriter.variable(for: $0) }, for: loop.results,
        place: program.place(of: index))
    }
    return rewriter.finished()
  }

  /// The variables of a step that are computed before the loop, and used in it.
  private func crossing(_ step: Program, _ fixedCount: Int) -> [Int32] {
    let isFixed = step.fixedVariables(fixedInputs: fixedCount)
    var isWorthIt = [Bool](repeating: false, count: step.variableCount)
    // What constants alone give is folded where it stands.
    let depends = step.dependence(on: step.inputs.indices.map { $0 < fixedCount })
    for equation in step.equations where equation.results.allSatisfy({ isFixed[$0] }) {
      let operands = step.operands(of: equation)
      let lowering = equation.primitive.lowering(of: operands.map { step.types[Int($0)] })
      let isCheap = lowering.isFunctionOfElements && lowering.ownCost < 5
      let isBehind = operands.contains { isWorthIt[Int($0)] }
      for result in equation.results { isWorthIt[result] = depends[result] && (isBehind || !isCheap) }
    }
    var crossing: [Int32] = []
    var isSeen = [Bool](repeating: false, count: step.variableCount)
    func use(_ variable: Int32) {
      if isSeen[Int(variable)] || !isWorthIt[Int(variable)] { return }
      isSeen[Int(variable)] = true
      crossing.append(variable)
    }
    for equation in step.equations where equation.results.contains(where: { !isWorthIt[$0] }) {
      for operand in step.operands(of: equation) { use(operand) }
    }
    for output in step.outputs { use(output) }
    return crossing
  }
}
