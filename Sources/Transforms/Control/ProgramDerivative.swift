import Primitives

/// The programs of a program's derivative with respect to some of its inputs.
///
/// The known part gives the outputs and what the linear part needs of them (the residuals); the linear part, and its
/// transpose, take the residuals with the tangents or cotangents.
struct ProgramDerivative: Sendable {
  /// From the inputs to the outputs, followed by the residuals.
  let known: Subprogram
  /// From tangents of the active inputs to those of outputs.
  let linear: LinearCall
  /// From cotangents of the active outputs to those of inputs.
  let transposed: LinearCall
  /// The number of outputs, after which the residuals come.
  let outputCount: Int

  /// The derivative of a program, made once; `nil` when a rule is invalid, which has been reported.
  static func of(_ program: Subprogram, _ isActive: [Bool]) -> ProgramDerivative? {
    let mask = zip(isActive, program.program.inputTypes).map { $0 && $1.dtype.isDifferentiable }
    let key = DerivedPrograms.Key(program: program, kind: .linearized, mask: mask)
    return DerivedPrograms.shared.value(for: key) { ProgramDerivative(of: program.program, mask) }
  }

  /// The types of the residuals.
  var residualTypes: [TensorType] { Array(known.program.outputTypes[outputCount...]) }
}

// MARK: - Making

extension ProgramDerivative {
  /// The derivative of a program with respect to some inputs; `nil` when a rule is invalid, which has been reported.
  private init?(of program: Program, _ isActive: [Bool]) {
    let unreadable = TensorError.readInRule(of: program.name)
    let state = ThreadState.current
    let trace = Trace.beginAbstract(state, unreadable: unreadable)
    let active = isActive.indices.filter { isActive[$0] }
    let arguments = program.inputTypes.map { trace.input($0) }
    let (ordered, tape) = program.linearized(at: arguments, active: active)
    var residuals = Residuals()
    let outputs = ordered.outputs
    let linear = LinearCall.recording(
      "\(program.name)_linear", active.map { ($0, program.inputTypes[$0]) }, unreadable, &residuals
    ) { tangents, isMasked in
      let (tangents, masks) = tape.linear.appliedWithMasks(
        to: tangents, isMasked: tangents.map { _ in isMasked }, outputs: outputs)
      if masks.contains(true) { isMasked = true }
      return tangents
    }
    let resultTypes = program.outputTypes
    let differentiable = resultTypes.indices.filter {
      resultTypes[$0].dtype.isDifferentiable && tape.linear.isActive(outputs[$0])
    }
    let transposed = LinearCall.recording(
      "\(program.name)_transposed", differentiable.map { ($0, resultTypes[$0]) }, unreadable, &residuals
    ) { cotangents, isMasked in
      let seeds = zip(differentiable, cotangents).map { (outputs[$0], $1) }
      let (cts, masks) = tape.linear.transposedWithMasks(seeds: seeds, isMasked: isMasked)
      if masks.contains(true) { isMasked = true }
      return Self.scattered(cts, active, isActive.count)
    }
    let known = outputs.map { tape.values.values[Int($0)] } + residuals.tensors
    trace.end(state)
    let finished = Program.finishing(trace, "\(program.name)_known", known)
    state.recycle(trace.tape)
    guard let linear, let transposed, let finished else { return nil }
    // Without what only a recording needed that was not kept.
    let program = finished.program.computing(finished.program.outputs, from: finished.program.inputs)
    self.init(
      known: Subprogram(program), linear: linear, transposed: transposed, outputCount: outputs.count)
  }

  /// The elements at their positions in a longer list.
  private static func scattered(_ elements: [Tensor?], _ positions: [Int], _ count: Int) -> [Tensor?] {
    var scattered = [Tensor?](repeating: nil, count: count)
    for (position, element) in zip(positions, elements) { scattered[position] = element }
    return scattered
  }
}

/// What the linear parts need of the known part, each once.
struct Residuals {
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

extension Program {
  /// The derivative at a point with respect to the inputs at some places, which are the first inputs of the program that
  /// the tape's variables are those of.
  func linearized(at point: [Tensor], active: [Int]) -> (ordered: Program, tape: (values: Tape, linear: LinearTape)) {
    let isActive = Set(active)
    let places = active + inputs.indices.filter { !isActive.contains($0) }
    // The active inputs come first, as LinearTape takes them.
    let ordered = renumbered(inputs: places.map { inputs[$0] }, constants: constants)
    return (ordered, ordered.tape(for: places.map { point[$0] }, active: active.count))
  }

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
    for (index, equation) in equations.enumerated() {
      let variables = operands(of: equation).map { Int($0) }
      let given = variables.map { tape.values[$0] }
      let traits = equation.primitive.traits
      let depends = variables.contains { isActive[$0] } && !traits.contains(.discrete)
      let results: [Tensor]
      if depends, traits.contains(.control), let control = equation.primitive.asControl {
        let linearized = control.linearized(given, isActive: variables.map { isActive[$0] })
        tape.controlMaps[index] = linearized.map
        results = linearized.results
      } else {
        results = equation.primitive.bind(given)
      }
      for (variable, result) in zip(equation.results, results) {
        tape.values[variable] = result
        isActive[variable] = depends && types[variable].dtype.isDifferentiable
      }
    }
    return (tape, LinearTape(linearizing: tape))
  }
}

extension TensorError {
  /// The error for a rule that reads a value where there are only types.
  static func readInRule(of name: String) -> TensorError {
    TensorError(
      .transform, name, "a derivative rule reads a value in a function whose derivative is made without values",
      hint: "write the rule with where instead of if")
  }
}
