import ControlPrimitives

/// Finds what the entries of a program's derivative need of its forward run.
struct ResidualFinder {
  /// Where a variable of the trace comes from.
  private enum Origin {
    case argument(Int)
    case constant
    /// An equation of the program gives it.
    case result(of: Int)
    /// It is computed for the derivative of an equation.
    case derivative(of: Int)
  }

  private let program: Program
  private var residuals: [ResidualReport.Residual] = []
  private var places: [TracedVariable: Int] = [:]

  /// A finder for a program, all of whose floating-point inputs move.
  init(_ program: Program) { self.program = program }

  /// The residuals; none where a rule is invalid, which has been reported.
  mutating func found() -> ResidualReport {
    let state = ThreadState.current
    let trace = Trace.begin(state, .abstract(unreadable: .readInRule(of: program.name)))
    defer { trace.end(state) }
    let arguments = program.inputTypes.map { trace.input($0) }
    // How many equations the trace has before each of the program's.
    var starts: [Int] = []
    let tape = program.tape(for: arguments, active: arguments.count) { starts.append(trace.tape.equations.count) }
    starts.append(trace.tape.equations.count)
    let linear = LinearTape(linearizing: tape)
    let reached = reachedEntries(linear)
    for (index, entry) in linear.entries.enumerated() where reached[index] {
      let equation = Int(entry.equation)
      for tensor in needed(by: entry, of: linear) {
        guard let variable = tensor.tracedVariable else { continue }
        let name = type(of: program.equations[equation].primitive).name
        if let place = places[variable] {
          if !residuals[place].neededBy.contains(name) { residuals[place].neededBy.append(name) }
          continue
        }
        places[variable] = residuals.count
        residuals.append(
          residual(
            tensor.type, origin(Int(variable.variable), trace, arguments.count, starts, equation), trace, variable, name
          ))
      }
    }
    var isReached = [Bool](repeating: false, count: program.equations.count)
    for (entry, isNeeded) in zip(linear.entries, reached) where isNeeded { isReached[Int(entry.equation)] = true }
    let isActive = program.inputTypes.map(\.dtype.isDifferentiable)
    return ResidualReport(residuals: residuals, loops: program.loopMemory(isActive, isReached: isReached))
  }

  /// Which entries lead to an output.
  private func reachedEntries(_ linear: LinearTape) -> [Bool] {
    var isReached = [Bool](repeating: false, count: program.types.count)
    for output in program.outputs { isReached[Int(output)] = true }
    var isTaken = [Bool](repeating: false, count: linear.entries.count)
    for (index, entry) in linear.entries.enumerated().reversed() {
      let equation = program.equations[Int(entry.equation)]
      guard equation.results.contains(where: { isReached[$0] }) else { continue }
      isTaken[index] = true
      for operand in program.operands(of: equation) { isReached[Int(operand)] = true }
    }
    return isTaken
  }

  /// The tensors that a transposed entry uses.
  private func needed(by entry: LinearTape.Entry, of linear: LinearTape) -> [Tensor] {
    switch entry.operation {
    case .identity, .negation: return []
    case .scale, .quotient: return [entry.factor]
    case .map, .joint, .control: break
    }
    let equation = program.equations[Int(entry.equation)]
    let types = equation.results.map { program.types[$0] }
    let recorded = Program.tracing("step", types, unreadable: .readInRule(of: program.name)) { inputs in
      let cts: [Tensor?] = zip(inputs, types).map { $1.dtype.isDifferentiable ? $0 : nil }
      let point = EquationPoint(linear.tape, equation)
      var isMasked = false
      switch linear.maps[Int(entry.map)] {
      case .map(let map):
        return [map.transposed(cts, operand: Int(entry.operand), at: point, isMasked: &isMasked)].compactMap { $0 }
      case .joint(let primitive):
        return (0..<Int(equation.operandCount)).filter { linear.isActive(linear.operandVariable(equation, $0)) }
          .map { primitive.transposed(cts, of: $0, at: point) }
      case .control(let map):
        return map.transpose(cts, &isMasked).compactMap { $0 }
      }
    }
    return recorded?.captures ?? []
  }

  private func origin(
    _ variable: Int, _ trace: Trace, _ inputCount: Int, _ starts: [Int], _ equation: Int
  ) -> Origin {
    if variable < inputCount { return .argument(variable) }
    guard let maker = trace.tape.equations.firstIndex(where: { $0.results.contains(variable) }) else {
      return .constant
    }
    // The derivative of an equation that contains programs is made with its results.
    let own = starts.lastIndex { $0 <= maker } ?? 0
    return own < program.equations.count ? .result(of: own) : .derivative(of: equation)
  }

  private func residual(
    _ type: TensorType, _ origin: Origin, _ trace: Trace, _ variable: TracedVariable, _ name: String
  ) -> ResidualReport.Residual {
    let maker = trace.tape.equations.first { $0.results.contains(Int(variable.variable)) }
    func place(_ equation: Int) -> String? { program.location(of: equation) }
    var residual = ResidualReport.Residual(type: type, stepCount: nil, source: "", location: nil, neededBy: [name])
    switch origin {
    case .argument(let number): residual.source = "argument \(number)"
    case .constant: residual.source = "constant"
    case .result(let equation):
      let primitive = program.equations[equation].primitive
      residual.source = "result of \(Swift.type(of: primitive).name)"
      residual.location = place(equation)
      if let maker, let control = maker.primitive.control,
        let steps = control.ports.stepCount(ofStack: Int(variable.variable) - Int(maker.firstResult))
      {
        residual.stepCount = steps
        residual.source = "steps of \(Swift.type(of: maker.primitive).name)"
      }
    case .derivative(let equation):
      let made = maker.map { Swift.type(of: $0.primitive).name } ?? "a value"
      residual.source = "\(made), for the derivative of \(Swift.type(of: program.equations[equation].primitive).name)"
      residual.location = place(equation)
    }
    return residual
  }
}

extension ControlPorts {
  /// The number of steps of which a result has one slice each; `nil` for other results.
  fileprivate func stepCount(ofStack result: Int) -> Int? {
    guard case .steps(let count) = steering, bodies.contains(where: { $0.outputs.contains(.stack(result)) }) else {
      return nil
    }
    return count
  }
}
