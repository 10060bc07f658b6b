/// Joins loops of as many steps in the same direction, where a later one goes over what an earlier one has stacked: the two
/// become one loop, in which each step of the later one follows that of the earlier one and uses its values as they are.
///
/// Derivatives of loops are such pairs: a loop that computes values and stacks what the linear part needs, and a loop that
/// carries tangents. Together they need no stacks, and the processor has two chains of operations to choose from.
public struct LoopFusion: Pass {
  /// Steps of up to so many equations are joined.
  public var largestStep: Int

  /// The pass.
  public init(largestStep: Int = 4096) { self.largestStep = largestStep }

  public var name: String { "loop fusion" }

  public func rewritten(_ program: Program) -> Program {
    var loops: [Int: PlainLoop] = [:]
    for (index, equation) in program.equations.enumerated() {
      if let loop = PlainLoop(equation, in: program) { loops[index] = loop }
    }
    if loops.count < 2 { return program }
    let groups = LoopGroups(program, loops, largestStep: largestStep)
    if groups.all.allSatisfy({ $0.members.count == 1 }) { return program }
    return reordered(program, loops, groups)
  }

  /// The program with each group as one loop, at the place of its last member, or before what needs it earlier.
  private func reordered(_ program: Program, _ loops: [Int: PlainLoop], _ groups: LoopGroups) -> Program {
    var producer = [Int](repeating: -1, count: program.variableCount)
    for (index, equation) in program.equations.enumerated() {
      for result in equation.results { producer[result] = index }
    }
    var rewriter = Rewriter(program)
    var isDone = [Bool](repeating: false, count: program.equations.count)
    /// What has to be there before: the equations that make the operands.
    func needed(_ members: [Int]) -> [Int] {
      members.flatMap { program.operands(of: program.equations[$0]).map { producer[Int($0)] } }
        .filter { $0 >= 0 && !isDone[$0] && !members.contains($0) }
    }
    for last in program.equations.indices where groups.members(of: last).last == last {
      var pending = [last]
      while let index = pending.last {
        let members = groups.members(of: index)
        let before = isDone[index] ? [] : needed(members)
        if !before.isEmpty {
          pending += before
          continue
        }
        pending.removeLast()
        if isDone[index] { continue }
        for member in members { isDone[member] = true }
        if members.count == 1 {
          rewriter.keep(index)
        } else {
          let place = members.lazy.compactMap { program.place(of: $0) }.first
          FusedLoop(members.compactMap { loops[$0] }).add(to: &rewriter, place)
        }
      }
    }
    return rewriter.finished()
  }
}

/// Which loops become one.
///
/// Every variable has a level: how many groups of loops lie one behind the other on the way to it. What a group takes from
/// outside has at most the group's level, and what it makes a higher one; so no group needs what is made of it.
private struct LoopGroups {
  struct Group {
    var members: [Int]
    var level: Int
    var size: Int
  }

  private(set) var all: [Group] = []
  private var groupOf: [Int: Int] = [:]

  init(_ program: Program, _ loops: [Int: PlainLoop], largestStep: Int) {
    var level = [Int](repeating: 0, count: program.variableCount)
    var groupOfStack: [Int32: Int] = [:]
    for (index, equation) in program.equations.enumerated() {
      let operands = program.operands(of: equation)
      var own = operands.reduce(0) { max($0, level[Int($1)]) }
      if let loop = loops[index] {
        let group = earlier(loop, loops, level, groupOfStack, largestStep) ?? all.count
        if group == all.count { all.append(Group(members: [], level: own, size: 0)) }
        all[group].members.append(index)
        all[group].size += loop.step.equations.count
        groupOf[index] = group
        for stack in loop.stacks { groupOfStack[stack] = group }
        own = all[group].level + 1
      }
      for result in equation.results { level[result] = own }
    }
  }

  /// The group whose stacks a loop goes over, and that it can join.
  private func earlier(
    _ loop: PlainLoop, _ loops: [Int: PlainLoop], _ level: [Int], _ groupOfStack: [Int32: Int], _ largestStep: Int
  ) -> Int? {
    let candidates = Set(loop.slices.compactMap { groupOfStack[$0] })
    guard let group = candidates.max(by: { all[$0].level < all[$1].level }), let first = loops[all[group].members[0]],
      first.length == loop.length, first.isDescending == loop.isDescending,
      first.primitive.canTakeParts(of: loop.primitive),
      all[group].size + loop.step.equations.count <= largestStep
    else { return nil }
    let outside = loop.fixed + loop.states + loop.slices.filter { groupOfStack[$0] != group }
    return outside.allSatisfy { level[Int($0)] <= all[group].level } ? group : nil
  }

  /// The equations that become one with this one, in order.
  func members(of equation: Int) -> [Int] { groupOf[equation].map { all[$0].members } ?? [equation] }
}

extension LoopPrimitive {
  /// Whether both are of one kind, so that one can have the parts of the other.
  fileprivate func canTakeParts(of other: any LoopPrimitive) -> Bool { type(of: other) == Self.self }
}

/// Loops as one loop: the fixed operands of all, each once; the states of all; the slices of all, each once, but for those
/// of what an earlier one stacks.
private struct FusedLoop {
  private let loops: [PlainLoop]
  private var step: Program
  private var fixed: [Int32] = []
  private var states: [Int32] = []
  private var slices: [Int32] = []

  init(_ loops: [PlainLoop]) {
    self.loops = loops
    step = Program(name: loops[0].step.name + "_fused")
    var input: [Int32: Int32] = [:]
    var slice: [Int32: Int32] = [:]
    let stacks = Set(loops.flatMap(\.stacks))
    for loop in loops {
      for (operand, variable) in zip(loop.fixed, loop.fixedInputs) where input[operand] == nil {
        fixed.append(operand)
        input[operand] = step.addInput(loop.step.types[Int(variable)])
      }
    }
    let stateInputs = loops.map { loop in
      loop.stateInputs.map { step.addInput(loop.step.types[Int($0)]) }
    }
    states = loops.flatMap(\.states)
    for loop in loops {
      for (operand, variable) in zip(loop.slices, loop.sliceInputs)
      where slice[operand] == nil && !stacks.contains(operand) {
        slices.append(operand)
        slice[operand] = step.addInput(loop.step.types[Int(variable)])
      }
    }
    var (nextStates, stacked): ([Int32], [Int32]) = ([], [])
    for (loop, stateInputs) in zip(loops, stateInputs) {
      let inputs = loop.fixed.compactMap { input[$0] } + stateInputs + loop.slices.compactMap { slice[$0] }
      let outputs = step.append(loop.step, inputs)
      nextStates += outputs[..<loop.states.count]
      for (stack, output) in zip(loop.stacks, outputs[loop.states.count...]) {
        slice[stack] = output
        stacked.append(output)
      }
    }
    step.outputs = nextStates + stacked
  }

  func add(to rewriter: inout Rewriter, _ place: SourcePlace?) {
    let results = loops.flatMap(\.lastStates) + loops.flatMap(\.stacks)
    let primitive = loops[0].with(
      step: step, fixedCount: fixed.count, stateCount: states.count, slicedCount: slices.count)
    let operands = (fixed + states + slices).map { rewriter.variable(for: $0) }
    rewriter.add(primitive, operands, for: results, place: place)
  }
}
