/// A program as one equation: its operands are the program's inputs, its results the outputs.
///
/// ``subprogram(_:_:)`` records it. Programs that call others stay as small as the functions they come from, and so do
/// their derivatives: those are calls again.
public struct Call: ProgramCalling {
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

/// A primitive whose operands are the inputs of one program, and whose results are its outputs.
protocol ProgramCalling: ProgramCarrying {
  /// What is called.
  var program: Subprogram { get }

  /// The same with another program.
  func calling(_ program: Subprogram) -> Self
}

extension ProgramCalling {
  public var subprograms: [Subprogram] { [program] }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    try checkDepth()
    try program.program.check(operands)
    return program.program.outputTypes
  }

  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    try program.evaluate(operands)
  }

  /// A call of the batched program.
  public func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
    let all = program.program.outputs.map { _ in true }
    guard let batched = program.batched(isBatched, size: size, outputs: all) else { return [Tensor(.invalid)] }
    return calling(batched).bind(operands)
  }
}
