// Under a batch all branches run for all examples, and a loop runs on until its last example has ended. What a nested
// operation would do for an example that did not choose it must then not happen: a loop might never end, an index be out
// of range. So such programs get a predicate for each example that says whether it is one of theirs.

extension Subprogram {
  /// This program with a predicate as a further input, before the others, on which everything depends that could fail.
  ///
  /// - Returns: `nil` where nothing can fail, or where an operation was invalid, which has been reported.
  package func predicated() -> Subprogram? {
    if !canFail { return nil }
    return DerivedPrograms.shared.value(of: self, Predicated()) { program.predicated().map { Subprogram($0) } }
  }

  /// This program with a predicate as a further input, before the others, whether it needs one or not.
  package func takingPredicate() -> Subprogram? {
    if let predicated = predicated() { return predicated }
    return Subprogram(program.inserting([TensorType(.bool, .scalar)], at: 0))
  }
}

private struct Predicated: Hashable {}

extension Program {
  fileprivate func predicated() -> Program? {
    let types = [TensorType(.bool, .scalar)] + inputTypes
    return Program.tracing(name, types, unreadable: .readInBatch) { inputs in
      let values = replayed(Array(inputs.dropFirst())) { _, equation, operands in
        if !canFail(equation) { return equation.primitive.bind(operands) }
        if let control = equation.primitive.control { return control.bind(operands, predicatedBy: inputs[0]) }
        return equation.primitive.bind(harmless(operands, of: equation.primitive, where: inputs[0]))
      }
      return outputs.map { values[Int($0)] }
    }?.program
  }

  /// Operands for which a primitive does not fail where the predicate is false: indices are in range there, numbers
  /// that are converted are 0, and divisors 1. What only running tells cannot be avoided.
  private func harmless(_ operands: [Tensor], of primitive: any Primitive, where predicate: Tensor) -> [Tensor] {
    if operands.contains(where: \.isInvalid) { return operands }
    var operands = operands
    for condition in primitive.failureConditions(of: operands.map(\.type)) {
      let (operand, number) =
        switch condition {
        case .index(let operand, let range): (operand, range.contains(0) || range.isEmpty ? 0 : range.lowerBound)
        case .conversion(let operand, _): (operand, 0)
        case .division(_, let divisor): (divisor, 1)
        case .other: (-1, 0)
        }
      if operand < 0 { continue }
      let harmless = Tensor(Int64(number)).asType(operands[operand].dtype)
      operands[operand] = Tensor.where(predicate, operands[operand], harmless)
    }
    return operands
  }

  /// The same program with further inputs, which it does not use, at a place among the inputs.
  package func inserting(_ inputs: [TensorType], at place: Int) -> Program {
    if inputs.isEmpty { return self }
    var program = self
    let first = Int32(truncatingIfNeeded: types.count)
    program.types += inputs
    program.inputs.insert(contentsOf: inputs.indices.map { first + Int32(truncatingIfNeeded: $0) }, at: place)
    return program.renumbered(inputs: program.inputs, constants: program.constants)
  }
}

extension ControlPrimitive {
  /// The predicate becomes one more fixed operand of all programs; where it is false, the first branch is chosen, and
  /// loops have no steps.
  public func bind(_ operands: [Tensor], predicatedBy predicate: Tensor) -> [Tensor] {
    if !canFail(on: operands.map(\.type)) { return bind(operands) }
    let ports = ports
    var programs = subprograms
    for body in ports.bodies {
      guard let program = programs[body.program].takingPredicate() else { return [Tensor(.invalid)] }
      programs[body.program] = program
      if body.outputs.contains(.predicate) {
        guard let continued = program.continuing(body.outputs) else { return [Tensor(.invalid)] }
        programs[body.program] = continued
      }
    }
    let place = ports.steeringOperand.map { $0 + 1 } ?? 0
    guard let rewired = rewired(programs, ports.insertingFixedOperand(at: place)) else {
      return [
        invalidTensor(
          TensorError(
            .transform, Self.name, "this operation can fail, and has no form that depends on a predicate",
            hint: "implement rewired(_:_:), or bind(_:predicatedBy:)"))
      ]
    }
    var operands = operands
    if let steering = ports.steeringOperand {
      let value = operands[steering]
      operands[steering] =
        value.dtype == .bool
        ? value .& predicate : Tensor.where(predicate, value, Tensor.zeros([], dtype: value.dtype))
    }
    operands.insert(predicate, at: place)
    return rewired.bind(operands)
  }
}

extension Subprogram {
  /// A program whose first input is a predicate, without which its own predicates do not hold.
  fileprivate func continuing(_ ports: [ControlPorts.Output]) -> Subprogram? {
    let recorded = Program.tracing(program.name, program.inputTypes, unreadable: .readInBatch) { inputs in
      zip(program.applied(to: inputs), ports).map { $1 == .predicate ? inputs[0] .& $0 : $0 }
    }
    return recorded.map { Subprogram($0.program) }
  }
}
