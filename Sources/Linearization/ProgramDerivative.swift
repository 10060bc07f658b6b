import Primitives

/// The programs of a program's derivative with respect to some of its inputs.
///
/// The known part gives the outputs and what the linear part needs of them (the residuals); the linear part, and its
/// transpose, take the residuals with the tangents or cotangents.
package struct ProgramDerivative: Sendable {
  /// From the inputs to the outputs, followed by the residuals.
  package let known: Subprogram
  /// From tangents of the active inputs to those of outputs.
  package let linear: LinearCall
  /// From cotangents of the active outputs to those of inputs.
  package let transposed: LinearCall
  /// The number of outputs, after which the residuals come.
  package let outputCount: Int

  /// The derivative of a program, made once; `nil` when a rule is invalid, which has been reported.
  package static func of(_ program: Subprogram, _ isActive: [Bool]) -> ProgramDerivative? {
    let mask = zip(isActive, program.program.inputTypes).map { $0 && $1.dtype.isDifferentiable }
    return DerivedPrograms.shared.value(of: program, Linearized(inputs: mask)) {
      ProgramDerivative(of: program.program, mask)
    }
  }

  /// The types of the residuals.
  package var residualTypes: [TensorType] { Array(known.program.outputTypes[outputCount...]) }
}

/// The derivative with respect to the inputs for which a flag is set.
private struct Linearized: Hashable {
  var inputs: [Bool]
}

// MARK: - Making

extension ProgramDerivative {
  /// The derivative of a program with respect to some inputs; `nil` when a rule is invalid, which has been reported.
  private init?(of program: Program, _ isActive: [Bool]) {
    let unreadable = TensorError.readInRule(of: program.name)
    let state = ThreadState.current
    let trace = Trace.begin(state, .abstract(unreadable: unreadable))
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
      resultTypes[$0].dtype.isDifferentiable && tape.linear.isActive(Int(outputs[$0]))
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
package struct Residuals {
  package private(set) var tensors: [Tensor] = []
  private var positions: [TracedVariable: Int] = [:]

  /// The position of a residual.
  package mutating func position(of tensor: Tensor) -> Int {
    if let variable = tensor.tracedVariable {
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
  package func linearized(at point: [Tensor], active: [Int]) -> (
    ordered: Program, tape: (values: Tape, linear: LinearTape)
  ) {
    let isActive = Set(active)
    let places = active + inputs.indices.filter { !isActive.contains($0) }
    // The active inputs come first, as LinearTape takes them.
    let ordered = renumbered(inputs: places.map { inputs[$0] }, constants: constants)
    let tape = ordered.tape(for: places.map { point[$0] }, active: active.count)
    return (ordered, (tape, LinearTape(linearizing: tape)))
  }

  /// The equations with their values, and with the derivatives of those that contain programs: the known part of a call
  /// replaces the call, so that nothing is computed twice. The first inputs are the active ones.
  ///
  /// - Parameter beforeEach: called before each equation.
  package func tape(for arguments: [Tensor], active: Int, beforeEach: () -> Void = {}) -> Tape {
    var activity = Activity(variableCount: variableCount)
    for input in inputs[..<active] where types[Int(input)].dtype.isDifferentiable { activity.activate(Int(input)) }
    var maps: [Int: JointLinearMap] = [:]
    let values = replayed(arguments) { index, equation, operands in
      beforeEach()
      let isActive = self.operands(of: equation).map { activity.isActive[Int($0)] }
      let traits = activity.propagate(equation, operandTable) { types[$0].dtype }
      guard let traits, traits.contains(.control), let control = equation.primitive.control else {
        return equation.primitive.bind(operands)
      }
      let (results, map) = control.linearized(operands, isActive: isActive)
      maps[index] = map
      return results
    }
    let tape = Tape(self, values: values, inputCount: active)
    tape.controlMaps = maps
    return tape
  }
}

extension TensorError {
  /// The error for a rule that reads a value where there are only types.
  package static func readInRule(of name: String) -> TensorError {
    TensorError(
      .transform, name, "a derivative rule reads a value in a function whose derivative is made without values",
      hint: "write the rule with where instead of if")
  }
}
