import Linearization

// The derivative of a choice between programs: choices between the parts of their derivatives. The branches need
// different residuals; a place among them is used by every branch that needs one of its type, and is zero where another
// branch was chosen.

extension Switch {
  public func linearized(_ operands: [Tensor], isActive: [Bool]) -> (results: [Tensor], map: JointLinearMap) {
    let resultCount = branches[0].program.outputTypes.count
    let inputs = Array(operands.dropFirst())
    let mask = Array(isActive.dropFirst())
    if let index = operands[0].fetched.host {
      do throws(TensorError) {
        let (results, map) = try Call(branches[branch(index)]).linearized(inputs, isActive: mask)
        return (
          results,
          JointLinearMap(
            apply: { map.apply(Array($0.dropFirst()), &$1) }, transpose: { [nil] + map.transpose($0, &$1) })
        )
      } catch {
        report(error)
        return failedLinearization(resultCount)
      }
    }
    guard let derivative = SwitchDerivative.of(self, mask) else { return failedLinearization(resultCount) }
    let index = operands[0]
    let known = derivative.known.bind(operands)
    guard known.count >= resultCount else { return failedLinearization(resultCount) }
    let residuals = Array(known[resultCount...])
    let map = JointLinearMap(
      apply: { derivative.linear.applied(to: Array($0.dropFirst()), index, residuals, count: resultCount) },
      transpose: { [nil] + derivative.transposed.applied(to: $0, index, residuals, count: inputs.count) })
    return (Array(known[..<resultCount]), map)
  }
}

/// The programs of the derivative of a choice.
private struct SwitchDerivative: Sendable {
  /// From the operands to the results, followed by the residuals.
  let known: Switch
  let linear: LinearSwitch
  let transposed: LinearSwitch

  static func of(_ choice: Switch, _ mask: [Bool]) -> SwitchDerivative? {
    var derivatives: [ProgramDerivative] = []
    for branch in choice.branches {
      guard let derivative = ProgramDerivative.of(branch, mask) else { return nil }
      derivatives.append(derivative)
    }
    let places = ResidualPlaces(derivatives.map(\.residualTypes))
    var known: [Subprogram] = []
    for (branch, derivative) in derivatives.enumerated() {
      let program = derivative.known.program
      let recorded = Program.tracing(program.name, program.inputTypes, unreadable: .readInRule(of: program.name)) {
        let outputs = program.applied(to: $0)
        return outputs[..<derivative.outputCount]
          + places.spread(outputs[derivative.outputCount...], branch: branch)
      }
      guard let recorded else { return nil }
      known.append(Subprogram(recorded.program))
    }
    guard let linear = LinearSwitch(derivatives.map(\.linear), places),
      let transposed = LinearSwitch(derivatives.map(\.transposed), places)
    else { return nil }
    return SwitchDerivative(known: Switch(known), linear: linear, transposed: transposed)
  }
}

/// Where the residuals of each branch stand in a common list.
struct ResidualPlaces {
  private(set) var types: [TensorType] = []
  private(set) var places: [[Int]] = []

  init(_ branches: [[TensorType]]) {
    for residuals in branches {
      var isTaken = types.map { _ in false }
      places.append(
        residuals.map { type in
          if let place = types.indices.first(where: { types[$0] == type && !isTaken[$0] }) {
            isTaken[place] = true
            return place
          }
          types.append(type)
          isTaken.append(true)
          return types.count - 1
        })
    }
  }

  /// The residuals of a branch at their places; zeros at the others.
  func spread(_ residuals: ArraySlice<Tensor>, branch: Int) -> [Tensor] {
    var all = types.map { zeros($0) }
    for (residual, place) in zip(residuals, places[branch]) { all[place] = residual }
    return all
  }
}

/// A choice between calls that are linear in all operands but the index and the residuals.
private struct LinearSwitch: Sendable {
  private let choice: Switch
  /// Which tangents it takes: their positions in the full list, and their types.
  private let taken: [(position: Int, type: TensorType)]
  /// The positions, in the full list, of what it gives; the others are zero.
  private let produced: [Int]

  init?(_ calls: [LinearCall], _ places: ResidualPlaces) {
    var taken: [Int: TensorType] = [:]
    var produced: [Int: TensorType] = [:]
    for call in calls {
      for tangent in call.taken { taken[tangent.position] = tangent.type }
      for (position, type) in zip(call.produced, call.absorbing.call.program.program.outputTypes) {
        produced[position] = type
      }
    }
    let order = taken.keys.sorted()
    let all = order.map { (position: $0, type: taken[$0]!) }
    let outputs = produced.keys.sorted()
    var branches: [Subprogram] = []
    for (branch, call) in calls.enumerated() {
      let name = call.absorbing.call.program.program.name
      let recorded = Program.tracing(name, all.map(\.type) + places.types, unreadable: .readInRule(of: name)) {
        inputs in
        var tangents = [Tensor?](repeating: nil, count: (order.last ?? -1) + 1)
        for (index, position) in order.enumerated() { tangents[position] = inputs[index] }
        let residuals = places.places[branch].map { inputs[order.count + $0] }
        // The tangents of what a branch does not use are zero.
        let results = call.applied(to: tangents, residuals[...], count: (outputs.last ?? -1) + 1, isInlined: true)
        return outputs.map { results[$0] ?? zeros(produced[$0]!) }
      }
      guard let recorded else { return nil }
      branches.append(Subprogram(recorded.program))
    }
    choice = Switch(branches)
    self.taken = all
    self.produced = outputs
  }

  /// What it gives in a list of `count`; `nil` is zero.
  func applied(to tangents: [Tensor?], _ index: Tensor, _ residuals: [Tensor], count: Int) -> [Tensor?] {
    var results = [Tensor?](repeating: nil, count: count)
    guard let some = tangents.lazy.compactMap({ $0 }).first, !produced.isEmpty,
      taken.contains(where: { tangents[$0.position] != nil })
    else { return results }
    let operands = taken.map { tangents[$0.position] ?? zeros($0.type, beside: some) }
    let values = choice.bind([index] + operands + residuals)
    for (position, index) in produced.enumerated() {
      results[index] = position < values.count ? values[position] : Tensor(.invalid)
    }
    return results
  }
}
