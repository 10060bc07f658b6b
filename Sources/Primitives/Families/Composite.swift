/// An operation that is kept under one name but defined by a body in other operations.
///
/// The author writes the body and the derivative, which may be better than the body's own: stable, and right at the
/// edges. Types, evaluation and batching are derived from the body; any part may be overridden. Engines that have no
/// code of their own for the operation use the body.
public protocol CompositePrimitive: Primitive {
  /// The element types of the operands that the body is defined for.
  static var dtypes: [DType] { get }

  /// The number of operands.
  static var arity: Int { get }

  /// Checks the parameters beside operands of these types, whose number and element types are right.
  func checkParameters(_ operands: [TensorType]) throws(TensorError)

  /// The results in terms of public operations. Invalid tensors stand for an error that has been reported.
  func body(_ operands: [Tensor]) -> [Tensor]
}

extension CompositePrimitive {
  /// One.
  public static var arity: Int { 1 }

  /// Nothing: there are no parameters that could be wrong.
  public func checkParameters(_ operands: [TensorType]) throws(TensorError) {}

  /// Composite.
  public var traits: PrimitiveTraits { .composite }

  /// The body.
  public func lowering(of operands: [TensorType]) -> Lowering { .program(Self.name, operands) { body($0) } }

  /// The types that the body's results have, found by tracing it.
  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    try checkOperands(operands)
    return try named { () -> [TensorType] in
      let state = ThreadState.current
      let trace = Trace.begin(state, .abstract(unreadable: Self.unreadable))
      let types = body(operands.map { trace.input($0) }).map(\.type)
      trace.end(state)
      state.recycle(trace.tape)
      return types
    }
  }

  /// The body on numbers.
  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    try checkOperands(operands.map(\.type))
    return try evaluateBody(operands)
  }

  /// The body on numbers whose types have been checked.
  package func evaluateBody(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    try named { body(operands.map { Tensor($0) }).compactMap(\.fetched.host) }
  }

  /// The body on numbers, which checks the type.
  public func evaluate(_ x: HostTensor) throws(TensorError) -> HostTensor { try evaluate([x])[0] }

  /// The body's operations on the whole batch, one after the other.
  public func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
    let state = ThreadState.current
    let trace = Trace.begin(state, .abstract(unreadable: Self.unreadable))
    let examples = zip(operands, isBatched).map { operand, isBatched in
      let type = operand.type
      return trace.input(isBatched ? TensorType(type.dtype, type.shape.removing([0])) : type)
    }
    let results = body(examples).map { $0.isInvalid ? nil : trace.variable(of: $0) }
    trace.end(state)
    let tape = trace.tape
    let interpreter = BatchInterpreter(
      running: tape.equations, tape.operandTable, places: [], size: size, values: tape.values,
      inputs: 0..<operands.count,
      arguments: operands, argumentsAreBatched: isBatched)
    return results.map { variable in variable.map(interpreter.batchedValue) ?? Tensor(.invalid) }
  }

  /// Checks the number of the operands, their element types, and what the parameters ask of them.
  func checkOperands(_ operands: [TensorType]) throws(TensorError) {
    guard operands.count == Self.arity else {
      throw TensorError(.program, Self.name, "takes \(Self.arity) operands, not \(operands.count)")
    }
    guard let wrong = operands.first(where: { !Self.dtypes.contains($0.dtype) }) else {
      return try checkParameters(operands)
    }
    throw TensorError(
      .dtype, Self.name, "is not defined for \(wrong.dtype)",
      hint: wrong.dtype.isComplex ? "take a real part or a magnitude" : "convert first: x.asType(.\(Self.dtypes[0]))")
  }

  /// The type of an operand without some axes, for bodies that need not be traced to know it.
  func reducedTypes(
    _ operands: [TensorType], _ axes: [Int], _ dtype: (DType) -> DType
  ) throws(TensorError) -> [TensorType] {
    try checkOperands(operands)
    return [TensorType(dtype(operands[0].dtype), operands[0].shape.removing(axes))]
  }

  /// Runs a closure that reports errors, and throws the first one under the composite's own name.
  private func named<Result>(_ run: () -> Result) throws(TensorError) -> Result {
    try naming(Self.name, run)
  }

  private static var unreadable: TensorError {
    TensorError(.tracing, name, "the body of a composite primitive reads a value")
  }
}

extension Lowering {
  /// The program of a function in other operations, which reads no value and uses no tensor from outside.
  package static func program(_ name: String, _ operands: [TensorType], _ body: ([Tensor]) -> [Tensor]) -> Lowering {
    let unreadable = TensorError(.tracing, name, "the body of a composite primitive reads a value")
    let scope = ErrorScope(isLocating: false)
    defer { scope.close() }
    let recorded = ErrorScope.$innermost.withValue(scope) {
      Program.tracing(name, operands, unreadable: unreadable, outside: .recorded, body)
    }
    guard let recorded, recorded.captures.isEmpty else { return .host }
    return .program(Subprogram(recorded.program))
  }
}
