@_exported import ProgramModule

/// A rewriting of programs that keeps what they compute: the same outputs, bit for bit, for the same inputs.
///
/// A pass asks primitives for facts, their traits and lowerings, never for their names.
public protocol Pass: Sendable {
  /// A name for people, such as `dead code elimination`.
  var name: String { get }

  /// The program that computes the same.
  func rewritten(_ program: Program) -> Program
}

/// Passes one after another.
public struct PassPipeline: Sendable {
  /// The passes in order.
  public var passes: [any Pass]

  /// A pipeline of passes.
  public init(_ passes: [any Pass]) { self.passes = passes }

  /// Folds constants, leaves out operations that do nothing, merges equal equations, and leaves out what nobody uses; joins
  /// loops, leaves out of them what nobody uses, and moves out of them what is the same in every step. All of that also in
  /// the programs inside.
  public static let standard = PassPipeline(
    flat.everywhere.passes + [LoopPasses(PassPipeline(loops.everywhere.passes + flat.everywhere.passes))])

  /// The passes over the equations of one program.
  private static let flat = PassPipeline([
    ConstantFolding(), AlgebraicSimplification(), CommonSubexpressionElimination(), DeadCodeElimination(),
  ])

  /// The passes over the loops of one program.
  private static let loops = PassPipeline([
    LoopTrimming(), LoopFusion(), LoopConstants(), LoopTrimming(), LoopInvariantMotion(), LoopTrimming(),
  ])

  /// These passes over the programs inside, and then over the program.
  private var everywhere: PassPipeline { PassPipeline([InnerPrograms(self)] + passes) }

  /// The program after all passes. In debug builds it is verified after each of them.
  ///
  /// - Throws: an error that names the pass whose result is not well formed.
  public func run(_ program: Program) throws(TensorError) -> Program {
    #if DEBUG
      try run(program, isVerifying: true)
    #else
      try run(program, isVerifying: false)
    #endif
  }

  /// The program after all passes.
  ///
  /// - Throws: when verifying, an error that names the pass whose result is not well formed.
  package func run(_ program: Program, isVerifying: Bool) throws(TensorError) -> Program {
    var program = program
    for pass in passes {
      program = pass.rewritten(program)
      guard isVerifying else { continue }
      do throws(TensorError) {
        try program.verify()
      } catch {
        var error = error
        error.message = "after \(pass.name): \(error.message)"
        throw error
      }
    }
    return program
  }
}
