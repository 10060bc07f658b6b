/// Runs passes over programs with loops in them, at any depth; other programs stay as they are.
public struct LoopPasses: Pass {
  /// What is run, one after the other.
  public var pipeline: PassPipeline

  /// The pass.
  public init(_ pipeline: PassPipeline) { self.pipeline = pipeline }

  public var name: String { "loops: " + pipeline.passes.map(\.name).joined(separator: ", ") }

  public func rewritten(_ program: Program) -> Program {
    // What a pass could not rewrite without a mistake stays as it was.
    program.hasLoops ? (try? pipeline.run(program)) ?? program : program
  }
}

extension Program {
  fileprivate var hasLoops: Bool {
    equations.contains { equation in
      guard let control = equation.primitive.control else { return false }
      return control is any LoopPrimitive || control.subprograms.contains { $0.hasLoops }
    }
  }
}

extension Subprogram {
  /// Kept with the program, as many others may have it in them.
  fileprivate var hasLoops: Bool {
    (try? attachment(.named("has loops")) { () throws(TensorError) in program.hasLoops }) ?? false
  }
}
