import Linearization

/// A program in two parts: what runs at once, and what is computed again later, with what a policy keeps in between.
///
/// What is kept may lie in the steps of a loop, of which there is then one slice for each step, or in a branch.
struct Recomputation: Sendable {
  private let program: Program
  /// What is computed again.
  private let wanted: [Int32]
  /// The variables that are kept.
  private var kept: [Int32] = []
  /// The inputs that the second part needs.
  private(set) var usedInputs: [Int] = []
  /// Whether each equation runs again.
  private var runsAgain: [Bool]
  /// The operations with programs that do, by the number of their equation, with what is kept inside.
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
      if let part = equation.primitive.control?.recomputation(computing: isNeeded, policy) {
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

  /// The types of what is kept: variables of the program, then what operations with programs keep.
  var keptTypes: [TensorType] { kept.map { program.types[Int($0)] } + parts.flatMap(\.part.keptTypes) }

  /// Whether operations with programs keep something inside.
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
    for constant in program.constants { values[Int(constant.variable)] = Tensor(constant.value) }
    var known: [Int: Tensor] = [:]
    for (variable, value) in given {
      values[Int(variable)] = value
      known[Int(variable)] = value
    }
    program.equations.replay(program.operandTable, program.places, &values) { index, equation, operands in
      zip(equation.results, run(index, equation, operands)).map { known[$0] ?? $1 }
    }
    return values
  }
}
