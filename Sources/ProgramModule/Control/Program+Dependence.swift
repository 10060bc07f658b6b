// What depends on what, looked at inside of calls, loops and branches: a loop that carries a value and its tangent gives a
// value that does not depend on the tangent.

extension Program {
  /// Which variables depend on the inputs for which a flag is set; those themselves do.
  package func dependence(on flags: [Bool]) -> [Bool] {
    var depends = [Bool](repeating: false, count: variableCount)
    for (input, flag) in zip(inputs, flags) where flag { depends[Int(input)] = true }
    for equation in equations {
      let operands = operands(of: equation)
      guard operands.contains(where: { depends[Int($0)] }) else { continue }
      guard let control = equation.primitive.control else {
        for result in equation.results { depends[result] = true }
        continue
      }
      let given = PortFlags(
        control, operands: operands.map { depends[Int($0)] }, resultCount: equation.results.count, steering: .spreads
      ) { $0.dependentOutputs($1) }
      for (result, flag) in zip(equation.results, given.results) { depends[result] = flag }
    }
    return depends
  }
}

extension Subprogram {
  /// Which outputs depend on the inputs for which a flag is set; looked for once.
  package func dependentOutputs(_ flags: [Bool]) -> [Bool] {
    if !flags.contains(true) { return [Bool](repeating: false, count: outputCount) }
    return DerivedPrograms.shared.value(of: self, DependentOutputs(inputs: flags)) {
      let depends = program.dependence(on: flags)
      return program.outputs.map { depends[Int($0)] }
    } ?? []
  }
}

private struct DependentOutputs: Hashable {
  var inputs: [Bool]
}
