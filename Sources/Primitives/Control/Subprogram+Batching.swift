extension Subprogram {
  /// The program of a whole batch.
  ///
  /// - Parameters:
  ///   - isBatched: which inputs have the batch axis in front.
  ///   - size: the size of the batch axis.
  ///   - outputs: which outputs get the batch axis in front; at least those that depend on a batched input.
  /// - Returns: the program; `nil` when an operation was invalid, which has been reported.
  package func batched(_ isBatched: [Bool], size: Int, outputs: [Bool]) -> Subprogram? {
    let key = DerivedPrograms.Key(program: self, kind: .batched(size, outputs: outputs), mask: isBatched)
    return DerivedPrograms.shared.value(for: key) {
      program.batched(isBatched, size: size, outputs: outputs).map { Subprogram($0) }
    }
  }
}

extension Program {
  fileprivate func batched(_ isBatched: [Bool], size: Int, outputs: [Bool]) -> Program? {
    let types = zip(inputTypes, isBatched).map { type, isBatched in isBatched ? type.batched(size) : type }
    return Program.tracing(name, types, unreadable: .readInBatch) { arguments in
      applied(to: arguments, isBatched: isBatched, size: size, outputs: outputs)
    }?.program
  }

  /// The outputs for a batch: the equations are recorded, or evaluated, for the whole batch at once.
  ///
  /// - Parameters:
  ///   - arguments: the inputs; where `isBatched`, with the batch axis in front.
  ///   - outputs: which outputs get the batch axis in front; at least those that depend on a batched input.
  package func applied(to arguments: [Tensor], isBatched: [Bool], size: Int, outputs isBatchedOutput: [Bool])
    -> [Tensor]
  {
    var values = [Tensor](repeating: Tensor(.invalid), count: variableCount)
    var hasBatch = [Bool](repeating: false, count: variableCount)
    for (index, variable) in inputs.enumerated() {
      values[Int(variable)] = arguments[index]
      hasBatch[Int(variable)] = isBatched[index]
    }
    for constant in constants { values[Int(constant.variable)] = Tensor(constant.value) }
    for equation in equations {
      let operands = operands(of: equation)
      let flags = operands.map { hasBatch[Int($0)] }
      let given = operands.map { values[Int($0)] }
      let isAnyBatched = flags.contains(true)
      let results =
        isAnyBatched
        ? equation.primitive.batched(given, isBatched: flags, size: size) : equation.primitive.bind(given)
      for (variable, result) in zip(equation.results, results) {
        values[variable] = result
        hasBatch[variable] = isAnyBatched
      }
    }
    return zip(outputs, isBatchedOutput).map { variable, isBatched in
      let value = values[Int(variable)]
      if value.isInvalid || hasBatch[Int(variable)] || !isBatched { return value }
      return value.repeatedAlongNewAxis(size)
    }
  }
}

extension TensorError {
  /// The error for a rule that reads a value where there are only types.
  static let readInBatch = TensorError(.tracing, "vmap", "the rule of an operation reads the value of a batch")
}
