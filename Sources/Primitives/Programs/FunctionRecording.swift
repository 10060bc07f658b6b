// How functions become programs: the bodies of loops and branches, functions with rules, checkpointed ones, and calls.

/// A function as a program, with the tensors from outside that it used.
package struct RecordedFunction {
  /// From the inputs, followed by the tensors from outside, to the results.
  package var program: Program
  /// The tensors from outside that the function used.
  package var captures: [Tensor]
  /// The results where all of them are known.
  package var known: [Tensor]?

  /// An input: a tensor, whose value may be known, or a type alone.
  package enum Input {
    case tensor(Tensor)
    case type(TensorType)
  }

  /// Records a function; `nil` when an operation was invalid, which has been reported.
  ///
  /// - Parameters:
  ///   - mode: what the function sees of its inputs.
  ///   - function: from the inputs to the results; `nil` when it has reported an error.
  package init?(_ name: String, _ inputs: [Input], _ mode: Trace.Mode, _ function: ([Tensor]) -> [Tensor]?) {
    let state = ThreadState.current
    let trace = Trace.begin(state, mode)
    let tensors = inputs.map { input in
      switch input {
      case .tensor(let tensor): trace.input((try? tensor.placedValue(.free)).map { Tensor(placed: $0) } ?? tensor)
      case .type(let type): trace.input(type)
      }
    }
    let results = function(tensors)
    var known: [Tensor]? = []
    for result in results ?? [] {
      let placed = (result.isTraced ? trace.tape.values[Int(trace.variable(of: result))] : result).placed
      known = placed.flatMap { placed in known.map { $0 + [Tensor(placed: placed)] } }
    }
    trace.end(state)
    defer { state.recycle(trace.tape) }
    guard let results, let (program, captures) = Program.finishing(trace, name, results) else { return nil }
    // Large numbers become operands too: the program is then the same one when they are others the next time. So does what
    // a branch computes with: it must not happen before the branch is taken.
    let (small, lifted) = program.liftingConstants(largerThan: 16)
    self.program = small
    self.captures = captures + lifted.map { Tensor($0) }
    self.known = known
  }

  private init(_ program: Program, _ captures: [Tensor]) {
    self.program = program
    self.captures = captures
  }

  /// The programs with the tensors that any of them takes from outside, each once, in place of its own.
  package static func unified(_ functions: [RecordedFunction]) -> (programs: [Program], captures: [Tensor]) {
    var captures: [Tensor] = []
    var places: [TracedVariable: Int] = [:]
    let own = functions.map { function in
      function.captures.map { tensor in
        if let variable = tensor.tracedVariable {
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

// MARK: - Bodies

extension RecordedFunction {
  /// Records the body of a loop or a branch, on types alone; `nil` when an operation was invalid, which has been reported.
  package static func body(
    _ name: String, of operation: String, _ inputs: [TensorType], _ function: ([Tensor]) -> [Tensor]
  ) -> RecordedFunction? {
    let mode = Trace.Mode.abstract(unreadable: .readInBody(of: operation), outside: .recorded)
    let recorded = RecordedFunction(name, inputs.map { .type($0) }, mode, function)
    // Silent where the mistake has been reported; not where a result was invalid before.
    if recorded == nil { _ = poisoned(operation) }
    return recorded
  }

  /// The same with what is equal in every step computed here, once.
  package func hoisted() -> RecordedFunction {
    let (outside, step, used) = program.withCapturesInFront(captures.count).hoisting(fixedInputs: captures.count)
    let fixed = used.map { captures[$0] } + outside.applied(to: captures)
    return RecordedFunction(step.movingInputs(0..<fixed.count), fixed)
  }
}

extension Program {
  /// The same program, whose last inputs are tensors from outside, with those before the others: as loops have them.
  package func withCapturesInFront(_ count: Int) -> Program { movingInputs(0..<(inputs.count - count)) }

  /// The same program with some of its inputs moved behind all others.
  package func movingInputs(_ range: Range<Int>) -> Program {
    if range.isEmpty || range.upperBound == inputs.count { return self }
    return renumbered(
      inputs: Array(inputs[..<range.lowerBound] + inputs[range.upperBound...] + inputs[range]), constants: constants)
  }
}

extension TensorError {
  /// The error for a function that reads values where it is recorded on types.
  package static func readInBody(of operation: String) -> TensorError {
    TensorError(
      .tracing, operation, "the function reads the value of a tensor that has none while it is recorded",
      hint: "choose with cond or where instead of if, repeat with whileLoop instead of while")
  }
}
