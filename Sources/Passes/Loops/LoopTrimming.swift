/// Leaves out of loops what nobody uses: stacked results, states that only serve those or themselves, operands that no step
/// reads. A state that no step changes becomes a fixed operand, and a result that repeats what a loop goes over becomes
/// that.
public struct LoopTrimming: Pass {
  /// The pass.
  public init() {}

  public var name: String { "loop trimming" }

  public func rewritten(_ program: Program) -> Program {
    guard program.equations.contains(where: { $0.primitive is any LoopPrimitive }) else { return program }
    var isUsed = [Bool](repeating: false, count: program.variableCount)
    for output in program.outputs { isUsed[Int(output)] = true }
    var trimmed: [Int: TrimmedLoop] = [:]
    for (index, equation) in program.equations.enumerated().reversed()
    where equation.results.contains(where: { isUsed[$0] }) {
      var operands = Array(program.operands(of: equation))
      if let loop = PlainLoop(equation, in: program), let smaller = TrimmedLoop(loop, isUsed) {
        trimmed[index] = smaller
        operands = smaller.operands + smaller.same.values
      }
      for operand in operands { isUsed[Int(operand)] = true }
    }
    if trimmed.isEmpty { return program }
    var rewriter = Rewriter(program)
    for index in program.equations.indices {
      guard let loop = trimmed[index] else {
        // What is used by nothing but what was left out goes with it, so that nothing needs the results left out.
        if program.equations[index].results.contains(where: { isUsed[$0] }) { rewriter.keep(index) }
        continue
      }
      loop.add(to: &rewriter, program.place(of: index))
    }
    return rewriter.finished()
  }
}

/// A loop without what nobody uses.
private struct TrimmedLoop {
  private let loop: PlainLoop
  private let states: [Int]
  private let stacks: [Int]
  private let fixed: [Int32]
  private let slices: [Int32]
  private let step: Program
  /// Results that are a variable of the program.
  private(set) var same: [Int32: Int32] = [:]

  /// The smaller loop; `nil` where everything is used.
  init?(_ loop: PlainLoop, _ isUsed: [Bool]) {
    self.loop = loop
    // What no step changes is the same in all of them.
    let unchanged = loop.states.indices.filter {
      loop.stateInputs[loop.stateInputs.startIndex + $0] == loop.stateOutputs[$0]
    }
    for index in unchanged where isUsed[Int(loop.lastStates[index])] {
      same[loop.lastStates[index]] = loop.states[index]
    }
    let sliceOf = Dictionary(zip(loop.sliceInputs, loop.slices), uniquingKeysWith: { first, _ in first })
    for (stack, output) in zip(loop.stacks, loop.stackOutputs) where isUsed[Int(stack)] {
      if let source = sliceOf[output] { same[stack] = source }
    }
    let same = same
    stacks = loop.stacks.indices.filter { isUsed[Int(loop.stacks[$0])] && same[loop.stacks[$0]] == nil }
    let wanted = loop.states.indices.filter { isUsed[Int(loop.lastStates[$0])] && same[loop.lastStates[$0]] == nil }
    let first = loop.stackOutputs.startIndex
    let needs = Self.needs(loop, wanted, stacks.map { loop.stackOutputs[first + $0] })
    let isUnchanged = Set(unchanged)
    states = loop.states.indices.filter { needs.state[$0] && !isUnchanged.contains($0) }
    let constant = unchanged.filter { needs.state[$0] }
    func kept(_ operands: [Int32], _ inputs: ArraySlice<Int32>) -> [(operand: Int32, input: Int32)] {
      zip(operands, inputs).filter { needs.variable[Int($0.1)] }.map { ($0.0, $0.1) }
    }
    let stateStart = loop.stateInputs.startIndex
    let keptFixed =
      kept(loop.fixed, loop.fixedInputs) + constant.map { (loop.states[$0], loop.stateInputs[stateStart + $0]) }
    let keptSlices = kept(loop.slices, loop.sliceInputs)
    if states.count == loop.states.count && stacks.count == loop.stacks.count && keptFixed.count == loop.fixed.count
      && keptSlices.count == loop.slices.count
    {
      return nil
    }
    fixed = keptFixed.map(\.operand)
    slices = keptSlices.map(\.operand)
    step = loop.step.computing(
      states.map { loop.stateOutputs[$0] } + stacks.map { loop.stackOutputs[first + $0] },
      from: keptFixed.map(\.input) + states.map { loop.stateInputs[stateStart + $0] } + keptSlices.map(\.input))
  }

  var operands: [Int32] { fixed + states.map { loop.states[$0] } + slices }

  func add(to rewriter: inout Rewriter, _ place: SourcePlace?) {
    let results = states.map { loop.lastStates[$0] } + stacks.map { loop.stacks[$0] }
    if !results.isEmpty {
      let primitive = loop.with(
        step: step, fixedCount: fixed.count, stateCount: states.count, slicedCount: slices.count)
      rewriter.add(primitive, operands.map { rewriter.variable(for: $0) }, for: results, place: place)
    }
    for (result, source) in same { rewriter.define(result, like: rewriter.variable(for: source)) }
  }

  /// Which of a step's variables and states are needed for some states after the last step and some outputs.
  private static func needs(
    _ loop: PlainLoop, _ states: [Int], _ outputs: [Int32]
  ) -> (variable: [Bool], state: [Bool]) {
    let step = loop.step
    var isNeeded = [Bool](repeating: false, count: step.variableCount)
    var isNeededState = [Bool](repeating: false, count: loop.states.count)
    var producer = [Int32: Int]()
    for (index, equation) in step.equations.enumerated() {
      for result in equation.results { producer[Int32(truncatingIfNeeded: result)] = index }
    }
    let stateOf = Dictionary(
      zip(loop.stateInputs, loop.states.indices), uniquingKeysWith: { first, _ in first })
    var pending = outputs
    func need(_ state: Int) {
      if isNeededState[state] { return }
      isNeededState[state] = true
      pending.append(loop.stateOutputs[state])
    }
    for state in states { need(state) }
    while let variable = pending.popLast() {
      if isNeeded[Int(variable)] { continue }
      isNeeded[Int(variable)] = true
      if let state = stateOf[variable] { need(state) }
      guard let index = producer[variable] else { continue }
      pending += step.operands(of: step.equations[index])
    }
    return (isNeeded, isNeededState)
  }
}
