/// A program as one equation: its operands are the program's inputs, its results the outputs.
///
/// ``subprogram(_:_:)`` records it. Programs that call others stay as small as the functions they come from, and so do
/// their derivatives: those are calls again.
public struct Call: ProgramCarrying {
  public static let name = "call"

  /// What is called.
  public let program: Subprogram

  /// A call of a shared program.
  public init(_ program: Subprogram) { self.program = program }

  /// A call of a program.
  public init(_ program: Program) { self.init(Subprogram(program)) }

  public var subprograms: [Subprogram] { [program] }

  public var traits: PrimitiveTraits { .control }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    guard program.depth <= Subprogram.largestDepth else {
      throw TensorError(
        .program, Self.name, "calls nest \(program.depth) deep; at most \(Subprogram.largestDepth) are possible",
        hint: "call a function directly where it need not be kept as a program of its own")
    }
    try program.program.check(operands)
    return program.program.outputTypes
  }

  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    try program.evaluate(operands)
  }

  /// Not asked for: derivatives treat the call as a whole.
  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap { .zero }

  /// The derivative of the call as a whole. It is written with the transforms, in a module above this one, as this
  /// type's conformance to ``ControlPrimitive``.
  public var asControl: (any ControlPrimitive)? { (self as Any) as? any ControlPrimitive }

  /// A call of the batched program.
  public func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
    let key = DerivedPrograms.Key(program: program, kind: .batched(size), mask: isBatched)
    let batched = DerivedPrograms.shared.value(for: key) {
      program.program.batched(isBatched, size: size).map { Call($0) }
    }
    guard let batched else { return [Tensor(.invalid)] }
    return batched.bind(operands)
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

extension Program {
  /// The program of a whole batch, all of whose outputs have the batch axis in front; `nil` when an operation was
  /// invalid, which has been reported.
  fileprivate func batched(_ isBatched: [Bool], size: Int) -> Program? {
    let types = zip(inputTypes, isBatched).map { type, isBatched in isBatched ? type.batched(size) : type }
    let unreadable = TensorError(.tracing, "vmap", "the rule of an operation reads the value of a batch")
    return Program.tracing(name, types, unreadable: unreadable) { arguments in
      batchedOutputs(arguments, isBatched, size: size)
    }?.program
  }

  private func batchedOutputs(_ arguments: [Tensor], _ isBatched: [Bool], size: Int) -> [Tensor] {
    var values = [Tensor](repeating: Tensor(.invalid), count: variableCount)
    var hasBatch = [Bool](repeating: false, count: variableCount)
    for (index, variable) in inputs.enumerated() {
      values[Int(variable)] = arguments[index]
      hasBatch[Int(variable)] = isBatched[index]
    }
    for constant in constants { values[Int(constant.variable)] = Tensor(constant.value) }
    for equation in equations {
      let operands = operands(of: equation)
      let flags = operands.map { hasBatch[Int($0)] }
      let given = operands.map { values[Int($0)] }
      let isAnyBatched = flags.contains(true)
      let results =
        isAnyBatched
        ? equation.primitive.batched(given, isBatched: flags, size: size) : equation.primitive.bind(given)
      for (variable, result) in zip(equation.results, results) {
        values[variable] = result
        hasBatch[variable] = isAnyBatched
      }
    }
    return outputs.map { variable in
      let value = values[Int(variable)]
      if value.isInvalid { return value }
      return hasBatch[Int(variable)] ? value : value.repeatedAlongNewAxis(size)
    }
  }
}
