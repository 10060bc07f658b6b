/// A program as one equation: its operands are the program's inputs, its results the outputs.
///
/// ``subprogram(_:_:)`` and functions under `jit` record it. Programs that call others stay as small as the functions they come from, and so do
/// their derivatives: those are calls again.
public struct Call: ProgramCarrying {
  public static let name = "call"

  /// What is called.
  public let program: Subprogram
  /// What runs the program as a whole, by the name of an engine; `nil` runs it equation by equation.
  public let runner: String?

  /// A call of a shared program.
  public init(_ program: Subprogram, runner: String? = nil) {
    self.program = program
    self.runner = runner
  }

  /// A call of a program.
  public init(_ program: Program) { self.init(Subprogram(program)) }

  public var subprograms: [Subprogram] { [program] }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    try checkDepth()
    try program.program.check(operands)
    return program.program.outputTypes
  }

  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    try program.evaluate(operands, runner: runner)
  }

  /// A call of the batched program.
  public func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
    let all = program.program.outputs.map { _ in true }
    guard let batched = program.batched(isBatched, size: size, outputs: all) else { return [Tensor(.invalid)] }
    return Call(batched, runner: runner).bind(operands)
  }

  public static var samples: [PrimitiveSample] {
    var builder = ProgramBuilder(name: "sample")
    let x = builder.input(TensorType(.float64, [2, 3]))
    let y = builder.input(TensorType(.float64, [2, 3]))
    // The operands have the types that the primitives take, so that this cannot fail.
    guard let product = try? builder.add(Multiply(), [x, y]), let sine = try? builder.add(Sin(), product),
      let sum = try? builder.add(Sum(axes: [1]), sine), let program = try? builder.finish(sum + product)
    else { return [] }
    return [PrimitiveSample(Call(program), [OperandSample([2, 3]), OperandSample([2, 3])], dtypes: [.float64])]
  }
}
