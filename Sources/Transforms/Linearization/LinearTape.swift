import Primitives

/// The derivative of a recorded computation at the values it was recorded with: a sequence of linear steps.
///
/// Forward mode runs it from the first step to the last, reverse mode from the last to the first with each step
/// transposed. This is the only place where either mode is implemented.
final class LinearTape {
  /// One linear step.
  private enum Step {
    /// The derivative of an equation with respect to one operand.
    case map(LinearMap, equation: Int32, operand: Int32)
    /// An equation that is linear in all its active operands jointly.
    case joint(any LinearPrimitive, equation: Int32)
    /// An equation that contains programs.
    case control(JointLinearMap, equation: Int32)
  }

  private let tape: Tape
  private var steps: [Step] = []
  /// Which variables depend differentiably on an input.
  private var isActive: [Bool]
  /// The derivatives of equations that contain programs, where they have been made already.
  private let controlMaps: [Int: JointLinearMap]

  /// The derivative of what is on a tape, whose values are known (but for those that the computation is linear in).
  init(linearizing tape: Tape, controlMaps: [Int: JointLinearMap] = [:]) {
    self.tape = tape
    self.controlMaps = controlMaps
    isActive = [Bool](repeating: false, count: tape.values.count)
    steps.reserveCapacity(tape.equations.count &* 2)
    for input in 0..<tape.inputCount { isActive[input] = tape.type(of: Int32(input)).dtype.isDifferentiable }
    for index in tape.equations.indices { linearize(index) }
  }

  private func linearize(_ index: Int) {
    let equation = tape.equations[index]
    var activeCount = 0
    for position in equation.operandRange where isActive[Int(tape.operandTable[position])] { activeCount &+= 1 }
    if activeCount == 0 { return }
    let primitive = equation.primitive
    let traits = primitive.traits
    if traits.contains(.discrete) { return }
    if traits.contains(.control), let control = primitive.asControl {
      linearize(control, index)
      return
    }
    for result in equation.results { isActive[result] = true }
    let point = EquationPoint(tape, equation)
    for operand in 0..<Int(equation.operandCount) {
      guard isActive[Int(tape.operandTable[Int(equation.firstOperand) &+ operand])] else { continue }
      let map = primitive.differential(of: operand, at: point)
      if case .zero = map { continue }
      if activeCount > 1, case .itself(let linear) = map, traits.contains(.linear) {
        steps.append(.joint(linear, equation: Int32(truncatingIfNeeded: index)))
        return
      }
      steps.append(
        .map(map, equation: Int32(truncatingIfNeeded: index), operand: Int32(truncatingIfNeeded: operand)))
    }
  }

  private func linearize(_ control: any ControlPrimitive, _ index: Int) {
    let equation = tape.equations[index]
    let variables = equation.operandRange.map { Int(tape.operandTable[$0]) }
    let map =
      controlMaps[index]
      ?? control.linearized(variables.map { tape.values[$0] }, isActive: variables.map { isActive[$0] }).map
    for result in equation.results { isActive[result] = tape.type(of: Int32(result)).dtype.isDifferentiable }
    steps.append(.control(map, equation: Int32(truncatingIfNeeded: index)))
  }

  /// Whether a variable depends differentiably on an input.
  func isActive(_ variable: Int32) -> Bool { isActive[Int(variable)] }

  private func operandVariable(_ equation: Equation, _ operand: Int) -> Int {
    Int(tape.operandTable[Int(equation.firstOperand) &+ operand])
  }

  private func cotangentCount(_ equation: Equation) -> Int { Int(equation.resultCount) }
}

// MARK: - Forward

extension LinearTape {
  /// The tangents of the given variables from the tangents of the inputs; `nil` is zero.
  func applied(to tangents: [Tensor?], outputs: [Int32?]) -> [Tensor?] {
    var dv = [Tensor?](repeating: nil, count: tape.values.count)
    // Which tangents may have strong zeros, as in reverse mode.
    var masked = [Bool](repeating: false, count: tape.values.count)
    for (input, tangent) in tangents.enumerated() where isActive[input] { dv[input] = tangent }
    for step in steps {
      switch step {
      case .map(let map, let index, let operand):
        let equation = tape.equations[Int(index)]
        let variable = operandVariable(equation, Int(operand))
        guard let dx = dv[variable] else { continue }
        var isMasked = masked[variable]
        let results = map.applied(
          to: dx, operand: Int(operand), at: EquationPoint(tape, equation), isMasked: &isMasked)
        accumulate(results, equation, &dv)
        if isMasked { for result in equation.results { masked[result] = true } }
      case .joint(let primitive, let index):
        let equation = tape.equations[Int(index)]
        let given = (0..<Int(equation.operandCount)).compactMap { operand in
          dv[operandVariable(equation, operand)].map { (operand, $0) }
        }
        if given.isEmpty { continue }
        let isMasked =
          primitive.traits.contains(.selecting)
          || given.contains { masked[operandVariable(equation, $0.0)] }
        if isMasked { for result in equation.results { masked[result] = true } }
        accumulate(EquationPoint(tape, equation).applied(primitive, tangents: given), equation, &dv)
      case .control(let map, let index):
        let equation = tape.equations[Int(index)]
        let given = (0..<Int(equation.operandCount)).map { dv[operandVariable(equation, $0)] }
        if given.allSatisfy({ $0 == nil }) { continue }
        accumulate(map.apply(given), equation, &dv)
        for result in equation.results { masked[result] = true }
      }
    }
    return outputs.map { variable in variable.flatMap { dv[Int($0)] } }
  }

  private func accumulate(_ tangents: [Tensor?], _ equation: Equation, _ dv: inout [Tensor?]) {
    for (result, tangent) in zip(equation.results, tangents) {
      guard let tangent else { continue }
      dv[result] = dv[result].map { $0 + tangent } ?? tangent
    }
  }
}

// MARK: - Reverse

extension LinearTape {
  /// The cotangents of the inputs from cotangents of variables; `nil` is zero.
  ///
  /// - Parameter isMasked: whether zeros in the seeds are strong.
  func transposed(seeds: [(variable: Int32, ct: Tensor)], isMasked: Bool = false) -> [Tensor?] {
    var cts = [Tensor?](repeating: nil, count: tape.values.count)
    var masked = [Bool](repeating: isMasked, count: tape.values.count)
    for (variable, ct) in seeds where isActive[Int(variable)] { add(ct, to: Int(variable), &cts) }
    for step in steps.reversed() {
      switch step {
      case .map(let map, let index, let operand):
        let equation = tape.equations[Int(index)]
        let target = operandVariable(equation, Int(operand))
        transposeMap(map, equation, operand: Int(operand), target: target, &cts, &masked)
      case .joint(let primitive, let index):
        let equation = tape.equations[Int(index)]
        for operand in 0..<Int(equation.operandCount) {
          let target = operandVariable(equation, operand)
          guard isActive[target] else { continue }
          transposeMap(.itself(primitive), equation, operand: operand, target: target, &cts, &masked)
        }
      case .control(let map, let index):
        let equation = tape.equations[Int(index)]
        let given = equation.results.map { cts[$0] }
        if given.allSatisfy({ $0 == nil }) { continue }
        for (operand, ct) in map.transpose(given).enumerated() {
          guard let ct else { continue }
          let target = operandVariable(equation, operand)
          // What happens inside is not known here: its zeros may be strong.
          masked[target] = true
          add(ct, to: target, &cts)
        }
      }
    }
    return Array(cts[0..<tape.inputCount])
  }

  @inline(__always)
  private func transposeMap(
    _ map: LinearMap, _ equation: Equation, operand: Int, target: Int, _ cts: inout [Tensor?], _ masked: inout [Bool]
  ) {
    let first = Int(equation.firstResult)
    if equation.resultCount == 1 {
      guard let ct = cts[first] else { return }
      var isMasked = masked[first]
      let moved: Tensor?
      // The most frequent cases without an array.
      switch map {
      case .identity: moved = ct
      case .negation: moved = -ct
      case .scale(let factor) where !isMasked: moved = ct * conjugate(factor)
      case .quotient(let divisor) where !isMasked: moved = ct / conjugate(divisor)
      default: moved = map.transposed([ct], operand: operand, at: EquationPoint(tape, equation), isMasked: &isMasked)
      }
      guard let moved else { return }
      if isMasked { masked[target] = true }
      add(moved, to: target, &cts)
      return
    }
    let given = equation.results.map { cts[$0] }
    if given.allSatisfy({ $0 == nil }) { return }
    var isMasked = equation.results.contains { masked[$0] }
    guard
      let moved = map.transposed(given, operand: operand, at: EquationPoint(tape, equation), isMasked: &isMasked)
    else { return }
    if isMasked { masked[target] = true }
    add(moved, to: target, &cts)
  }

  @inline(__always)
  private func add(_ ct: Tensor, to variable: Int, _ cts: inout [Tensor?]) {
    if let already = cts[variable] {
      cts[variable] = already + ct
    } else {
      cts[variable] = ct
    }
  }
}
