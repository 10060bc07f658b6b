/// Which variables have a derivative with respect to the inputs for which a flag is set: the one rule for what is recorded,
/// what is linearized, and programs.
///
/// A variable is active when it is computed from an active one by an operation that has a derivative. Operations that
/// contain programs are looked into.
package struct Activity {
  /// One flag for each variable.
  package private(set) var isActive: [Bool]

  /// Nothing is active.
  package init(variableCount: Int) { isActive = [Bool](repeating: false, count: variableCount) }

  /// Makes a variable active.
  @inline(__always)
  package mutating func activate(_ variable: Int) { isActive[variable] = true }

  /// Takes account of further variables, which are not active.
  package mutating func grow(to variableCount: Int) {
    isActive += repeatElement(false, count: max(0, variableCount - isActive.count))
  }

  /// Forgets everything but keeps the memory.
  package mutating func removeAll() { isActive.removeAll(keepingCapacity: true) }

  /// Notes which results of an equation are active.
  ///
  /// - Parameter dtype: the element type of a variable; asked for only where an equation contains programs.
  /// - Returns: the primitive's traits where the equation has active operands and a derivative.
  @inline(__always)
  @discardableResult
  package mutating func propagate(
    _ equation: borrowing Equation, _ operandTable: [Int32], dtype: (Int) -> DType
  ) -> PrimitiveTraits? {
    let first = Int(equation.firstOperand)
    let end = first &+ Int(equation.operandCount)
    var position = first
    while position < end, !isActive[Int(operandTable[position])] { position &+= 1 }
    if position == end { return nil }
    let traits = equation.primitive.traits
    if traits.contains(.discrete) { return nil }
    if traits.contains(.control), let control = equation.primitive.control {
      let flags = control.activity(operandTable[first..<end].map { isActive[Int($0)] }, equation.results.count).results
      for (result, flag) in zip(equation.results, flags) { isActive[result] = flag && dtype(result).isDifferentiable }
    } else {
      // Operations without a derivative by type, such as those that give integers, are discrete: a law.
      for result in equation.results { isActive[result] = true }
    }
    return traits
  }
}

extension ControlPrimitive {
  /// The flags of all ports for the operands that are active.
  package func activity(_ operands: [Bool], _ resultCount: Int) -> PortFlags {
    PortFlags(self, operands: operands, resultCount: resultCount, steering: .isIgnored) { $0.activeOutputs($1) }
  }
}

extension Subprogram {
  /// Which outputs have a derivative with respect to the inputs for which a flag is set; looked for once.
  package func activeOutputs(_ flags: [Bool]) -> [Bool] {
    if !flags.contains(true) { return [Bool](repeating: false, count: outputCount) }
    return DerivedPrograms.shared.value(of: self, ActiveOutputs(inputs: flags)) { program.activeOutputs(flags) } ?? []
  }
}

private struct ActiveOutputs: Hashable {
  var inputs: [Bool]
}

extension Program {
  /// Which variables have a derivative with respect to the inputs for which a flag is set.
  package func activity(_ flags: [Bool]) -> Activity {
    var activity = Activity(variableCount: variableCount)
    for (variable, flag) in zip(inputs, flags) where flag && types[Int(variable)].dtype.isDifferentiable {
      activity.activate(Int(variable))
    }
    for equation in equations { activity.propagate(equation, operandTable) { types[$0].dtype } }
    return activity
  }

  /// Which outputs have a derivative with respect to the inputs for which a flag is set.
  package func activeOutputs(_ flags: [Bool]) -> [Bool] {
    let activity = activity(flags)
    return outputs.map { activity.isActive[Int($0)] }
  }
}
