import Primitives

/// A program in two parts: what runs at once, and what is computed again later, with what a policy keeps in between.
///
/// What is kept may lie in the steps of a loop, of which there is then one slice for each step, or in a branch.
struct Recomputation {
  private let program: Program
  /// What is computed again.
  private let wanted: [Int32]
  /// The variables that are kept.
  private var kept: [Int32] = []
  /// The inputs that the second part needs.
  private(set) var usedInputs: [Int] = []
  /// Whether each equation runs again.
  private var runsAgain: [Bool]
  /// The loops and choices that do, by the number of their equation, with what is kept inside.
  private var parts: [(equation: Int, part: ControlRecomputation)] = []

  /// The parts of a program.
  ///
  /// - Parameters:
  ///   - wanted: the variables that are to be computed again.
  ///   - policy: what may be kept. Inputs are kept anyway.
  ///   - isPassing: the inputs that are not there any more when the second part runs, such as the states of a loop.
  init(
    _ program: Program, computing wanted: [Int32], _ policy: CheckpointPolicy, isPassing: [Bool]? = nil
  ) {
    self.program = program
    self.wanted = wanted
    var isKeepable = policy.keepable(in: program)
    for constant in program.constants { isKeepable[Int(constant.variable)] = false }
    for (place, input) in program.inputs.enumerated() where isPassing?[place] != true { isKeepable[Int(input)] = false }
    var isGiven = isKeepable
    for input in program.inputs { isGiven[Int(input)] = true }
    var isUsed = [Bool](repeating: false, count: program.variableCount)
    for variable in wanted { isUsed[Int(variable)] = true }
    runsAgain = [Bool](repeating: false, count: program.equations.count)
    for (index, equation) in program.equations.enumerated().reversed() {
      let isNeeded = equation.results.map { isUsed[$0] && !isGiven[$0] }
      guard isNeeded.contains(true) else { continue }
      runsAgain[index] = true
      let operands = program.operands(of: equation).map { Int($0) }
      if let part = ControlRecomputation(equation.primitive, computing: isNeeded, policy) {
        parts.append((index, part))
        for place in part.usedOperands { isUsed[operands[place]] = true }
      } else {
        for operand in operands { isUsed[operand] = true }
      }
    }
    parts.reverse()
    kept = isKeepable.indices.filter { isKeepable[$0] && isUsed[$0] }.map { Int32(truncatingIfNeeded: $0) }
    usedInputs = program.inputs.indices.filter {
      let variable = Int(program.inputs[$0])
      return isUsed[variable] && !isKeepable[variable]
    }
  }

  /// The types of what is kept: variables of the program, then what its loops and choices keep.
  var keptTypes: [TensorType] { kept.map { program.types[Int($0)] } + parts.flatMap(\.part.keptTypes) }

  /// Whether loops and choices inside keep something.
  private var keepsInside: Bool { parts.contains { !$0.part.keptTypes.isEmpty } }

  /// From the inputs to some variables, followed by what is kept; `nil` when a rule is invalid, which has been reported.
  func known(_ results: [Int32]) -> Program? {
    if !keepsInside { return program.computing(results + kept, from: program.inputs) }
    return Program.tracing(program.name, program.inputTypes, unreadable: .readInRule(of: program.name)) { inputs in
      var inside: [Tensor] = []
      let values = values(of: zip(program.inputs, inputs)) { index, equation, given in
        guard let part = parts.first(where: { $0.equation == index })?.part else {
          return equation.primitive.bind(given)
        }
        let results = part.known.bind(given)
        inside += results.dropFirst(equation.results.count)
        return results
      }
      return (results + kept).map { values[Int($0)] } + inside
    }?.program
  }

  /// What is wanted, from the used inputs and what was kept.
  func again(_ inputs: some Sequence<Tensor>, _ given: ArraySlice<Tensor>) -> [Tensor] {
    var inside = given.dropFirst(kept.count)
    let variables = usedInputs.map { program.inputs[$0] } + kept
    let values = values(of: zip(variables, Array(inputs) + given.prefix(kept.count))) { index, equation, operands in
      guard runsAgain[index] else { return [] }
      guard let part = parts.first(where: { $0.equation == index })?.part else {
        return equation.primitive.bind(operands)
      }
      let own = inside.prefix(part.keptTypes.count)
      inside = inside.dropFirst(part.keptTypes.count)
      let found = part.again.bind(part.usedOperands.map { operands[$0] } + own)
      var results = [Tensor](repeating: Tensor(.invalid), count: equation.results.count)
      for (place, result) in zip(part.givenResults, found) { results[place] = result }
      return results
    }
    return wanted.map { values[Int($0)] }
  }

  /// The values of the variables where those of some are given, which stay.
  private func values(
    of given: some Sequence<(Int32, Tensor)>, _ run: (Int, Equation, [Tensor]) -> [Tensor]
  ) -> [Tensor] {
    var values = [Tensor](repeating: Tensor(.invalid), count: program.variableCount)
    var isGiven = [Bool](repeating: false, count: program.variableCount)
    for constant in program.constants { values[Int(constant.variable)] = Tensor(constant.value) }
    for (variable, value) in given {
      values[Int(variable)] = value
      isGiven[Int(variable)] = true
    }
    for (index, equation) in program.equations.enumerated() {
      let results = run(index, equation, program.operands(of: equation).map { values[Int($0)] })
      for (variable, result) in zip(equation.results, results) where !isGiven[variable] { values[variable] = result }
    }
    return values
  }
}

/// A loop or a choice of which only a part is computed again.
struct ControlRecomputation {
  /// The same with what is kept as further results.
  let known: any Primitive
  /// The types of what is kept.
  let keptTypes: [TensorType]
  /// From the used operands and what was kept to the results that are needed.
  let again: any Primitive
  /// The places of the operands that `again` takes.
  let usedOperands: [Int]
  /// The places of the results that `again` gives.
  let givenResults: [Int]

  /// The parts of an equation; `nil` where it is to run again as a whole: as everything but choices and loops whose
  /// number of steps is known and which are not checkpointed themselves.
  init?(_ primitive: any Primitive, computing isNeeded: [Bool], _ policy: CheckpointPolicy) {
    switch primitive {
    case let loop as Loop where loop.isStacked: self.init(loop, isNeeded, policy)
    case let choice as Switch: self.init(choice, isNeeded, policy)
    default: return nil
    }
  }

  private init?(_ loop: Loop, _ isNeeded: [Bool], _ policy: CheckpointPolicy) {
    let sweep = loop.sweeps[0]
    let step = sweep.step.program
    let states = loop.fixedCount..<(loop.fixedCount + sweep.stateCount)
    let isPassing = step.inputs.indices.map { states.contains($0) }
    // The states that have to go along: those that are needed at the end, and what these and the stacks are made of.
    var goesAlong = Array(isNeeded[..<sweep.stateCount])
    var part: Recomputation
    var needed: [Int]
    while true {
      needed = isNeeded.indices.filter { $0 < sweep.stateCount ? goesAlong[$0] : isNeeded[$0] }
      part = Recomputation(step, computing: needed.map { step.outputs[$0] }, policy, isPassing: isPassing)
      let used = part.usedInputs.filter { states.contains($0) && !goesAlong[$0 - states.lowerBound] }
      if used.isEmpty { break }
      for input in used { goesAlong[input - states.lowerBound] = true }
    }
    let stateInputs = states.filter { goesAlong[$0 - states.lowerBound] }
    let fixed = part.usedInputs.filter { $0 < states.lowerBound }
    let sliced = part.usedInputs.filter { $0 >= states.upperBound }
    let places = fixed + stateInputs + sliced
    let types = places.map { step.inputTypes[$0] } + part.keptTypes
    let name = step.name + "_again"
    let recorded = Program.tracing(name, types, unreadable: .readInRule(of: name)) { [part] inputs in
      let used = part.usedInputs.map { input in inputs[places.firstIndex(of: input)!] }
      return part.again(used, inputs[places.count...])
    }
    guard let recorded, let known = part.known(step.outputs) else { return nil }
    self.known = Loop(
      length: loop.length, fixedCount: loop.fixedCount, sweeps: [sweep.replacingStep(Subprogram(known))])
    keptTypes = part.keptTypes.map { $0.batched(loop.length ?? 0) }
    again = Loop(
      length: loop.length, fixedCount: fixed.count,
      sweeps: [
        Sweep(
          Subprogram(recorded.program), stateCount: stateInputs.count,
          slicedCount: sliced.count + part.keptTypes.count, isDescending: sweep.isDescending)
      ])
    usedOperands = places
    givenResults = needed
  }

  private init?(_ choice: Switch, _ isNeeded: [Bool], _ policy: CheckpointPolicy) {
    let needed = isNeeded.indices.filter { isNeeded[$0] }
    let branches = choice.branches.map(\.program)
    let parts = branches.map { branch in
      Recomputation(branch, computing: needed.map { branch.outputs[$0] }, policy)
    }
    let residuals = ResidualPlaces(parts.map(\.keptTypes))
    let used = Set(parts.flatMap(\.usedInputs)).sorted()
    var (known, again): ([Subprogram], [Subprogram]) = ([], [])
    for (number, (branch, part)) in zip(branches, parts).enumerated() {
      let places = residuals.places[number]
      guard let whole = part.known(branch.outputs) else { return nil }
      let first = Program.tracing(branch.name, branch.inputTypes, unreadable: .readInRule(of: branch.name)) { inputs in
        let outputs = whole.applied(to: inputs)
        return outputs.prefix(branch.outputs.count)
          + residuals.spread(outputs.dropFirst(branch.outputs.count), branch: number)
      }
      let name = branch.name + "_again"
      let types = used.map { branch.inputTypes[$0] } + residuals.types
      let second = Program.tracing(name, types, unreadable: .readInRule(of: name)) { inputs in
        let given = part.usedInputs.map { input in inputs[used.firstIndex(of: input)!] }
        return part.again(given, places.map { inputs[used.count + $0] }[...])
      }
      guard let first, let second else { return nil }
      known.append(Subprogram(first.program))
      again.append(Subprogram(second.program))
    }
    self.known = Switch(known)
    keptTypes = residuals.types
    self.again = Switch(again)
    usedOperands = [0] + used.map { $0 + 1 }
    givenResults = needed
  }
}
