import Linearization
import Passes

// The derivative of a call with rules. What the rules need for the linear part are further results of a call with the same
// rules, so that the derivative of its first results is the rules' again, in every order.

extension CustomCall {
  public func linearized(_ operands: [Tensor], isActive: [Bool]) -> (results: [Tensor], map: JointLinearMap) {
    let count = function.program.outputs.count
    guard let derivative = CustomDerivative.of(self, isActive) else { return failedLinearization(count) }
    let results = derivative.known.bind(operands)
    guard results.count == derivative.known.function.program.outputs.count else { return failedLinearization(count) }
    let residuals = derivative.residuals.map { source in
      switch source {
      case .operand(let place): operands[place]
      case .result(let place): results[place]
      }
    }
    let map = JointLinearMap(
      apply: { derivative.linear.applied(to: $0, residuals[...], summedInto: count, isMasked: &$1) },
      transpose: { derivative.transposed.applied(to: $0, residuals[...], summedInto: operands.count, isMasked: &$1) })
    return (Array(results[..<count]), map)
  }
}

extension [LinearCall] {
  /// The sum of what they give.
  fileprivate func applied(
    to tangents: [Tensor?], _ residuals: ArraySlice<Tensor>, summedInto count: Int, isMasked: inout Bool
  ) -> [Tensor?] {
    var sums = [Tensor?](repeating: nil, count: count)
    let isGivenMasked = isMasked
    for call in self {
      var isOwnMasked = isGivenMasked
      let values = call.applied(to: tangents, residuals, count: count, isMasked: &isOwnMasked)
      if isOwnMasked { isMasked = true }
      for (place, value) in values.enumerated() {
        guard let value else { continue }
        sums[place] = sums[place].map { $0 + value } ?? value
      }
    }
    return sums
  }
}

/// The programs of the derivative of a call with rules.
private struct CustomDerivative: Sendable {
  /// Where a residual is found.
  enum Origin: Sendable {
    case operand(Int)
    case result(Int)
  }

  /// From the operands to the results, followed by residuals.
  let known: CustomCall
  /// The residuals of the linear parts.
  let residuals: [Origin]
  /// From tangents of operands to those of results; their sum is the derivative.
  let linear: [LinearCall]
  /// From cotangents of results to those of operands.
  let transposed: [LinearCall]

  /// The derivative of a call, made once; `nil` when a rule is invalid, which has been reported.
  static func of(_ call: CustomCall, _ isActive: [Bool]) -> CustomDerivative? {
    let mask = zip(isActive, call.function.program.inputTypes).map { $0 && $1.dtype.isDifferentiable }
    return DerivedPrograms.shared.value(of: call.function, LinearizedRules(call: call, inputs: mask)) {
      CustomDerivative(of: call, mask)
    }
  }

  private init?(of call: CustomCall, _ mask: [Bool]) {
    var parts = DerivativeParts(call, mask)
    guard parts.addRules(), parts.addProgram() else { return nil }
    let program = call.function.program
    let (recorders, ruledCount) = (parts.parts, call.ruledCount)
    let name = program.name + "_known"
    let recorded = Program.tracing(name, program.inputTypes, unreadable: .readInRule(of: name)) { operands in
      var results: [Tensor]?
      var residuals: [Tensor] = []
      for record in recorders {
        let (values, needed) = record(operands)
        results = results ?? values
        residuals += needed
      }
      let own = program.applied(to: operands)
      return (results ?? Array(own[..<ruledCount])) + own[ruledCount...] + residuals
    }
    guard let recorded else { return nil }
    let merged = DeadCodeElimination().rewritten(CommonSubexpressionElimination().rewritten(recorded.program))
    // What is an operand, or a result already, is not one more result.
    var outputs = Array(merged.outputs[..<program.outputs.count])
    var origins: [Origin] = []
    for residual in merged.outputs[program.outputs.count...] {
      if let place = merged.inputs.firstIndex(of: residual) {
        origins.append(.operand(place))
      } else if let place = outputs.firstIndex(of: residual) {
        origins.append(.result(place))
      } else {
        origins.append(.result(outputs.count))
        outputs.append(residual)
      }
    }
    var known = merged
    known.outputs = outputs
    let isRuled = call.differentiableArguments.contains { mask[$0] }
    self.known = CustomCall(
      Subprogram(known), argumentCount: call.argumentCount, ruledCount: ruledCount,
      rules: isRuled ? call.rules.ofKnownPart : call.rules, batching: call.batching)
    residuals = origins
    linear = parts.linear
    transposed = parts.transposed
  }
}

private struct LinearizedRules: Hashable {
  var call: CustomCall
  var inputs: [Bool]
}

/// Collects the parts of the derivative of a call with rules.
private struct DerivativeParts {
  /// Records what a part computes from the operands: the ruled results, where it gives them, and its residuals.
  typealias PartRecorder = ([Tensor]) -> (results: [Tensor]?, residuals: [Tensor])

  let call: CustomCall
  let mask: [Bool]
  private(set) var parts: [PartRecorder] = []
  private(set) var linear: [LinearCall] = []
  private(set) var transposed: [LinearCall] = []
  private var residualCount = 0

  init(_ call: CustomCall, _ mask: [Bool]) {
    self.call = call
    self.mask = mask
  }

  private var program: Program { call.function.program }
  private var arguments: [Int] { call.differentiableArguments }
  private var results: [Int] { call.differentiableResults }
  private func types(_ places: [Int], _ types: [TensorType]) -> [TensorType] { places.map { types[$0] } }

  private mutating func addPart(_ residuals: Int, _ part: @escaping PartRecorder) -> Int {
    parts.append(part)
    residualCount += residuals
    return residualCount - residuals
  }

  /// The derivative with respect to the arguments by the rules; false when one is invalid, which has been reported.
  mutating func addRules() -> Bool {
    let rules = call.rules
    if !arguments.contains(where: { mask[$0] }) { return true }
    if let tangent = rules.tangent {
      if !addTangentRule(tangent, isTransposed: rules.backward == nil && rules.transpose == nil) { return false }
    }
    if let transpose = rules.transpose {
      return addTranspose(transpose, usesLinear: rules.tangent == nil, usesTransposed: rules.backward == nil)
        && (rules.backward == nil || addAdjointRule(isLinear: false))
    }
    return rules.backward == nil || addAdjointRule(isLinear: rules.tangent == nil)
  }

  /// The rule for tangents is linear in them, so that it is its own derivative at tangents of zero.
  private mutating func addTangentRule(_ rule: Subprogram, isTransposed: Bool) -> Bool {
    let count = program.inputs.count
    let isActive = program.inputTypes.map { _ in false } + arguments.map { mask[$0] }
    let (zeroTypes, ruledCount) = (types(arguments, program.inputTypes), call.ruledCount)
    // Where one equation gives values and tangents, such as a loop over both, the tangents alone are differentiated.
    let isMixed = rule.program.activeOutputs(isActive).prefix(ruledCount).contains(true)
    let tangents = Array(rule.program.outputs[ruledCount...])
    let differentiated =
      isMixed ? Subprogram(rule.program.computing(tangents, from: rule.program.inputs)) : rule
    guard let derivative = ProgramDerivative.of(differentiated, isActive) else { return false }
    let first = addPart(derivative.residualTypes.count) { operands in
      let zero = zeroTypes.map { zeros($0, beside: operands[0]) }
      let values = derivative.known.program.applied(to: operands + zero)
      let results = isMixed ? rule.program.applied(to: operands + zero) : values
      return (Array(results[..<ruledCount]), Array(values[derivative.outputCount...]))
    }
    let inputs = { [arguments] (place: Int) in arguments[place - count] }
    let outputs = { [results] (place: Int) in results[isMixed ? place : place - ruledCount] }
    linear.append(derivative.linear.moved(inputs, outputs, residuals: first))
    if isTransposed { transposed.append(derivative.transposed.moved(outputs, inputs, residuals: first)) }
    return true
  }

  /// The rule for cotangents is the transposed derivative; transposed again it is the derivative.
  private mutating func addAdjointRule(isLinear: Bool) -> Bool {
    guard let forward = call.rules.forward, let backward = call.rules.backward else { return true }
    let (ruledCount, keptTypes) = (call.ruledCount, Array(forward.program.outputTypes[call.ruledCount...]))
    let first = addPart(keptTypes.count) { operands in
      let values = forward.program.applied(to: operands)
      return (Array(values[..<ruledCount]), Array(values[ruledCount...]))
    }
    let kept = Array(first..<(first + keptTypes.count))
    let cotangents = zip(results, types(results, program.outputTypes)).map { (position: $0, type: $1) }
    let isActive = cotangents.map { _ in true } + keptTypes.map { _ in false }
    if !call.rules.isBackwardLinear {
      transposed.append(
        LinearCall(absorbing: .init(call: Call(backward), residuals: kept), taken: cotangents, produced: arguments))
      guard isLinear else { return true }
      guard let refused = call.refusedForwardMode() else { return false }
      let taken = arguments.map { (position: $0, type: program.inputTypes[$0]) }
      linear.append(LinearCall(absorbing: .init(call: refused, residuals: []), taken: taken, produced: results))
      return true
    }
    guard let absorbing = backward.absorbingZeros(in: isActive) else { return false }
    transposed.append(
      LinearCall(
        plain: .init(call: Call(backward), residuals: kept),
        absorbing: .init(call: Call(absorbing), residuals: kept), makesStrongZeros: true, taken: cotangents,
        produced: arguments))
    if !isLinear { return true }
    guard let derivative = ProgramDerivative.of(backward, isActive) else { return false }
    // What the transposed rule needs is computed from what the user's forward rule keeps, and only where it is used.
    let tangents = derivative.transposed
    let name = backward.program.name + "_transposed"
    let takenTypes = tangents.taken.map(\.type)
    let recorded = Program.tracing(name, takenTypes + keptTypes, unreadable: .readInRule(of: name)) { inputs in
      let kept = Array(inputs[takenTypes.count...])
      let zero = cotangents.map { zeros($0.type, beside: inputs) }
      let values = derivative.known.program.applied(to: zero + kept)[derivative.outputCount...]
      return tangents.absorbing.call.program.program.applied(
        to: Array(inputs[..<takenTypes.count]) + tangents.absorbing.residuals.map { values[values.startIndex + $0] })
    }
    guard let recorded else { return false }
    linear.append(
      LinearCall(
        absorbing: .init(call: Call(recorded.program), residuals: kept),
        taken: tangents.taken.map { (arguments[$0.position], $0.type) }, produced: tangents.produced.map { results[$0] }
      ))
    return true
  }

  /// The transpose of a program that is linear in its arguments; each is the other's transpose.
  private mutating func addTranspose(_ rule: Subprogram, usesLinear: Bool, usesTransposed: Bool) -> Bool {
    let outside = Array(program.inputs.indices.dropFirst(call.argumentCount))
    let first = addPart(outside.count) { operands in (nil, outside.map { operands[$0] }) }
    let kept = Array(first..<(first + outside.count))
    let (inputs, outputs) = (types(arguments, program.inputTypes), types(results, program.outputTypes))
    let outsideTypes = types(outside, program.inputTypes)
    let function = Subprogram(
      program.computing(
        results.map { program.outputs[$0] },
        from: (arguments + outside).map { program.inputs[$0] }))
    func linearCall(_ function: Subprogram, from inputs: [TensorType], transpose: Subprogram, to results: Int) -> Call?
    {
      let call = CustomCall(
        function, argumentCount: inputs.count, ruledCount: results, rules: RulePrograms(transpose: transpose))
      let name = function.program.name
      return Program.tracing(name, inputs + outsideTypes, unreadable: .readInRule(of: name)) { call.bind($0) }
        .map { Call($0.program) }
    }
    func isLinear(_ inputs: [TensorType]) -> [Bool] { inputs.map { _ in true } + outsideTypes.map { _ in false } }
    guard let absorbingFunction = function.absorbingZeros(in: isLinear(inputs)),
      let absorbingRule = rule.absorbingZeros(in: isLinear(outputs)),
      let forward = linearCall(function, from: inputs, transpose: rule, to: outputs.count),
      let backward = linearCall(rule, from: outputs, transpose: function, to: inputs.count),
      let absorbingForward = linearCall(absorbingFunction, from: inputs, transpose: absorbingRule, to: outputs.count),
      let absorbingBackward = linearCall(absorbingRule, from: outputs, transpose: absorbingFunction, to: inputs.count)
    else { return false }
    let tangents = zip(arguments, inputs).map { (position: $0, type: $1) }
    let cotangents = zip(results, outputs).map { (position: $0, type: $1) }
    if usesLinear {
      linear.append(
        LinearCall(
          plain: .init(call: forward, residuals: kept), absorbing: .init(call: absorbingForward, residuals: kept),
          makesStrongZeros: true, taken: tangents, produced: results))
    }
    if usesTransposed {
      transposed.append(
        LinearCall(
          plain: .init(call: backward, residuals: kept), absorbing: .init(call: absorbingBackward, residuals: kept),
          makesStrongZeros: true, taken: cotangents, produced: arguments))
    }
    return true
  }

  /// The derivative of the program itself, for what the rules do not speak of; false when it is invalid, which has been
  /// reported.
  mutating func addProgram() -> Bool {
    var active = mask
    if call.rules.hasDerivative { for place in 0..<call.argumentCount { active[place] = false } }
    return addProgram(active, outputs: Array(0..<call.ruledCount))
      && addProgram(mask, outputs: Array(program.outputs.indices.dropFirst(call.ruledCount)))
  }

  private mutating func addProgram(_ isActive: [Bool], outputs: [Int]) -> Bool {
    if outputs.isEmpty || !isActive.contains(true) { return true }
    let part = program.computing(outputs.map { program.outputs[$0] }, from: program.inputs)
    if !part.activeOutputs(isActive).contains(true) { return true }
    guard let derivative = ProgramDerivative.of(Subprogram(part), isActive) else { return false }
    if derivative.linear.produced.isEmpty { return true }
    let first = addPart(derivative.residualTypes.count) { operands in
      (nil, Array(derivative.known.program.applied(to: operands)[derivative.outputCount...]))
    }
    linear.append(derivative.linear.moved({ $0 }, { outputs[$0] }, residuals: first))
    transposed.append(derivative.transposed.moved({ outputs[$0] }, { $0 }, residuals: first))
    return true
  }
}

extension CustomCall {
  /// A call from tangents to tangents that fails: in programs for both modes it stands unused where only reverse mode runs.
  fileprivate func refusedForwardMode() -> Call? {
    let tangents = differentiableArguments.map { function.program.inputTypes[$0] }
    let results = differentiableResults.map { function.program.outputTypes[$0] }
    let name = function.program.name + "_forward_mode"
    let error = TensorError(
      .transform, "customVJP",
      "the backward rule is not linear in the cotangent, so that it says nothing about forward mode",
      hint:
        "use reverse mode: grad, vjp, jacobian(f, mode: .reverse); or give a rule for tangents as well: withRule(f, "
        + "CustomRule(jvp: ..., vjp: ..., isExact: false))")
    let failing = Callback(HostFunction(name) { _ in throw error }, tangents, results)
    return Program.tracing(name, tangents, unreadable: .readInRule(of: name)) { failing.bind($0) }
      .map { Call($0.program) }
  }
}

extension LinearCall {
  /// The same call with other positions in the lists of tangents, of results, and of residuals.
  fileprivate func moved(_ taken: (Int) -> Int, _ produced: (Int) -> Int, residuals first: Int) -> LinearCall {
    func moved(_ variant: Variant) -> Variant {
      Variant(call: variant.call, residuals: variant.residuals.map { first + $0 })
    }
    return LinearCall(
      plain: moved(plain), absorbing: moved(absorbing), makesStrongZeros: makesStrongZeros,
      taken: self.taken.map { (taken($0.position), $0.type) }, produced: self.produced.map(produced))
  }
}
