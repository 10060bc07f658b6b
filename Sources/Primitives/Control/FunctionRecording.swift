// How functions with rules, and checkpointed ones, become programs when they are applied.

/// A function as a program, recorded on the values that are known, so that its own control flow works on them.
package struct RecordedFunction {
  /// From the inputs, followed by the tensors from outside, to the results.
  package var program: Program
  /// The tensors from outside that the function used.
  package var captures: [Tensor]
  /// The results where all of them are known.
  package var known: [HostTensor]?

  /// An input: a tensor, whose value may be known, or a type alone.
  package enum Input {
    case tensor(Tensor)
    case type(TensorType)
  }

  /// Records a function; `nil` when an operation was invalid, which has been reported.
  ///
  /// - Parameters:
  ///   - unreadable: the error when the function reads a value that depends on an input without one.
  ///   - function: from the inputs to the results; `nil` when it has reported an error.
  package init?(
    _ name: String, _ inputs: [Input], unreadable: TensorError, _ function: ([Tensor]) -> [Tensor]?
  ) {
    let state = ThreadState.current
    let trace = Trace.beginPartial(state, unreadable: unreadable)
    let tensors = inputs.map { input in
      switch input {
      case .tensor(let tensor): trace.input((try? tensor.hostValue(.free)).map { Tensor($0) } ?? tensor)
      case .type(let type): trace.input(type)
      }
    }
    let results = function(tensors)
    var known: [HostTensor]? = []
    for result in results ?? [] {
      let host: HostTensor? =
        result.isTraced ? trace.tape.values[Int(trace.variable(of: result))].host : result.host
      known = host.flatMap { host in known.map { $0 + [host] } }
    }
    trace.end(state)
    defer { state.recycle(trace.tape) }
    guard let results, let (program, captures) = Program.finishing(trace, name, results) else { return nil }
    // Large numbers become operands too: the program is then the same one when they are others the next time.
    let (small, lifted) = program.liftingConstants(largerThan: 16)
    self.program = small
    self.captures = captures + lifted.map { Tensor($0) }
    self.known = known
  }

  /// The programs with the tensors that any of them takes from outside, each once, in place of its own; the inputs come
  /// first.
  package static func unified(_ functions: [RecordedFunction]) -> (programs: [Program], captures: [Tensor]) {
    var captures: [Tensor] = []
    var places: [TracedVariable: Int] = [:]
    let own = functions.map { function in
      function.captures.map { tensor in
        if case .traced(let variable) = tensor.payload {
          if let place = places[variable] { return place }
          places[variable] = captures.count
        }
        captures.append(tensor)
        return captures.count - 1
      }
    }
    let types = captures.map(\.type)
    let programs = zip(functions, own).map { function, own in
      let given = function.program.inputs.count - own.count
      let missing = types.indices.filter { !own.contains($0) }
      var program = function.program.inserting(missing.map { types[$0] }, at: function.program.inputs.count)
      // Its own tensors from outside, then the others; now in the order of all.
      let outside = Array(program.inputs[given...])
      let order = (own + missing).enumerated().sorted { $0.element < $1.element }.map(\.offset)
      program = program.renumbered(
        inputs: Array(program.inputs[..<given]) + order.map { outside[$0] }, constants: program.constants)
      return program
    }
    return (programs, captures)
  }
}
