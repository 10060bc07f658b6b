/// Computes what is the same once: equal primitives on the same operands, and constants with the same bits. The operands
/// of a commutative primitive may stand in either order.
public struct CommonSubexpressionElimination: Pass {
  /// The pass.
  public init() {}

  public var name: String { "common subexpression elimination" }

  /// What makes two equations the same.
  private struct Key: Hashable {
    var primitive: AnyHashable
    var operands: [Int32]
  }

  public func rewritten(_ program: Program) -> Program {
    var firstConstant: [HostTensor: Int32] = [:]
    var duplicates: [(variable: Int32, first: Int32)] = []
    for constant in program.constants {
      if let first = firstConstant[constant.value] {
        duplicates.append((constant.variable, first))
      } else {
        firstConstant[constant.value] = constant.variable
      }
    }
    let dropped = Set(duplicates.map(\.variable))
    var rewriter = Rewriter(program) { !dropped.contains($0.variable) }
    for (variable, first) in duplicates { rewriter.define(variable, like: rewriter.variable(for: first)) }

    // The results of each equation that has been kept.
    var known: [Key: Range<Int>] = [:]
    for (index, equation) in program.equations.enumerated() {
      var operands = rewriter.operands(of: equation)
      if equation.primitive.traits.contains(.commutative) { operands.sort() }
      let key = Key(primitive: AnyHashable(equation.primitive), operands: operands)
      if let first = known[key] {
        for (variable, first) in zip(equation.results, first) {
          rewriter.define(
            Int32(truncatingIfNeeded: variable),
            like: rewriter.variable(for: Int32(truncatingIfNeeded: first)))
        }
      } else {
        known[key] = equation.results
        rewriter.keep(index)
      }
    }
    return rewriter.finished()
  }
}
