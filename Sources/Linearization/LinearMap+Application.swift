import Primitives

extension LinearMap {
  /// The results' tangents from the tangent of one operand.
  ///
  /// - Parameter isMasked: whether zeros in the tangent may be strong; set when the results have such zeros.
  package func applied(to dx: Tensor, operand: Int, at point: EquationPoint, isMasked: inout Bool) -> [Tensor?] {
    switch self {
    case .zero: return [nil]
    case .identity: return [dx]
    case .negation: return [-dx]
    case .scale(let factor): return [scaled(dx, by: factor, isMasked)]
    case .scales(let outer, let inner): return [scaled(scaled(dx, by: inner, isMasked), by: outer, isMasked)]
    case .quotient(let divisor): return [isMasked ? scaled(dx, by: 1 / divisor, true) : dx / divisor]
    case .choice(let weight):
      isMasked = true
      return [ZeroAbsorbingMultiply().bind(weight, dx)]
    case .itself(let primitive):
      if primitive.traits.makesStrongTangents || point.hasConstants(beside: 1, of: primitive) { isMasked = true }
      return point.applied(isMasked ? primitive.absorbingZeros : primitive, tangents: [(operand, dx)])
    case .rule(let function): return RecordedRule(function, at: dx.type).applied(to: dx, isMasked: &isMasked)
    case .rules(let forward, _):
      return RecordedRule({ [forward($0)] }, at: dx.type).applied(to: dx, isMasked: &isMasked)
    }
  }

  /// The operand's cotangent from the results' cotangents.
  ///
  /// - Parameter isMasked: whether zeros among the cotangents may be strong, and so must absorb what they are multiplied
  ///   with; set when the result has such zeros.
  package func transposed(_ cts: [Tensor?], operand: Int, at point: EquationPoint, isMasked: inout Bool) -> Tensor? {
    switch self {
    case .zero: return nil
    case .identity: return cts[0]
    case .negation: return cts[0].map { -$0 }
    case .scale(let factor): return cts[0].map { scaled($0, by: conjugate(factor), isMasked) }
    case .scales(let outer, let inner):
      return cts[0].map { scaled(scaled($0, by: conjugate(outer), isMasked), by: conjugate(inner), isMasked) }
    case .quotient(let divisor):
      let divisor = conjugate(divisor)
      return cts[0].map { isMasked ? scaled($0, by: 1 / divisor, true) : $0 / divisor }
    case .choice(let weight):
      isMasked = true
      return cts[0].map { ZeroAbsorbingMultiply().bind(weight, $0) }
    case .itself(let primitive):
      if primitive.traits.makesStrongCotangents { isMasked = true }
      return (isMasked ? primitive.absorbingZeros : primitive).transposed(cts, of: operand, at: point)
    case .rule(let function):
      return RecordedRule(function, at: point.operandType(operand)).transposed(cts, isMasked: &isMasked)
    case .rules(_, let reverse):
      guard let ct = cts[0] else { return nil }
      return RecordedRule({ [reverse($0)] }, at: ct.type).applied(to: ct, isMasked: &isMasked)[0]
    }
  }
}

/// A cotangent times a factor.
private func scaled(_ ct: Tensor, by factor: Tensor, _ isMasked: Bool) -> Tensor {
  isMasked ? ZeroAbsorbingMultiply().bind(ct, factor) : ct * factor
}

extension EquationPoint {
  /// Whether a primitive that is linear in all operands jointly has some without a tangent: those count as zeros, which no
  /// factor changes, as a constant has no derivative.
  func hasConstants(beside givenCount: Int, of primitive: any Primitive) -> Bool {
    guard primitive.traits.contains(.linear), operandCount > givenCount else { return false }
    return (0..<operandCount).lazy.filter { operandType($0).dtype.isDifferentiable }.count > givenCount
  }

  /// The results' tangents of a primitive that is linear in the operands with the given tangents, which are in ascending
  /// order of the operands.
  func applied(_ primitive: any Primitive, tangents: [(operand: Int, dx: Tensor)]) -> [Tensor] {
    let isJointlyLinear = primitive.traits.contains(.linear)
    var next = 0
    let operands = (0..<operandCount).map { index in
      if next < tangents.count, tangents[next].operand == index {
        next += 1
        return tangents[next - 1].dx
      }
      let type = operandType(index)
      if isJointlyLinear && type.dtype.isDifferentiable { return zeros(type, beside: tangents[0].dx) }
      return operand(index)
    }
    return primitive.bind(operands)
  }
}

/// A linear function of a derivative rule, recorded: it runs in both directions as everything else does, so that zeros
/// that are strong stay so.
private struct RecordedRule {
  private let tape: LinearTape
  /// The variables of the results; `nil` where one does not depend on the tangent.
  private let results: [Int32?]
  /// Whether an operation of the rule has failed, which has been reported.
  private let isInvalid: Bool

  init(_ function: (Tensor) -> [Tensor], at type: TensorType) {
    let state = ThreadState.current
    let unreadable = TensorError(
      .transform, "transpose", "a derivative rule reads the value of its tangent", hint: "a rule must be linear in it")
    let trace = Trace.begin(state, .abstract(unreadable: unreadable))
    let tensors = function(trace.input(type))
    results = tensors.map { trace.ownVariable(of: $0) }
    isInvalid = tensors.contains(where: \.isInvalid)
    trace.end(state)
    trace.tape.evaluateKnown()
    tape = LinearTape(linearizing: trace.tape)
  }

  package func applied(to dx: Tensor, isMasked: inout Bool) -> [Tensor?] {
    if isInvalid { return results.map { _ in Tensor(.invalid) } }
    let known = results.compactMap { $0 }
    let (tangents, masks) = tape.appliedWithMasks(to: [dx], isMasked: [isMasked], outputs: known)
    if masks.contains(true) { isMasked = true }
    var next = tangents.makeIterator()
    return results.map { $0 == nil ? nil : next.next() ?? nil }
  }

  func transposed(_ cts: [Tensor?], isMasked: inout Bool) -> Tensor? {
    if isInvalid { return Tensor(.invalid) }
    let seeds = zip(results, cts).compactMap { variable, ct in
      variable.flatMap { variable in ct.map { (variable, $0) } }
    }
    let (moved, masks) = tape.transposedWithMasks(seeds: seeds, isMasked: isMasked)
    if masks[0] { isMasked = true }
    return moved[0]
  }
}

extension Tape {
  /// Gives values to what was recorded but does not depend on the inputs, such as a number that is broadcast beside them.
  fileprivate func evaluateKnown() {
    equations.replay(operandTable, places, &values) { _, equation, operands in
      operands.contains(where: \.isInvalid) ? [] : equation.primitive.bind(operands)
    }
  }
}
