extension Program {
  /// The program of a closure over tensors of which only the types are known.
  ///
  /// - Parameters:
  ///   - unreadable: the error when the closure reads a value.
  ///   - outside: what happens to operations on tensors from outside alone.
  /// - Returns: the program, and the tensors from outside that the closure used and that are not plain numbers: they are
  ///   further inputs, after the given ones. `nil` when an operation was invalid; the error has been reported.
  package static func tracing(
    _ name: String, _ inputs: [TensorType], unreadable: TensorError,
    outside: Trace.OutsideOperations = .immediate, _ body: ([Tensor]) -> [Tensor]
  ) -> (program: Program, captures: [Tensor])? {
    let state = ThreadState.current
    let trace = Trace.begin(state, .abstract(unreadable: unreadable, outside: outside))
    let results = body(inputs.map { trace.input($0) })
    trace.end(state)
    defer { state.recycle(trace.tape) }
    return Program.finishing(trace, name, results)
  }

  /// The program that a trace has recorded, with the given results. A tensor from outside that was used several times is
  /// one input, or one constant.
  package static func finishing(
    _ trace: Trace, _ name: String, _ results: [Tensor]
  ) -> (program: Program, captures: [Tensor])? {
    if results.contains(where: \.isInvalid) { return nil }
    var program = Program(name: name)
    let outputs = results.map { trace.variable(of: $0) }
    let tape = trace.tape
    program.types = tape.types.isEmpty ? tape.values.map(\.type) : tape.types
    program.inputs = (0..<tape.inputCount).map(Int32.init)
    program.equations = tape.equations
    program.places = tape.places.withoutSharedCalls
    var captures: [Tensor] = []
    var firstUse: [Capture: Int32] = [:]
    // What a variable is replaced by: the first capture of the same tensor.
    var replacement = Array(0..<Int32(tape.values.count))
    for (position, variable) in tape.captured.enumerated() {
      // Constants of programs are in the memory of the host.
      let value = trace.capturedTensor(position).fetched
      let key = value.host.map { Capture.constant($0) } ?? Capture.variable(of: value)
      if let first = firstUse[key] {
        replacement[Int(variable)] = first
        continue
      }
      firstUse[key] = variable
      if let host = value.host {
        program.constants.append(Constant(variable: variable, value: host))
      } else {
        program.inputs.append(variable)
        captures.append(value)
      }
    }
    program.operandTable = tape.operandTable.map { replacement[Int($0)] }
    program.outputs = outputs.map { replacement[Int($0)] }
    return (program.renumbered(inputs: program.inputs, constants: program.constants), captures)
  }

  /// This program with some of its constants as further inputs, and those constants: the ones of more than a number of
  /// elements, and the ones from which an equation computes something that is constant too. Whoever records the program
  /// anew would evaluate such an equation, even in a branch that is never taken.
  package func liftingConstants(largerThan count: Int) -> (program: Program, lifted: [HostTensor]) {
    var isConstant = [Bool](repeating: false, count: variableCount)
    for constant in constants { isConstant[Int(constant.variable)] = true }
    var isLifted = [Bool](repeating: false, count: variableCount)
    for equation in equations where operands(of: equation).allSatisfy({ isConstant[Int($0)] }) {
      for operand in operands(of: equation) { isLifted[Int(operand)] = true }
      for result in equation.results { isConstant[result] = true }
    }
    let lifted = constants.filter { $0.value.count > count || isLifted[Int($0.variable)] }
    if lifted.isEmpty { return (self, []) }
    var program = self
    program.inputs += lifted.map(\.variable)
    program.constants.removeAll { $0.value.count > count || isLifted[Int($0.variable)] }
    return (program.renumbered(inputs: program.inputs, constants: program.constants), lifted.map(\.value))
  }

  /// What two captures of one tensor have in common.
  private enum Capture: Hashable {
    case constant(HostTensor)
    case traced(TracedVariable)
    case unknown

    static func variable(of tensor: Tensor) -> Capture {
      tensor.tracedVariable.map { .traced($0) } ?? .unknown
    }
  }

  /// Records the program's equations, or evaluates them at once, for the given inputs.
  ///
  /// - Returns: the outputs; invalid tensors when an operation was invalid.
  package func applied(to arguments: [Tensor]) -> [Tensor] {
    let values = replayed(arguments.map(\.settled)) { $1.primitive.bind($2) }
    return outputs.map { values[Int($0)] }
  }
}
