import Primitives

extension LinearTape {
  /// The tangents of the given variables from the tangents of the inputs; `nil` is zero.
  package func applied(to tangents: [Tensor?], outputs: [Int32?]) -> [Tensor?] {
    let sweep = swept(tangents, isMasked: [])
    return outputs.map { variable in variable.flatMap { sweep.dv[Int($0)] } }
  }

  /// The tangents of the given variables, and which of them may hold strong zeros.
  ///
  /// - Parameter isMasked: which of the inputs' tangents may.
  package func appliedWithMasks(
    to tangents: [Tensor?], isMasked: [Bool], outputs: [Int32]
  ) -> (tangents: [Tensor?], isMasked: [Bool]) {
    let sweep = swept(tangents, isMasked: isMasked)
    return (outputs.map { sweep.dv[Int($0)] }, outputs.map { sweep.isMasked[Int($0)] })
  }

  private func swept(_ tangents: [Tensor?], isMasked: [Bool]) -> ForwardSweep {
    var sweep = ForwardSweep(self)
    for (input, tangent) in tangents.enumerated() where isActive(input) { sweep.dv[input] = tangent }
    for (input, isMasked) in isMasked.enumerated() { sweep.isMasked[input] = isMasked }
    entries.withUnsafeBufferPointer { entries in
      for index in entries.indices { sweep.run(entries[index]) }
    }
    return sweep
  }
}

/// A run over the entries in their order, which carries a tangent for each variable.
private struct ForwardSweep {
  let linear: LinearTape
  /// The tangents; `nil` is zero.
  var dv: [Tensor?]
  /// Which tangents may have strong zeros.
  var isMasked: [Bool]

  init(_ linear: LinearTape) {
    self.linear = linear
    dv = [Tensor?](repeating: nil, count: linear.tape.values.count)
    isMasked = [Bool](repeating: false, count: linear.tape.values.count)
  }

  @inline(__always)
  mutating func run(_ entry: LinearTape.Entry) {
    let source = Int(entry.source)
    switch entry.operation {
    case .identity: if let dx = dv[source] { add(dx, entry) }
    case .negation: if let dx = dv[source] { add(-dx, entry) }
    case .scale:
      if let dx = dv[source] { add(isMasked[source] ? absorbing(dx, entry.factor) : dx * entry.factor, entry) }
    case .quotient:
      if let dx = dv[source] { add(isMasked[source] ? absorbing(dx, 1 / entry.factor) : dx / entry.factor, entry) }
    case .map, .joint, .control: runGeneral(entry)
    }
  }

  private func absorbing(_ dx: Tensor, _ factor: Tensor) -> Tensor { ZeroAbsorbingMultiply().bind(dx, factor) }

  @inline(__always)
  private mutating func add(_ tangent: Tensor, _ entry: LinearTape.Entry) {
    let result = Int(entry.result)
    if isMasked[Int(entry.source)] { isMasked[result] = true }
    dv[result] = dv[result].map { $0 + tangent } ?? tangent
  }

  private mutating func runGeneral(_ entry: LinearTape.Entry) {
    let equation = linear.tape.equations[Int(entry.equation)]
    let point = EquationPoint(linear.tape, equation)
    switch linear.maps[Int(entry.map)] {
    case .map(let map):
      let source = Int(entry.source)
      guard let dx = dv[source] else { return }
      var masked = isMasked[source] || equation.primitive.traits.makesStrongTangents
      let tangents = map.applied(to: dx, operand: Int(entry.operand), at: point, isMasked: &masked)
      add(tangents, equation, isMasked: masked)
    case .joint(let primitive):
      let given = (0..<Int(equation.operandCount)).compactMap { operand in
        dv[linear.operandVariable(equation, operand)].map { (operand, $0) }
      }
      if given.isEmpty { return }
      let masked =
        primitive.traits.makesStrongTangents || point.hasConstants(beside: given.count, of: primitive)
        || given.contains { isMasked[linear.operandVariable(equation, $0.0)] }
      add(point.applied(primitive, tangents: given), equation, isMasked: masked)
    case .control(let map):
      let sources = (0..<Int(equation.operandCount)).map { linear.operandVariable(equation, $0) }
      let given = sources.map { dv[$0] }
      if given.allSatisfy({ $0 == nil }) { return }
      var masked = sources.contains { dv[$0] != nil && isMasked[$0] }
      let tangents = map.apply(given, &masked)
      add(tangents, equation, isMasked: masked)
    }
  }

  private mutating func add(_ tangents: [Tensor?], _ equation: Equation, isMasked masked: Bool) {
    for (result, tangent) in zip(equation.results, tangents) {
      if masked { isMasked[result] = true }
      guard let tangent else { continue }
      dv[result] = dv[result].map { $0 + tangent } ?? tangent
    }
  }
}
