import Linearization

// A rule that is not linear in its tangent has no derivative that can be transposed, and would be cut off at its linear
// part without a word. So every rule is looked through when it is recorded.

extension CustomCall {
  /// What is wrong with rules that are not linear in tangents or cotangents; `nil` when they are.
  package func linearityError(_ operation: String) -> TensorError? {
    nonlinearity(.equations).map { what, problem in
      TensorError(
        .transform, operation,
        what == .argument
          ? "a transpose rule is for a function that is linear in its argument: \(problem)"
          : "the rule is not linear in its \(what): \(problem)",
        hint: what.hint)
    }
  }

  /// The same with a backward rule that need not be linear; whether it is, is looked up.
  package func withGivenBackwardRule() -> CustomCall {
    guard nonlinearity(.bodies)?.what == .cotangent, rules.backward != nil else { return self }
    var rules = rules
    rules.isBackwardLinear = false
    return CustomCall(
      function, argumentCount: argumentCount, ruledCount: ruledCount, rules: rules, batching: batching)
  }

  /// The inputs in which a rule must be linear.
  fileprivate enum LinearInput: String, CustomStringConvertible {
    case tangent, cotangent, argument

    var description: String { rawValue }

    var hint: String {
      let sum = "write each result as a sum of terms, each the \(self) times something that does not depend on it"
      return switch self {
      case .tangent: sum
      case .cotangent: sum + "; where it is not linear on purpose, such as a clipped gradient, say so: isExact: false"
      case .argument: "give a rule for tangents (jvp) or cotangents (vjp) instead"
      }
    }
  }

  /// The first rule that is not linear in what it has to be.
  fileprivate func nonlinearity(_ depth: LinearityDepth) -> (what: LinearInput, problem: String)? {
    let operands = function.program.inputs.map { _ in false }
    let outside = operands.dropFirst(argumentCount)
    var found: (what: LinearInput, problem: String)?
    func check(_ rule: Subprogram?, _ what: LinearInput, _ isLinear: [Bool], fixedOutputs: Int = 0) {
      guard found == nil, let rule else { return }
      if let problem = rule.program.nonlinearity(in: isLinear, fixedOutputs: fixedOutputs, depth) {
        found = (what, problem)
      }
    }
    check(rules.tangent, .tangent, operands + differentiableArguments.map { _ in true }, fixedOutputs: ruledCount)
    let cotangents = differentiableResults.map { _ in true }
    if let backward = rules.backward, rules.isBackwardLinear {
      check(backward, .cotangent, cotangents + backward.program.inputs.dropFirst(cotangents.count).map { _ in false })
    }
    if let transpose = rules.transpose {
      check(transpose, .cotangent, cotangents + outside)
      check(function, .argument, operands[..<argumentCount].map { _ in true } + outside)
    }
    return found
  }
}

/// How far a rule is looked through.
private enum LinearityDepth {
  /// Loops and choices are taken to be linear where their steps are; numbers show it at the first use. What may be asked of
  /// every rule.
  case equations
  /// Into loops and choices, where something is not linear whatever the numbers are: so that a rule which need not be linear is
  /// not taken for one that is.
  case bodies
  /// What is in a loop or a choice: what is zero there is not known.
  case inside
}

extension Program {
  /// Why the outputs are not linear in some of the inputs, as far as it can be seen without values; `nil` when they are.
  ///
  /// - Parameter fixedOutputs: how many outputs, from the first, must not depend on these inputs.
  fileprivate func nonlinearity(in isLinear: [Bool], fixedOutputs: Int, _ depth: LinearityDepth) -> String? {
    var found: String?
    // Errors are expected where a rule uses the value of what must be linear; they are no errors of the user's.
    try? catchingTensorErrors(isLocating: false) {
      let depends = dependence(on: isLinear)
      if outputs.prefix(fixedOutputs).contains(where: { depends[Int($0)] }) {
        found = "the value depends on it"
        return
      }
      let (problem, isZero) = firstNonlinearity(in: isLinear, depends, depth)
      found = problem
      for output in outputs.dropFirst(fixedOutputs).map({ Int($0) })
      where found == nil && !depends[output] && !isZero[output] && types[output].dtype.isDifferentiable {
        found = "a result does not depend on it, and is not zero"
      }
    }
    return found
  }

  /// The first equation that is not linear; and which variables are zero whatever the other inputs are.
  fileprivate func firstNonlinearity(
    in isLinear: [Bool], _ depends: [Bool], _ depth: LinearityDepth
  ) -> (problem: String?, isZero: [Bool]) {
    let state = ThreadState.current
    let trace = Trace.begin(state, .abstract(unreadable: .readInRule(of: name)))
    defer { trace.end(state) }
    // What is linear stays invalid, so that a derivative which uses its value is, too.
    let tape = Tape()
    tape.equations = equations
    tape.operandTable = operandTable
    tape.types = types
    tape.values = [Tensor](repeating: Tensor(.invalid), count: types.count)
    for (variable, isLinear) in zip(inputs, isLinear) where !isLinear {
      tape.values[Int(variable)] = trace.input(types[Int(variable)])
    }
    // What is zero whatever the other inputs are.
    var isZero = [Bool](repeating: false, count: types.count)
    for constant in constants {
      tape.values[Int(constant.variable)] = Tensor(constant.value)
      isZero[Int(constant.variable)] = Tensor(constant.value).isZero
    }
    let isNeeded = neededEquations
    for (index, equation) in equations.enumerated() where isNeeded[index] {
      let variables = operands(of: equation).map { Int($0) }
      if variables.contains(where: { depends[$0] }) {
        let flags = (depends: variables.map { depends[$0] }, isZero: variables.map { isZero[$0] })
        if let (called, inputs) = equation.primitive.control?.calledProgram(given: flags.depends) {
          let (problem, zeros) = called.firstNonlinearity(in: inputs, called.dependence(on: inputs), depth)
          if problem != nil { return (problem, isZero) }
          for (result, output) in zip(equation.results, called.outputs) { isZero[result] = zeros[Int(output)] }
          continue
        }
        if let problem = nonlinearity(of: equation, tape, flags.depends, flags.isZero, depth) {
          return (problem, isZero)
        }
        // What a loop or a choice gives beside may be zero; numbers show it at the first use.
        for result in equation.results where !depends[result] { isZero[result] = true }
      } else {
        let results = equation.primitive.bind(variables.map { tape.values[$0] })
        let isAllZero = equation.keepsZeros(tape, variables.map { isZero[$0] })
        for (variable, result) in zip(equation.results, results) {
          tape.values[variable] = result
          isZero[variable] = isAllZero || result.isZero
        }
      }
    }
    return (nil, isZero)
  }

  private var neededEquations: [Bool] {
    var isUsed = [Bool](repeating: false, count: variableCount)
    for output in outputs { isUsed[Int(output)] = true }
    var isNeeded = [Bool](repeating: false, count: equations.count)
    for (index, equation) in equations.enumerated().reversed()
    where equation.results.contains(where: { isUsed[$0] }) {
      isNeeded[index] = true
      for operand in operands(of: equation) { isUsed[Int(operand)] = true }
    }
    return isNeeded
  }

  /// Why one equation is not linear in the operands that depend on what must be linear.
  private func nonlinearity(
    of equation: Equation, _ tape: Tape, _ depends: [Bool], _ isZero: [Bool], _ depth: LinearityDepth
  ) -> String? {
    let primitive = equation.primitive
    let name = "the operation \(type(of: primitive).name)"
    let traits = primitive.traits
    if traits.contains(.discrete) { return "\(name) has no derivative" }
    if let control = primitive.control {
      if depth == .equations { return nil }
      return control.nonlinearity(in: depends, resultCount: equation.results.count)
        .map { "\(name) is not linear: \($0)" }
    }
    let point = EquationPoint(tape, equation)
    if traits.contains(.linear) {
      if depth == .inside { return nil }
      for operand in depends.indices
      where !depends[operand] && point.operandType(operand).dtype.isDifferentiable && !isZero[operand] {
        return "\(name) takes something that does not depend on it, and is not zero"
      }
      return nil
    }
    if depends.filter({ $0 }).count > 1 { return "\(name) combines two things that depend on it" }
    for operand in depends.indices where depends[operand] {
      switch primitive.differential(of: operand, at: point) {
      case .zero: return "\(name) has the derivative zero"
      case .identity, .negation, .itself: break
      case .scale(let factor), .quotient(let factor), .choice(let factor):
        if factor.isInvalid { return "\(name) is not linear" }
      case .scales(let outer, let inner):
        if outer.isInvalid || inner.isInvalid { return "\(name) is not linear" }
      case .rule(let rule): if fails(rule, point.operandType(operand)) { return "\(name) is not linear" }
      case .rules(let rule, _):
        if fails({ [rule($0)] }, point.operandType(operand)) { return "\(name) is not linear" }
      }
    }
    return nil
  }

  /// Whether a rule of a primitive cannot be followed.
  private func fails(_ rule: (Tensor) -> [Tensor], _ type: TensorType) -> Bool {
    let state = ThreadState.current
    let probe = Trace.begin(state, .abstract(unreadable: .readInRule(of: name)))
    defer { probe.end(state) }
    return rule(probe.input(type)).contains(where: \.isInvalid)
  }
}

extension ControlPrimitive {
  /// Why the results are not linear in the operands for which a flag is set: by what chooses or ends, or by an operation inside;
  /// `nil` where that cannot be seen.
  fileprivate func nonlinearity(in depends: [Bool], resultCount: Int) -> String? {
    let (ports, programs) = (ports, subprograms)
    if let operand = ports.steeringOperand, depends[operand] { return "what runs depends on it" }
    let flags = PortFlags(self, operands: depends, resultCount: resultCount, steering: .spreads) {
      $0.dependentOutputs($1)
    }
    for (number, body) in ports.bodies.enumerated() {
      let program = programs[body.program].program
      let own = program.dependence(on: flags.inputs[number])
      if let problem = program.firstNonlinearity(in: flags.inputs[number], own, .inside).problem { return problem }
      for (port, output) in zip(body.outputs, program.outputs) where port == .predicate && own[Int(output)] {
        return "when it ends depends on it"
      }
    }
    return nil
  }

  /// The program that runs once in place of this primitive, where there is just one, and the flags of its inputs.
  fileprivate func calledProgram(given operands: [Bool]) -> (program: Program, inputs: [Bool])? {
    let ports = ports
    guard ports.steering == .once, ports.bodies.count == 1 else { return nil }
    let inputs = ports.bodies[0].inputs.map { input in
      if case .operand(let operand) = input { operands[operand] } else { true }
    }
    return (subprograms[ports.bodies[0].program].program, inputs)
  }
}

extension Equation {
  /// Whether the results are zero because operands are.
  fileprivate func keepsZeros(_ tape: Tape, _ isZero: [Bool]) -> Bool {
    let traits = primitive.traits
    if traits.contains(.bilinear) { return isZero.contains(true) }
    let point = EquationPoint(tape, self)
    if traits.contains(.linear) {
      return isZero.contains(true)
        && isZero.indices.allSatisfy { isZero[$0] || !point.operandType($0).dtype.isDifferentiable }
    }
    return isZero.indices.contains { operand in
      guard isZero[operand], !traits.contains(.control), !traits.contains(.discrete) else { return false }
      if case .quotient = primitive.differential(of: operand, at: point) { return true }
      return false
    }
  }
}

extension Tensor {
  /// Whether the numbers are known, and all of them are zero.
  fileprivate var isZero: Bool { host != nil && !Bool((self .!= 0).any()) }
}
