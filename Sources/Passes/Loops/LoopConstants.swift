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
    var changed: [Int: (loop: PlainLoop, operands: [Int32], primitive: any Primitive)] = [:]
    for (index, equation) in program.equations.enumerated() {
      guard let loop = PlainLoop(equation, in: program), loop.fixed.contains(where: known.contains) else { continue }
      var step = Program(name: loop.step.name)
      let kept = loop.fixed.filter { !known.contains($0) }
      let inputs = loop.fixed.indices.map { place -> Int32 in
        known.contains(loop.fixed[place]) ? -1 : step.addInput(loop.step.types[Int(loop.step.inputs[place])])
      }
      let others = loop.step.inputs[loop.fixed.count...].map { step.addInput(loop.step.types[Int($0)]) }
      let all = zip(inputs, loop.fixed).map { $0 == -1 ? known.add($1, to: &step) : $0 } + others
      step.outputs = step.append(loop.step, all)
      changed[index] = (
        loop, kept + loop.states + loop.slices,
        loop.with(
          step: step, fixedCount: kept.count, stateCount: loop.states.count, slicedCount: loop.slices.count)
      )
    }
    if changed.isEmpty { return program }
    var rewriter = Rewriter(program)
    for index in program.equations.indices {
      guard let (loop, operands, primitive) = changed[index] else {
        rewriter.keep(index)
        continue
      }
      let results = loop.lastStates + loop.stacks
      let first = rewriter.add(
        primitive, operands.map { rewriter.variable(for: $0) }, types: results.map { program.types[Int($0)] },
        location: program.location(of: index))
      for (offset, result) in results.enumerated() {
        rewriter.define(result, like: first + Int32(truncatingIfNeeded: offset))
      }
    }
    return rewriter.finished()
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
  func add(_ variable: Int32, to other: inout Program) -> Int32 {
    var part = Program(name: "constants")
    func constant(_ value: HostTensor) -> Int32 {
      let number = Int32(truncatingIfNeeded: part.types.count)
      part.types.append(value.type)
      part.constants.append(Program.Constant(variable: number, value: value))
      return number
    }
    if let value = values[variable] {
      part.outputs = [constant(value)]
    } else if let index = equations[variable] {
      part.addEquation(
        program.equations[index].primitive,
        program.operands(of: program.equations[index]).compactMap { values[$0] }.map(constant),
        program.types[Int(variable)])
    }
    return other.append(part, [])[0]
  }
}

extension Program {
  /// Adds an equation of one result, which is the output.
  fileprivate mutating func addEquation(_ primitive: any Primitive, _ operands: [Int32], _ type: TensorType) {
    let result = Int32(truncatingIfNeeded: types.count)
    let firstOperand = operandTable.count
    operandTable.append(contentsOf: operands)
    equations.append(
      Equation(
        primitive, firstOperand: firstOperand, operandCount: operands.count, firstResult: types.count, resultCount: 1))
    types.append(type)
    outputs = [result]
  }
}
