/// Puts constants that a loop takes as fixed operands into its steps, where other passes see them: numbers, tensors that
/// repeat one, and what is as cheap to compute from them as to read, such as a number repeated. Recording moves these out of
/// loops with all else that is the same in every step.
public struct LoopConstants: Pass {
  /// The pass.
  public init() {}

  public var name: String { "loop constants" }

  public func rewritten(_ program: Program) -> Program {
    guard program.equations.contains(where: { $0.primitive is any LoopPrimitive }) else { return program }
    let known = SmallConstants(program)
    var rewriter = Rewriter(program)
    var hasChanged = false
    for (index, equation) in program.equations.enumerated() {
      guard let loop = PlainLoop(equation, in: program), loop.fixed.contains(where: known.contains) else {
        rewriter.keep(index)
        continue
      }
      hasChanged = true
      let kept = loop.fixed.filter { !known.contains($0) }
      let primitive = loop.with(
        step: step(of: loop, with: known), fixedCount: kept.count, stateCount: loop.states.count,
        slicedCount: loop.slices.count)
      rewriter.add(
        primitive, (kept + loop.states + loop.slices).map { rewriter.variable(for: $0) }, for: loop.results,
        place: program.place(of: index))
    }
    return hasChanged ? rewriter.finished() : program
  }

  /// A step with its constants in it: the other inputs come first, as before.
  private func step(of loop: PlainLoop, with known: SmallConstants) -> Program {
    var step = Program(name: loop.step.name)
    var inputs = loop.step.inputs.enumerated().map { place, input -> Int32? in
      let isConstant = place < loop.fixed.count && known.contains(loop.fixed[place])
      return isConstant ? nil : step.addInput(loop.step.types[Int(input)])
    }
    for (place, operand) in loop.fixed.enumerated() where inputs[place] == nil {
      inputs[place] = known.add(operand, to: &step)
    }
    step.outputs = step.append(loop.step, inputs.compactMap { $0 })
    return step
  }
}

/// The variables of a program that are small constants, or cheap functions of them.
private struct SmallConstants {
  private let program: Program
  private var values: [Int32: HostTensor] = [:]
  /// The equations whose operands are all such constants.
  private var equations: [Int32: Int] = [:]

  /// Up to so many different elements are put into steps.
  private static var largestCount: Int { 16 }

  init(_ program: Program) {
    self.program = program
    for constant in program.constants
    where constant.value.count <= Self.largestCount || constant.value.repeatedElement != nil {
      values[constant.variable] = constant.value
    }
    for (index, equation) in program.equations.enumerated() where equation.resultCount == 1 {
      let operands = program.operands(of: equation)
      guard !operands.isEmpty, operands.allSatisfy({ values[$0] != nil }) else { continue }
      let lowering = equation.primitive.lowering(of: operands.map { program.types[Int($0)] })
      if lowering.isFunctionOfElements && lowering.ownCost < 5 {
        equations[Int32(truncatingIfNeeded: equation.results.lowerBound)] = index
      }
    }
  }

  func contains(_ variable: Int32) -> Bool { values[variable] != nil || equations[variable] != nil }

  /// Adds what makes a variable to a program; the variable there.
  func add(_ variable: Int32, to other: inout Program) -> Int32? {
    if let value = values[variable] { return other.addConstant(value) }
    guard let index = equations[variable] else { return nil }
    let equation = program.equations[index]
    let operands = program.operands(of: equation).compactMap { values[$0] }.map { other.addConstant($0) }
    return other.append(equation.primitive, operands, types: [program.types[Int(variable)]])
  }
}
