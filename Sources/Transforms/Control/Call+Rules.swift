import Primitives

// The derivative of a call: calls again. The known part gives the results and what the linear part needs of them (the
// residuals); the linear part, and its transpose, take the residuals with the tangents or cotangents.
//
// A function that calls another twice has twice its residuals, and so on, while its text stays small. Where there would
// be far more residuals than equations, the linear parts take the operands instead and compute the residuals again.

extension Call: ControlPrimitive {
  public func linearized(_ operands: [Tensor], isActive: [Bool]) -> (results: [Tensor], map: JointLinearMap) {
    let resultCount = program.program.outputTypes.count
    let mask = zip(isActive, program.program.inputTypes).map { $0 && $1.dtype.isDifferentiable }
    let key = DerivedPrograms.Key(program: program, kind: .linearized, mask: mask)
    guard let derivative = DerivedPrograms.shared.value(for: key, { CallDerivative(of: program.program, mask) }) else {
      return failed(resultCount)
    }
    let known = derivative.known.bind(operands)
    guard known.count == derivative.known.program.program.outputTypes.count else { return failed(resultCount) }
    let residuals = derivative.recomputes ? operands[...] : known[resultCount...]
    let map = JointLinearMap(
      apply: { derivative.linear.applied(to: $0, residuals, count: resultCount) },
      transpose: { derivative.transposed.applied(to: $0, residuals, count: operands.count) })
    return (Array(known[..<resultCount]), map)
  }

  /// The outcome when the derivative has an invalid operation, which has been reported.
  private func failed(_ resultCount: Int) -> (results: [Tensor], map: JointLinearMap) {
    let invalid = [Tensor](repeating: Tensor(.invalid), count: resultCount)
    return (invalid, JointLinearMap(apply: { _ in invalid }, transpose: { $0.map { _ in Tensor(.invalid) } }))
  }
}

/// The programs of a call's derivative.
private struct CallDerivative: Sendable {
  /// From the operands to the results, followed by the residuals unless they are computed again.
  let known: Call
  /// From tangents of operands to those of results.
  let linear: LinearCall
  /// From cotangents of results to those of operands.
  let transposed: LinearCall
  /// Whether the linear parts take the operands for residuals.
  let recomputes: Bool
}

/// A call that is linear in all operands but the residuals.
private struct LinearCall: Sendable {
  let call: Call
  /// Which tangents it takes: their positions in the full list, and their types.
  let taken: [(position: Int, type: TensorType)]
  /// The positions, in the full list, of what it gives; the others are zero.
  let given: [Int]
  /// Which of the residuals it takes, after the tangents.
  let residuals: [Int]

  /// What it gives in a list of `count`; `nil` is zero.
  func applied(to tangents: [Tensor?], _ residuals: ArraySlice<Tensor>, count: Int) -> [Tensor?] {
    var results = [Tensor?](repeating: nil, count: count)
    guard let some = tangents.lazy.compactMap({ $0 }).first, !given.isEmpty,
      taken.contains(where: { tangents[$0.position] != nil })
    else { return results }
    let operands = taken.map { tangents[$0.position] ?? zeros($0.type, beside: some) }
    let values = call.bind(operands + self.residuals.map { residuals[residuals.startIndex + $0] })
    for (position, index) in given.enumerated() {
      results[index] = position < values.count ? values[position] : Tensor(.invalid)
    }
    return results
  }
}

// MARK: - Making

extension CallDerivative {
  /// The derivative of a program with respect to some inputs; `nil` when a rule is invalid, which has been reported.
  init?(of program: Program, _ isActive: [Bool]) {
    let unreadable = TensorError(
      .transform, program.name, "a derivative rule reads a value in a function whose derivative is made without values",
      hint: "write the rule with where instead of if")
    let state = ThreadState.current
    let trace = Trace.beginAbstract(state, unreadable: unreadable)
    // The active inputs come first, as LinearTape takes them.
    let active = isActive.indices.filter { isActive[$0] }
    let passive = isActive.indices.filter { !isActive[$0] }
    let ordered = program.renumbered(
      inputs: (active + passive).map { program.inputs[$0] }, constants: program.constants)
    let arguments = program.inputTypes.map { trace.input($0) }
    let tape = ordered.tape(for: (active + passive).map { arguments[$0] }, active: active.count)

    var residuals = Residuals()
    let outputs = ordered.outputs
    let linear = LinearCall.recording(
      "\(program.name)_linear", active.map { ($0, program.inputTypes[$0]) }, unreadable, &residuals
    ) { tangents in tape.linear.applied(to: tangents, outputs: outputs) }
    let resultTypes = program.outputTypes
    let differentiable = resultTypes.indices.filter {
      resultTypes[$0].dtype.isDifferentiable && tape.linear.isActive(outputs[$0])
    }
    let transposed = LinearCall.recording(
      "\(program.name)_transposed", differentiable.map { ($0, resultTypes[$0]) }, unreadable, &residuals
    ) { cotangents in
      let seeds = zip(differentiable, cotangents).map { (outputs[$0], $1) }
      // Zeros among the cotangents of a call may be strong.
      return Self.scattered(tape.linear.transposed(seeds: seeds, isMasked: true), active, isActive.count)
    }
    let known = outputs.map { tape.values.values[Int($0)] } + residuals.tensors
    trace.end(state)
    let finished = Program.finishing(trace, "\(program.name)_known", known)
    state.recycle(trace.tape)
    guard let linear, let transposed, let finished else { return nil }
    let full = Call(finished.program)
    if residuals.tensors.count <= Self.fewResiduals + 2 * program.equations.count {
      self.init(known: full, linear: linear, transposed: transposed, recomputes: false)
      return
    }
    guard let first = linear.recomputing(full, resultCount: outputs.count, "\(program.name)_linear_again", unreadable),
      let second = transposed.recomputing(
        full, resultCount: outputs.count, "\(program.name)_transposed_again", unreadable)
    else { return nil }
    self.init(known: Call(program), linear: first, transposed: second, recomputes: true)
  }

  /// Up to this many residuals, and two more for each equation, are kept.
  private static var fewResiduals: Int { 32 }

  /// The elements at their positions in a longer list.
  private static func scattered(_ elements: [Tensor?], _ positions: [Int], _ count: Int) -> [Tensor?] {
    var scattered = [Tensor?](repeating: nil, count: count)
    for (position, element) in zip(positions, elements) { scattered[position] = element }
    return scattered
  }
}

/// What the linear parts need of the known part, each once.
private struct Residuals {
  private(set) var tensors: [Tensor] = []
  private var positions: [TracedVariable: Int] = [:]

  /// The position of a residual.
  mutating func position(of tensor: Tensor) -> Int {
    if case .traced(let variable) = tensor.payload {
      if let known = positions[variable] { return known }
      positions[variable] = tensors.count
    }
    tensors.append(tensor)
    return tensors.count - 1
  }
}

extension LinearCall {
  /// Records a linear function as a call; what it uses from outside are residuals.
  static func recording(
    _ name: String, _ taken: [(position: Int, type: TensorType)], _ unreadable: TensorError,
    _ residuals: inout Residuals, _ function: ([Tensor]) -> [Tensor?]
  ) -> LinearCall? {
    var given: [Int] = []
    let recorded = Program.tracing(name, taken.map(\.type), unreadable: unreadable) { tangents in
      let results = function(tangents)
      given = results.indices.filter { results[$0] != nil }
      return results.compactMap { $0 }
    }
    guard let recorded else { return nil }
    return LinearCall(
      call: Call(recorded.program), taken: taken, given: given,
      residuals: recorded.captures.map { residuals.position(of: $0) })
  }
}

extension LinearCall {
  /// The same, with the operands of the known part in place of the residuals.
  func recomputing(_ known: Call, resultCount: Int, _ name: String, _ unreadable: TensorError) -> LinearCall? {
    let operandTypes = known.program.program.inputTypes
    let recorded = Program.tracing(name, taken.map(\.type) + operandTypes, unreadable: unreadable) { inputs in
      let results = known.bind(Array(inputs.dropFirst(taken.count)))
      guard results.count > resultCount else { return results }
      let linear = Array(inputs.prefix(taken.count))
      return call.bind(linear + residuals.map { results[resultCount + $0] })
    }
    return recorded.map {
      LinearCall(call: Call($0.program), taken: taken, given: given, residuals: Array(operandTypes.indices))
    }
  }
}

extension Program {
  /// The equations with their values and their derivative. The first inputs are the active ones. The known part of a
  /// call replaces the call, so that nothing is computed twice.
  fileprivate func tape(for arguments: [Tensor], active: Int) -> (values: Tape, linear: LinearTape) {
    let tape = Tape()
    tape.equations = equations
    tape.operandTable = operandTable
    tape.inputCount = active
    tape.types = types
    tape.values = [Tensor](repeating: Tensor(.invalid), count: types.count)
    for (variable, argument) in zip(inputs, arguments) { tape.values[Int(variable)] = argument }
    for constant in constants { tape.values[Int(constant.variable)] = Tensor(constant.value) }
    var isActive = [Bool](repeating: false, count: types.count)
    for variable in 0..<active { isActive[variable] = types[variable].dtype.isDifferentiable }
    var controlMaps: [Int: JointLinearMap] = [:]
    for (index, equation) in equations.enumerated() {
      let variables = operands(of: equation).map { Int($0) }
      let given = variables.map { tape.values[$0] }
      let traits = equation.primitive.traits
      let depends = variables.contains { isActive[$0] } && !traits.contains(.discrete)
      let results: [Tensor]
      if depends, traits.contains(.control), let control = equation.primitive.asControl {
        let linearized = control.linearized(given, isActive: variables.map { isActive[$0] })
        controlMaps[index] = linearized.map
        results = linearized.results
      } else {
        results = equation.primitive.bind(given)
      }
      for (variable, result) in zip(equation.results, results) {
        tape.values[variable] = result
        isActive[variable] = depends && types[variable].dtype.isDifferentiable
      }
    }
    return (tape, LinearTape(linearizing: tape, controlMaps: controlMaps))
  }
}
