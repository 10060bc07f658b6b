import Jacobi

extension LawSubject {
  /// The derivative that the primitive states for an operand, at the operands' values.
  func differentialOfOwnTape(operand: Int) -> LinearMap {
    let state = ThreadState.current
    let trace = Trace.beginValued(state)
    _ = primitive.bind(operands.map { trace.input($0) })
    trace.end(state)
    guard let equation = trace.tape.equations.first else { return .zero }
    return withExtendedLifetime(trace.tape) { primitive.differential(of: operand, at: EquationPoint(trace.tape, equation)) }
  }
}
