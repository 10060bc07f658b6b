/// Computes equations whose operands are all constants, and puts their results into the program.
///
/// A result is kept as a constant when it is small; a larger one when it is no larger than what it is computed from, and not
/// computed anew as fast as read: the program does not grow, and no second table is read beside the first. What contains programs is not
/// run: that may take long. An equation that fails stays, and fails when the
/// program runs.
public struct ConstantFolding: Pass {
  /// Results of up to this many bytes are always kept.
  public var smallByteCount: Int

  /// The pass.
  public init(smallByteCount: Int = 1024) { self.smallByteCount = smallByteCount }

  public var name: String { "constant folding" }

  public func rewritten(_ program: Program) -> Program {
    var values = [HostTensor?](repeating: nil, count: program.variableCount)
    for constant in program.constants { values[Int(constant.variable)] = constant.value }
    var isFolded = [Bool](repeating: false, count: program.equations.count)
    for (index, equation) in program.equations.enumerated() {
      guard let results = folded(equation, program, values) else { continue }
      isFolded[index] = true
      for (variable, result) in zip(equation.results, results) { values[variable] = result }
    }
    // What is still used: operands of equations that stay, and outputs.
    var isUsed = [Bool](repeating: false, count: program.variableCount)
    for output in program.outputs { isUsed[Int(output)] = true }
    for (index, equation) in program.equations.enumerated() where !isFolded[index] {
      for operand in program.operands(of: equation) { isUsed[Int(operand)] = true }
    }
    var rewriter = Rewriter(program) { isUsed[Int($0.variable)] }
    for (index, equation) in program.equations.enumerated() {
      if !isFolded[index] {
        rewriter.keep(index)
        continue
      }
      for variable in equation.results where isUsed[variable] {
        if let value = values[variable] { rewriter.define(Int32(truncatingIfNeeded: variable), as: value) }
      }
    }
    return rewriter.finished()
  }

  /// The results of an equation that is to be folded.
  private func folded(_ equation: Equation, _ program: Program, _ values: [HostTensor?]) -> [HostTensor]? {
    let operands = program.operands(of: equation).compactMap { values[Int($0)] }
    // Without operands a primitive makes large tensors out of nothing, such as a range.
    guard !operands.isEmpty, operands.count == Int(equation.operandCount),
      !equation.primitive.traits.contains(.control)
    else { return nil }
    let lowering = equation.primitive.lowering(of: operands.map(\.type))
    let isCheap = lowering.isFunctionOfElements && lowering.ownCost < 5
    let operandBytes = operands.reduce(0) { $0 &+ ($1.type.byteCount ?? 0) }
    for variable in equation.results {
      guard let bytes = program.types[variable].byteCount else { return nil }
      if bytes > smallByteCount && (bytes > operandBytes || isCheap) { return nil }
    }
    guard let results = try? equation.primitive.evaluate(operands),
      results.map(\.type) == equation.results.map({ program.types[$0] })
    else { return nil }
    return results
  }
}
