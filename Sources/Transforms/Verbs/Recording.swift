import ControlPrimitives

/// What a function did at one point: the tape, which variables its results are, and the results themselves.
struct Recording<Result: TensorTree> {
  let tape: Tape
  /// The variables of the results' tensors, in order; `nil` for a result that does not depend on the argument.
  let outputs: [Int32?]
  /// The results, one level further out.
  let value: Result
}

/// Records a function at a point, carrying values, so that the function's own control flow works.
func record<Argument: TensorTree, Result: TensorTree>(
  _ function: (Argument) -> Result, at point: Argument
) -> Recording<Result> {
  let state = ThreadState.current
  let trace = Trace.begin(state, .linearized)
  point.checkCompleteness()
  var argument = point
  argument.forEachTensor { $0 = $0.isInvalid ? $0 : trace.input($0) }
  var result = function(argument)
  result.checkCompleteness()
  var outputs: [Int32?] = []
  result.forEachTensor { tensor in
    let variable = trace.ownVariable(of: tensor)
    outputs.append(variable)
    if let variable { tensor = trace.tape.values[Int(variable)] }
  }
  trace.end(state)
  return Recording(tape: trace.tape, outputs: outputs, value: result)
}
