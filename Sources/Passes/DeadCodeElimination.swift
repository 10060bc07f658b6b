/// Leaves out equations and constants that no output depends on. The inputs stay.
public struct DeadCodeElimination: Pass {
  /// The pass.
  public init() {}

  public var name: String { "dead code elimination" }

  public func rewritten(_ program: Program) -> Program {
    var isUsed = [Bool](repeating: false, count: program.variableCount)
    for output in program.outputs { isUsed[Int(output)] = true }
    var isKept = [Bool](repeating: false, count: program.equations.count)
    for (index, equation) in program.equations.enumerated().reversed()
    where equation.results.contains(where: { isUsed[$0] }) {
      isKept[index] = true
      for operand in program.operands(of: equation) { isUsed[Int(operand)] = true }
    }
    var rewriter = Rewriter(program) { isUsed[Int($0.variable)] }
    for index in program.equations.indices where isKept[index] { rewriter.keep(index) }
    return rewriter.finished()
  }
}
