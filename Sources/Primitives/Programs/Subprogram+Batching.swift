extension Subprogram {
  /// The program of a whole batch.
  ///
  /// - Parameters:
  ///   - isBatched: which inputs have the batch axis in front.
  ///   - size: the size of the batch axis.
  ///   - outputs: which outputs get the batch axis in front; at least those that depend on a batched input.
  /// - Returns: the program; `nil` when an operation was invalid, which has been reported.
  package func batched(_ isBatched: [Bool], size: Int, outputs: [Bool]) -> Subprogram? {
    DerivedPrograms.shared.value(of: self, BatchOf(size: size, inputs: isBatched, outputs: outputs)) {
      program.batched(isBatched, size: size, outputs: outputs).map { Subprogram($0) }
    }
  }
}

extension Subprogram {
  /// Which outputs have the batch axis where some inputs do. All results of an operation on a batch have it, also those
  /// that do not depend on what is batched.
  package func batchedOutputs(_ isBatched: [Bool]) -> [Bool] {
    var flags = [Bool](repeating: false, count: program.variableCount)
    for (input, isBatched) in zip(program.inputs, isBatched) { flags[Int(input)] = isBatched }
    for equation in program.equations where program.operands(of: equation).contains(where: { flags[Int($0)] }) {
      for result in equation.results { flags[result] = true }
    }
    return program.outputs.map { flags[Int($0)] }
  }
}

private struct BatchOf: Hashable {
  var size: Int
  var inputs: [Bool]
  var outputs: [Bool]
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
    for constant in constants { values[Int(constant.variable)] = Tensor(constant.value) }
    let interpreter = BatchInterpreter(
      running: equations, operandTable, places: places, size: size, values: values, inputs: inputs,
      arguments: arguments, argumentsAreBatched: isBatched)
    return zip(outputs, isBatchedOutput).map { variable, isBatched in
      isBatched ? interpreter.batchedValue(variable) : interpreter.value(variable)
    }
  }
}

extension TensorError {
  /// The error for a rule that reads a value where there are only types.
  package static let readInBatch = TensorError(.tracing, "vmap", "the rule of an operation reads the value of a batch")
}
