import Primitives

// What depends on what in a rule, looked at inside of calls, loops and choices: a loop that carries a value and its
// tangent gives a value that does not depend on the tangent.

extension Program {
  /// Which variables depend on the inputs for which a flag is set.
  func dependence(on flags: [Bool]) -> [Bool] {
    var depends = [Bool](repeating: false, count: variableCount)
    for (input, flag) in zip(inputs, flags) where flag { depends[Int(input)] = true }
    for equation in equations {
      let given = operands(of: equation).map { depends[Int($0)] }
      if !given.contains(true) { continue }
      let results = equation.primitive.dependentResults(given)
      for (index, result) in equation.results.enumerated() { depends[result] = results?[index] ?? true }
    }
    return depends
  }

  fileprivate func outputDependence(on flags: [Bool]) -> [Bool] {
    let depends = dependence(on: flags)
    return outputs.map { depends[Int($0)] }
  }
}

extension Primitive {
  /// Which results depend on the operands for which a flag is set; `nil` when all do, as far as is known.
  fileprivate func dependentResults(_ flags: [Bool]) -> [Bool]? {
    switch self {
    case let call as Call: return call.program.program.outputDependence(on: flags)
    case let checkpoint as Checkpoint: return checkpoint.program.program.outputDependence(on: flags)
    case let choice as Switch:
      if flags[0] { return nil }
      let branches = choice.branches.map { $0.program.outputDependence(on: Array(flags.dropFirst())) }
      return branches[0].indices.map { output in branches.contains { $0[output] } }
    case let loop as Loop:
      if loop.length == nil && flags[0] { return nil }
      return LoopFlags(loop, flags) { $0.outputDependence(on: $1) }.sweeps.flatMap { $0.state + $0.stacked }
    case let loop as While: return loop.dependentResults(flags)
    default: return nil
    }
  }
}

extension While {
  fileprivate func dependentResults(_ flags: [Bool]) -> [Bool]? {
    let fixed = Array(flags[..<fixedCount])
    var state = Array(flags[fixedCount...])
    while true {
      let next = zip(state, body.program.outputDependence(on: fixed + state)).map { $0 || $1 }
      if next == state { break }
      state = next
    }
    return condition.program.outputDependence(on: fixed + state)[0] ? nil : state + [false]
  }
}
