import Linearization

// A rule for cotangents is a function of the user's own, in which a product is a product. Behind a choice it runs as the
// linear function that it is: as its own derivative, whose steps are told which zeros are strong.

extension Subprogram {
  /// The same program, which is linear in the inputs for which a flag is set, with zeros in those absorbing what they are
  /// multiplied with.
  ///
  /// - Returns: the program; itself where a function outside works on these inputs, into which nobody can look; `nil` when
  ///   a rule is invalid, which has been reported.
  func absorbingZeros(in isLinear: [Bool]) -> Subprogram? {
    if program.callsOutside(with: isLinear) { return self }
    return DerivedPrograms.shared.value(of: self, AbsorbingZeros(inputs: isLinear)) {
      program.absorbingZeros(in: isLinear)
    }
  }
}

extension Program {
  /// The derivative of a program, which for a linear program is the program, with all zeros strong.
  fileprivate func absorbingZeros(in isLinear: [Bool]) -> Subprogram? {
    let name = "\(name)_absorbing"
    let active = isLinear.indices.filter { isLinear[$0] && inputTypes[$0].dtype.isDifferentiable }
    let recorded = Program.tracing(name, inputTypes, unreadable: .readInRule(of: name)) { inputs in
      // What the steps need does not depend on the linear inputs, so that they may be anything here.
      let point = zip(inputs, isLinear).map { $1 ? zeros($0.type, beside: $0) : $0 }
      let (ordered, tape) = linearized(at: point, active: active)
      let tangents = active.map { inputs[$0] }
      let results = tape.linear.appliedWithMasks(
        to: tangents, isMasked: active.map { _ in true }, outputs: ordered.outputs
      ).tangents
      return zip(results, outputTypes).map { $0 ?? zeros($1, beside: inputs) }
    }
    // The values are not needed, but where steps are made of them.
    return recorded.map { Subprogram($0.program.computing($0.program.outputs, from: $0.program.inputs)) }
  }

  /// Whether a function outside is called with what depends on inputs for which a flag is set.
  fileprivate func callsOutside(with flags: [Bool]) -> Bool {
    let depends = dependence(on: flags)
    return equations.contains { equation in
      equation.primitive.control?.hasDerivative == false && operands(of: equation).contains { depends[Int($0)] }
    }
  }
}

private struct AbsorbingZeros: Hashable {
  var inputs: [Bool]
}
