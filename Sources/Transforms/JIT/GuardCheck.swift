import Engines
import ControlPrimitives

/// How the guards of a program, which are its last outputs, are computed in order and without what comes after them.
enum GuardCheck: Sendable {
  /// By compiled programs, one after the other.
  case stages([GuardStage])
  /// On the host, each equation at most once, from an output on.
  case oneByOne(Program, from: Int)

  /// Each stage computes anew what it needs of those before it.
  private static var largestStageCount: Int { 8 }

  /// By stages where they are few.
  init(_ program: Program, from first: Int) {
    let starts = GuardStage.starts(in: program, from: first)
    self =
      starts.count <= Self.largestStageCount
      ? .stages(GuardStage.stages(of: program, from: first, starts)) : .oneByOne(program, from: first)
  }

  /// Calls the closure with each guard in order, until it returns `false`.
  ///
  /// - Throws: an error when a guard cannot be computed.
  func run(
    _ inputs: [Tensor], on engine: (any Engine)?, _ body: (Int, HostTensor) -> Bool
  ) throws(TensorError) {
    switch self {
    case .stages(let stages):
      for stage in stages {
        let values = try CompiledProgram.of(stage.program, on: engine).run(inputs)
        for (index, value) in zip(stage.guards, values) where !body(index, try value.hostValue(.free)) { return }
      }
    case .oneByOne(let program, let first):
      var values = [HostTensor?](repeating: nil, count: program.variableCount)
      for (variable, input) in zip(program.inputs, inputs) { values[Int(variable)] = try input.hostValue(.free) }
      for constant in program.constants { values[Int(constant.variable)] = constant.value }
      var slicer = GuardSlicer(program)
      for (index, variable) in program.outputs[first...].enumerated() {
        for equation in slicer.needed(for: variable).map({ program.equations[$0] }) {
          let operands = program.operands(of: equation).compactMap { values[Int($0)] }
          let results = try equation.primitive.evaluate(operands)
          for (variable, result) in zip(equation.results, results) { values[variable] = result }
        }
        guard let value = values[Int(variable)] else { return }
        if !body(index, value) { return }
      }
    }
  }
}

/// Guards that can be computed together, once those before them are known to be the same: nothing among them fails or runs
/// on because an earlier guard is another one.
struct GuardStage: Sendable {
  /// Which guards.
  let guards: Range<Int>
  /// From the inputs to these guards.
  let program: Subprogram

  /// Where stages begin: where an equation that may fail, or has programs in it, is needed for the first time.
  static func starts(in program: Program, from first: Int) -> [Int] {
    var slicer = GuardSlicer(program)
    return program.outputs[first...].enumerated().compactMap { place, variable in
      let isSafe = slicer.needed(for: variable).allSatisfy { program.isSafeToHoist(program.equations[$0]) }
      return place == 0 || !isSafe ? place : nil
    }
  }

  static func stages(of program: Program, from first: Int, _ starts: [Int]) -> [GuardStage] {
    let guards = Array(program.outputs[first...])
    return zip(starts, starts.dropFirst() + [guards.count]).map { start, end in
      GuardStage(
        guards: start..<end,
        program: Subprogram(program.computing(Array(guards[start..<end]), from: program.inputs)))
    }
  }
}

/// Finds which equations one variable after another needs, each equation once.
private struct GuardSlicer {
  private let program: Program
  private let producer: [Int]
  private var isTaken: [Bool]

  init(_ program: Program) {
    self.program = program
    var producer = [Int](repeating: -1, count: program.variableCount)
    for (index, equation) in program.equations.enumerated() {
      for result in equation.results { producer[result] = index }
    }
    self.producer = producer
    isTaken = [Bool](repeating: false, count: program.equations.count)
  }

  /// The equations that a variable needs and that have not been given before, in order.
  mutating func needed(for variable: Int32) -> [Int] {
    var needed: [Int] = []
    var pending = [variable]
    while let next = pending.popLast() {
      let index = producer[Int(next)]
      if index < 0 || isTaken[index] { continue }
      isTaken[index] = true
      needed.append(index)
      pending += program.operands(of: program.equations[index])
    }
    return needed.sorted()
  }
}
