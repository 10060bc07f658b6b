import Linearization

/// One of several programs, chosen by an index at run time.
///
/// Operands: the index, an int64 scalar (or a bool scalar for two branches: `false` chooses the first), and what all
/// branches take. Only the chosen branch runs; under a batch of indices all of them do, and for each example the results
/// of its own are chosen.
public struct Switch: ControlPrimitive {
  public static let name = "switch"

  /// The programs, which take and give the same types.
  public let branches: [Subprogram]

  /// A choice between programs.
  public init(_ branches: [Subprogram]) { self.branches = branches }

  public var subprograms: [Subprogram] { branches }

  public func replacingSubprograms(_ programs: [Subprogram]) -> Switch { Switch(programs) }

  public var ports: ControlPorts {
    let bodies = branches.indices.map { branch in
      ControlPorts.Body(
        program: branch, inputs: (0..<branches[branch].inputCount).map { .operand($0 + 1) },
        outputs: (0..<branches[branch].outputCount).map { .result($0) })
    }
    return ControlPorts(.choice(operand: 0), bodies: bodies)
  }

  public func rewired(_ programs: [Subprogram], _ ports: ControlPorts) -> (any ControlPrimitive)? { Switch(programs) }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    try checkDepth()
    guard let first = branches.first, let index = operands.first else {
      throw TensorError(.program, Self.name, "needs an index and at least one branch")
    }
    guard index.shape.isScalar, index.dtype == .int64 || (index.dtype == .bool && branches.count == 2) else {
      throw TensorError(
        .shape, Self.name,
        "\(branches.count) branches are chosen by int64[]\(branches.count == 2 ? " or bool[]" : ""), "
          + "not by \(index)")
    }
    for branch in branches {
      try branch.program.check(Array(operands.dropFirst()))
      guard branch.program.outputTypes == first.program.outputTypes else {
        throw TensorError(
          .shape, Self.name,
          "the branches give different types: \(first.program.outputTypes) and \(branch.program.outputTypes)",
          hint: "all branches must give results of the same shapes and element types")
      }
    }
    return first.program.outputTypes
  }

  /// The place of the branch that an index chooses.
  ///
  /// - Throws: an error for an index outside the branches.
  package func branch(_ index: HostTensor) throws(TensorError) -> Int {
    if index.dtype == .bool { return index.onlyElement(as: Bool.self) ? 1 : 0 }
    let place = Int(index.onlyElement(as: Int64.self))
    if branches.indices.contains(place) { return place }
    throw TensorError(
      .index, Self.name, "index \(place) chooses none of \(branches.count) branches",
      hint: "indices go from 0 to \(branches.count - 1)")
  }

  public func lowering(of operands: [TensorType]) -> Lowering { .switch(branches) }

  public func failureConditions(of operands: [TensorType]) -> [FailureCondition] {
    operands[0].dtype == .bool ? [] : [.index(operand: 0, in: branches.indices)]
  }

  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    try branches[branch(operands[0])].evaluateChecked(Array(operands.dropFirst()))
  }

  public func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
    let index = operands[0]
    let given = Array(operands.dropFirst())
    if isBatched[0] { return chosen(index, given, Array(isBatched.dropFirst()), size) }
    let all = branches[0].program.outputs.map { _ in true }
    var batched: [Subprogram] = []
    for branch in branches {
      guard let branch = branch.batched(Array(isBatched.dropFirst()), size: size, outputs: all) else {
        return [Tensor(.invalid)]
      }
      batched.append(branch)
    }
    return Switch(batched).bind([index] + given)
  }

  /// The results of all branches for all examples, and of them for each example those of its own.
  private func chosen(_ index: Tensor, _ given: [Tensor], _ isBatched: [Bool], _ size: Int) -> [Tensor] {
    let places = index.dtype == .bool ? index.asType(.int64) : checked(index)
    let all = branches[0].program.outputs.map { _ in true }
    var results: [Tensor] = []
    for (place, branch) in branches.enumerated() {
      let isChosen = places .== Tensor(Int64(place))
      if isChosen.isInvalid { return [isChosen] }
      let predicated = branch.predicated()
      let flags = predicated == nil ? isBatched : [true] + isBatched
      guard let batched = (predicated ?? branch).batched(flags, size: size, outputs: all) else {
        return [Tensor(.invalid)]
      }
      let own = Call(batched).bind(predicated == nil ? given : [isChosen] + given)
      if own.count != all.count { return own }
      results = place == 0 ? own : zip(own, results).map { choosing($0, where: isChosen, else: $1) }
    }
    return results
  }

  /// The indices of a batch. One outside the branches is an error when they are evaluated: a choice by the one that is
  /// furthest outside reports it.
  private func checked(_ index: Tensor) -> Tensor {
    if index.isInvalid || index.shape.count == 0 { return index }
    let lowest = index.min()
    let worst = Tensor.where(lowest .< Tensor(Int64(0)), lowest, index.max())
    let same = Program.tracing("index", [index.type], unreadable: .readInBatch) { $0 }
    guard let same else { return Tensor(.invalid) }
    let choice = Switch(branches.map { _ in Subprogram(same.program) })
    return choice.bind([worst, index])[0]
  }
}
