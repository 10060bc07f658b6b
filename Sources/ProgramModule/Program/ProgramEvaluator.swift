/// Runs a program on the host, equation by equation; a value is freed after its last use. An object, as a value would be
/// copied in every run.
package final class ProgramEvaluator: Sendable {
  package let program: Program
  /// The variables that no later equation and no output uses, equation after equation.
  private let dying: [Int32]
  /// Where the dying variables of each equation begin; one more than there are equations.
  private let firstDying: [Int]

  /// What runs a program, which must be well formed.
  package init(_ program: Program) {
    self.program = program
    var lastUse = [Int](repeating: -1, count: program.variableCount)
    for (index, equation) in program.equations.enumerated() {
      for result in equation.results { lastUse[result] = index }
      for operand in program.operands(of: equation) { lastUse[Int(operand)] = index }
    }
    for output in program.outputs { lastUse[Int(output)] = -1 }
    var starts = [Int](repeating: 0, count: program.equations.count + 1)
    for use in lastUse where use >= 0 { starts[use + 1] += 1 }
    for index in program.equations.indices { starts[index + 1] += starts[index] }
    var next = starts
    var dying = [Int32](repeating: 0, count: starts[starts.count - 1])
    for (variable, use) in lastUse.enumerated() where use >= 0 {
      dying[next[use]] = Int32(truncatingIfNeeded: variable)
      next[use] += 1
    }
    self.dying = dying
    firstDying = starts
  }

  /// The outputs for the given inputs.
  ///
  /// - Throws: an error when the inputs do not have the program's input types, or when an equation fails.
  package func run(_ arguments: [HostTensor]) throws(TensorError) -> [HostTensor] {
    try program.check(arguments.map(\.type))
    return try runChecked(arguments)
  }

  /// The outputs for inputs that are known to have the program's input types.
  ///
  /// - Throws: an error when an equation fails.
  package func runChecked(_ arguments: [HostTensor]) throws(TensorError) -> [HostTensor] {
    var values = [HostTensor?](repeating: nil, count: program.variableCount)
    for (variable, argument) in zip(program.inputs, arguments) { values[Int(variable)] = argument }
    for constant in program.constants { values[Int(constant.variable)] = constant.value }
    for (index, equation) in program.equations.enumerated() {
      if equation.resultCount == 1 && equation.operandCount <= 2 {
        values[Int(equation.firstResult)] = try evaluateShort(equation, index, values)
      } else {
        let results = try evaluate(equation, index, values)
        for (variable, result) in zip(equation.results, results) { values[variable] = result }
      }
      for variable in dying[firstDying[index]..<firstDying[index + 1]] { values[Int(variable)] = nil }
    }
    let outputs = program.outputs.compactMap { values[Int($0)] }
    guard outputs.count == program.outputs.count else {
      throw TensorError(.program, "program \(program.name)", "an output has no value", hint: "check it with verify()")
    }
    return outputs
  }

  /// An equation with one or two operands and one result, without arrays.
  @inline(__always)
  private func evaluateShort(
    _ equation: Equation, _ index: Int, _ values: [HostTensor?]
  ) throws(TensorError) -> HostTensor {
    let first = Int(equation.firstOperand)
    if equation.operandCount > 0, let x = values[Int(program.operandTable[first])] {
      do throws(TensorError) {
        if equation.operandCount == 1 { return try equation.primitive.evaluate(x) }
        if let y = values[Int(program.operandTable[first + 1])] { return try equation.primitive.evaluate(x, y) }
      } catch {
        var error = error
        error.place = error.place ?? program.place(of: index)
        throw error
      }
    }
    return try evaluate(equation, index, values)[0]
  }

  private func evaluate(
    _ equation: Equation, _ index: Int, _ values: [HostTensor?]
  ) throws(TensorError) -> [HostTensor] {
    let operands = program.operands(of: equation).compactMap { values[Int($0)] }
    do throws(TensorError) {
      guard operands.count == Int(equation.operandCount) else {
        throw TensorError(
          .program, "program \(program.name)", "equation \(index) uses a variable that has no value",
          hint: "check it with verify()")
      }
      let results = try equation.primitive.evaluate(operands)
      guard results.count == Int(equation.resultCount) else {
        throw TensorError(
          .program, type(of: equation.primitive).name,
          "evaluation gave \(results.count) results, not \(equation.resultCount)")
      }
      return results
    } catch {
      var error = error
      error.place = error.place ?? program.place(of: index)
      throw error
    }
  }
}

extension Program {
  /// Checks that arguments have the input types.
  ///
  /// - Throws: an error that names the first argument that does not fit.
  package func check(_ arguments: [TensorType]) throws(TensorError) {
    guard arguments.count == inputs.count else {
      throw TensorError(
        .shape, "program \(name)", "takes \(inputs.count) arguments, not \(arguments.count)",
        hint: "its input types are \(inputTypes.map(\.description).joined(separator: ", "))")
    }
    for (index, (given, expected)) in zip(arguments, inputTypes).enumerated() where given != expected {
      throw TensorError(
        given.dtype == expected.dtype ? .shape : .dtype, "program \(name)",
        "argument \(index) has type \(given) where the program takes \(expected)",
        hint: given.dtype == expected.dtype
          ? "a program has fixed shapes; make one for this shape, or reshape the argument"
          : "convert it with asType(.\(expected.dtype))")
    }
  }
}
