/// A program as one equation: its operands are the program's inputs, its results the outputs.
///
/// ``subprogram(_:_:)`` records it. Programs that call others stay as small as the functions they come from, and so do
/// their derivatives: those are calls again.
public struct Call: ProgramCall {
  public static let name = "call"

  /// What is called.
  public let program: Subprogram

  /// A call of a shared program.
  public init(_ program: Subprogram) { self.program = program }

  /// A call of a program.
  public init(_ program: Program) { self.init(Subprogram(program)) }

  func calling(_ program: Subprogram) -> Call { Call(program) }

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
