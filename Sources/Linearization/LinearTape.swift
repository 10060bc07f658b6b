@_exported import Primitives

/// The derivative of a recorded computation at the values it was recorded with: a sequence of linear entries.
///
/// Forward mode runs it from the first entry to the last, reverse mode from the last to the first with each entry
/// transposed. This is the only place where either mode is implemented.
package final class LinearTape {
  /// One linear map: from the tangent of a source to the tangents of an equation's results.
  ///
  /// The entries are read in tight loops: the frequent maps stand in the entry itself, the others in `maps`.
  package struct Entry {
    package enum Operation: UInt8 {
      /// dy = dx.
      case identity
      /// dy = -dx.
      case negation
      /// dy = factor · dx.
      case scale
      /// dy = dx / factor.
      case quotient
      /// Any other map of one operand, in `maps`.
      case map
      /// An equation that is linear in all its active operands jointly.
      case joint
      /// An equation that contains programs.
      case control
    }

    package var operation: Operation
    package var equation: Int32
    package var operand: Int32 = 0
    /// The operand's variable.
    package var source: Int32 = 0
    /// The first result's variable.
    package var result: Int32
    /// The factor or divisor.
    package var factor = Tensor(.invalid)
    /// The place in `maps`.
    package var map: Int32 = -1
  }

  /// What an entry does that is not held in itself.
  package enum General {
    case map(LinearMap)
    case joint(any LinearPrimitive)
    case control(JointLinearMap)
  }

  // Nothing changes after the initializer, so that exclusivity needs no check at run time.
  package let tape: Tape
  @exclusivity(unchecked) package private(set) var entries: [Entry] = []
  @exclusivity(unchecked) package private(set) var maps: [General] = []
  /// Which variables depend differentiably on an input.
  @exclusivity(unchecked) private var activity: Activity

  /// The derivative of what is on a tape, whose values are known (but for those that the computation is linear in).
  package init(linearizing tape: Tape) {
    self.tape = tape
    activity = Activity(variableCount: tape.values.count)
    entries.reserveCapacity(tape.equations.count &* 2)
    for input in 0..<tape.inputCount where tape.type(of: Int32(input)).dtype.isDifferentiable {
      activity.activate(input)
    }
    let operandTable = tape.operandTable
    // Equations are read where they lie, a field at a time: a copy would retain the primitive's parameters.
    tape.equations.withUnsafeBufferPointer { equations in
      for index in equations.indices {
        let traits = activity.propagate(equations[index], operandTable) {
          tape.type(of: Int32(truncatingIfNeeded: $0)).dtype
        }
        if let traits { linearize(equations[index], index, traits) }
      }
    }
  }

  private func linearize(_ equation: borrowing Equation, _ index: Int, _ traits: PrimitiveTraits) {
    if traits.contains(.control), let control = equation.primitive.control {
      linearize(control, equation, index, tape.controlMaps[index])
      return
    }
    if traits.contains(.evenPower), let paths = squarePaths(ofEquation: index) {
      for path in paths {
        entries.append(
          Entry(
            operation: .map, equation: Int32(truncatingIfNeeded: index), source: path.source,
            result: equation.firstResult, map: keep(.map(.rules(forward: path.forward, reverse: path.reverse)))))
      }
      return
    }
    let point = EquationPoint(tape, equation)
    for operand in 0..<Int(equation.operandCount) {
      let source = tape.operandTable[Int(equation.firstOperand) &+ operand]
      guard activity.isActive[Int(source)] else { continue }
      // The parts of an entry, which is made last and once: a copy would retain the factor.
      var operation = Entry.Operation.map
      var factor = Tensor(.invalid)
      var place: Int32 = -1
      switch equation.primitive.differential(of: operand, at: point) {
      case .zero: continue
      case .identity: operation = .identity
      case .negation: operation = .negation
      case .scale(let by):
        operation = .scale
        factor = by
      case .quotient(let by):
        operation = .quotient
        factor = by
      case .itself(let linear):
        let isJoint = traits.contains(.linear) ? hasSeveralActiveOperands(equation) : false
        if isJoint { operation = .joint }
        place = keep(isJoint ? .joint(linear) : .map(.itself(linear)))
      case .choice(let weight): place = keep(.map(.choice(weight: weight)))
      case .scales(let outer, let inner): place = keep(.map(.scales(outer: outer, inner: inner)))
      case .rule(let function): place = keep(.map(.rule(function)))
      case .rules(let forward, let reverse): place = keep(.map(.rules(forward: forward, reverse: reverse)))
      }
      entries.append(
        Entry(
          operation: operation, equation: Int32(truncatingIfNeeded: index), operand: Int32(truncatingIfNeeded: operand),
          source: source, result: equation.firstResult, factor: factor, map: place))
      if operation == .joint { return }
    }
  }

  private func linearize(
    _ control: any ControlPrimitive, _ equation: borrowing Equation, _ index: Int, _ known: JointLinearMap?
  ) {
    let variables = equation.operandRange.map { Int(tape.operandTable[$0]) }
    let map =
      known
      ?? control.linearized(variables.map { tape.values[$0] }, isActive: variables.map { activity.isActive[$0] }).map
    entries.append(
      Entry(
        operation: .control, equation: Int32(truncatingIfNeeded: index), result: equation.firstResult,
        map: keep(.control(map))))
  }

  private func keep(_ map: General) -> Int32 {
    maps.append(map)
    return Int32(truncatingIfNeeded: maps.count &- 1)
  }

  /// Whether a variable depends differentiably on an input.
  @inline(__always)
  package func isActive(_ variable: Int) -> Bool { activity.isActive[variable] }

  /// Whether a variable depends differentiably on an input.
  package func isActive(_ variable: Int32) -> Bool { isActive(Int(variable)) }

  private func hasSeveralActiveOperands(_ equation: borrowing Equation) -> Bool {
    var count = 0
    for operand in 0..<Int(equation.operandCount) where isActive(operandVariable(equation, operand)) { count &+= 1 }
    return count > 1
  }

  package func operandVariable(_ equation: borrowing Equation, _ operand: Int) -> Int {
    Int(tape.operandTable[Int(equation.firstOperand) &+ operand])
  }
}
