import ControlPrimitives

/// The program that a function runs at a point: print it, transform it, run it.
///
/// The function's own control flow is followed, so that the program is the path taken at that point. Numbers that the
/// function captured are constants of the program.
public func program(of function: (Tensor) -> Tensor, at point: Tensor, name: String = "f") -> Program {
  recordedProgram(name, [point]) { [function($0[0])] }
}

/// The program that a function of any ``TensorTree`` runs at a point; its inputs and outputs are the trees' tensors in
/// order.
@_disfavoredOverload
public func program<Argument: TensorTree, Result: TensorTree>(
  of function: (Argument) -> Result, at point: Argument, name: String = "f"
) -> Program {
  recordedProgram(name, point.tensors) { function(point.replacingTensors(with: $0)).tensors }
}

/// The program that a function of several arguments runs at a point.
@_disfavoredOverload
public func program<each Argument: TensorTree, Result: TensorTree>(
  of function: (repeat each Argument) -> Result, at points: repeat each Argument, name: String = "f"
) -> Program {
  var inputs: [Tensor] = []
  for point in repeat each points { inputs += point.tensors }
  return recordedProgram(name, inputs) { tensors in
    var rest = tensors[...]
    return function(repeat taking(each points, &rest)).tensors
  }
}

private func recordedProgram(_ name: String, _ inputs: [Tensor], _ function: ([Tensor]) -> [Tensor]) -> Program {
  let state = ThreadState.current
  if inputs.contains(where: \.isInvalid) {
    _ = poisoned("program")
    return Program(name: name)
  }
  let trace = Trace.begin(state, .valued)
  let results = function(inputs.map { trace.input($0) })
  trace.end(state)
  guard let recorded = Program.finishing(trace, name, results) else { return Program(name: name) }
  assertVerified(recorded.program)
  return recorded.program
}

/// In debug builds every program that a transform makes is verified.
func assertVerified(_ program: Program) {
  #if DEBUG
    do throws(TensorError) { try program.verify() } catch { fatalError("\(error)") }
  #endif
}
