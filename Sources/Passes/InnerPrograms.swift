/// Runs a pipeline over the programs inside of equations: bodies of loops, branches, functions that are called, rules.
///
/// Each program is rewritten once, however often it stands anywhere.
public struct InnerPrograms: Pass {
  /// What is run over them.
  public var pipeline: PassPipeline

  /// The pass.
  ///
  /// - Parameter pipeline: what is run over the programs inside; it need not have this pass in it to go deeper.
  public init(_ pipeline: PassPipeline) { self.pipeline = pipeline }

  public var name: String { "programs inside" }

  public func rewritten(_ program: Program) -> Program {
    var changed: [Int: any Primitive] = [:]
    for (index, equation) in program.equations.enumerated() {
      guard let control = equation.primitive.control else {
        continue
      }
      let before = control.subprograms
      let after = before.map(rewritten)
      if after != before { changed[index] = control.replacingSubprograms(after) }
    }
    if changed.isEmpty { return program }
    var rewriter = Rewriter(program)
    for index in program.equations.indices { rewriter.keep(index, as: changed[index]) }
    return rewriter.finished()
  }

  /// What a program became, or that it stays; kept with the program, which must not hold itself.
  private enum Outcome: Sendable {
    case stays
    case becomes(Subprogram)
  }

  private func rewritten(_ subprogram: Subprogram) -> Subprogram {
    let title = "rewritten by " + pipeline.passes.map(\.name).joined(separator: ", ")
    let outcome = try? subprogram.attachment(.named(title)) { () throws(TensorError) -> Outcome in
      var program = self.rewritten(subprogram.program)
      program = try pipeline.run(program)
      let result = Subprogram(program)
      return result == subprogram ? .stays : .becomes(result)
    }
    // What a pass could not rewrite without a mistake stays as it was.
    if case .becomes(let result) = outcome { return result }
    return subprogram
  }
}
