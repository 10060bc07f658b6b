/// A program as one equation: its operands are the program's inputs, its results the outputs.
///
/// ``subprogram(_:_:)`` and functions under `jit` record it. Programs that call others stay as small as the functions they
/// come from, and so do their derivatives: those are calls again.
public struct Call: ProgramCall {
  public static let name = "call"

  /// What is called.
  public let program: Subprogram
  /// The engine that runs the program as a whole; `nil` runs it equation by equation.
  public let runner: EngineID?

  /// A call of a shared program.
  public init(_ program: Subprogram, runner: EngineID? = nil) {
    self.program = program
    self.runner = runner
  }

  /// A call of a program.
  public init(_ program: Program) { self.init(Subprogram(program)) }

  public var ports: ControlPorts { ControlPorts(calling: program) }

  package func calling(_ program: Subprogram) -> Call { Call(program, runner: runner) }

  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    try program.evaluate(operands, runner: runner)
  }

  public func evaluate(placed operands: [PlacedTensor]) throws(TensorError) -> [PlacedTensor]? {
    try program.evaluate(placed: operands, runner: runner)
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
