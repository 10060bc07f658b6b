// Under a batch all branches run for all examples, and a loop runs on until its last example has ended. What a nested
// loop or branch would do for an example that did not choose it must then not happen: the loop might never end, the index
// be out of range. So such programs get a flag for each example that says whether it is one of theirs.

/// A primitive that does nothing harmful where a flag is not set.
protocol GuardedPrimitive: ProgramCarrying {
  /// The results where the flag, a bool scalar, is set; anything of their types elsewhere, without loops or failures.
  func bind(_ operands: [Tensor], guardedBy flag: Tensor) -> [Tensor]
}

extension Program {
  /// Whether an equation of this program, or of one inside it, could fail or not end.
  fileprivate var needsGuard: Bool {
    let isHarmful = equations.contains { equation in
      equation.primitive is While || equation.primitive is Switch || (equation.primitive as? Loop)?.length == .some(nil)
    }
    return isHarmful || subprograms.contains { $0.program.needsGuard }
  }
}

extension Subprogram {
  /// This program with a flag as a further input, before the others, on which what could fail depends.
  ///
  /// - Returns: `nil` where there is nothing to guard, or where an operation was invalid, which has been reported.
  func guarded() -> Subprogram? {
    DerivedPrograms.shared.value(for: DerivedPrograms.Key(program: self, kind: .guarded, mask: [])) {
      program.needsGuard ? program.guarded().map { Subprogram($0) } : nil
    }
  }

  /// This program with a flag as a further input, before the others, whether it needs one or not.
  fileprivate func takingFlag() -> Subprogram? {
    if let guarded = guarded() { return guarded }
    let types = [TensorType(.bool, .scalar)] + program.inputTypes
    let recorded = Program.tracing(program.name, types, unreadable: .readInBatch) {
      program.applied(to: Array($0.dropFirst()))
    }
    return recorded.map { Subprogram($0.program) }
  }
}

extension Program {
  fileprivate func guarded() -> Program? {
    let types = [TensorType(.bool, .scalar)] + inputTypes
    return Program.tracing(name, types, unreadable: .readInBatch) { inputs in
      var values = [Tensor](repeating: Tensor(.invalid), count: variableCount)
      for (variable, input) in zip(self.inputs, inputs.dropFirst()) { values[Int(variable)] = input }
      for constant in constants { values[Int(constant.variable)] = Tensor(constant.value) }
      for equation in equations {
        let given = operands(of: equation).map { values[Int($0)] }
        let guarded = equation.primitive as? any GuardedPrimitive
        let results = guarded?.bind(given, guardedBy: inputs[0]) ?? equation.primitive.bind(given)
        for (variable, result) in zip(equation.results, results) { values[variable] = result }
      }
      return outputs.map { values[Int($0)] }
    }?.program
  }
}

extension Call: GuardedPrimitive {
  func bind(_ operands: [Tensor], guardedBy flag: Tensor) -> [Tensor] {
    guard let guarded = program.guarded() else { return bind(operands) }
    return Call(guarded, runner: runner).bind([flag] + operands)
  }
}

extension Switch: GuardedPrimitive {
  func bind(_ operands: [Tensor], guardedBy flag: Tensor) -> [Tensor] {
    var guarded: [Subprogram] = []
    for branch in branches {
      guard let branch = branch.takingFlag() else { return [Tensor(.invalid)] }
      guarded.append(branch)
    }
    let index = operands[0]
    let first = index.dtype == .bool ? index .& flag : Tensor.where(flag, index, Tensor(Int64(0)))
    return Switch(guarded).bind([first, flag] + operands.dropFirst())
  }
}

extension While: GuardedPrimitive {
  func bind(_ operands: [Tensor], guardedBy flag: Tensor) -> [Tensor] {
    let types = [TensorType(.bool, .scalar)] + condition.program.inputTypes
    let inside = condition.takingFlag()
    let goesOn = Program.tracing(condition.program.name, types, unreadable: .readInBatch) { inputs in
      inside.map { [inputs[0] .& $0.program.applied(to: inputs)[0]] } ?? [Tensor(.invalid)]
    }
    guard let goesOn, let step = body.takingFlag() else { return [Tensor(.invalid)] }
    let loop = While(
      condition: Subprogram(goesOn.program), body: step, fixedCount: fixedCount + 1, maximumSteps: maximumSteps,
      checkpointing: checkpointing)
    return loop.bind([flag] + operands)
  }
}

extension Loop: GuardedPrimitive {
  func bind(_ operands: [Tensor], guardedBy flag: Tensor) -> [Tensor] {
    var guarded: [Sweep] = []
    for sweep in sweeps {
      guard let step = sweep.step.takingFlag() else { return [Tensor(.invalid)] }
      guarded.append(sweep.replacingStep(step))
    }
    let loop = Loop(length: length, fixedCount: fixedCount + 1, sweeps: guarded, checkpointing: checkpointing)
    if length != nil { return loop.bind([flag] + operands) }
    return loop.bind([Tensor.where(flag, operands[0], Tensor(Int64(0))), flag] + operands.dropFirst())
  }
}
