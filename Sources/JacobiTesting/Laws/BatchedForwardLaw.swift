import Jacobi

/// `vmap` of `jvp` gives what a loop of `jvp` over the examples gives, with batched operands and tangents, and with
/// batched tangents alone, as Jacobians use it.
public struct BatchedForwardLaw: Law {
  public static let name = "batched forward mode"

  /// The law.
  public init() {}

  public func check(_ subject: inout LawSubject) throws {
    try checkBatchedDerivative(&subject) { function, point, directions in
      jvp(function, at: point, along: directions).tangent
    } directions: { subject, point, _ in
      point
    }
  }
}

/// `vmap` of `vjp` gives what a loop of `vjp` over the examples gives, with batched operands and cotangents, and with
/// batched cotangents alone.
public struct BatchedReverseLaw: Law {
  public static let name = "batched reverse mode"

  /// The law.
  public init() {}

  public func check(_ subject: inout LawSubject) throws {
    try checkBatchedDerivative(&subject) { function, point, cotangents in
      vjp(function, at: point).pullback(cotangents)
    } directions: { subject, _, results in
      results
    }
  }
}

/// A derivative under `vmap` against a loop.
///
/// - Parameters:
///   - derivative: of a function at a point in a direction.
///   - directions: the types of the directions, from those of the active operands and of the results.
private func checkBatchedDerivative(
  _ subject: inout LawSubject,
  _ derivative: @escaping (@escaping ([Tensor]) -> [Tensor], [Tensor], [Tensor]) -> [Tensor],
  directions: (LawSubject, [TensorType], [TensorType]) -> [TensorType]
) throws {
  let active = subject.active
  if active.isEmpty { return }
  let results = subject.results
  let resultTypes = subject.function(of: active)(subject.operands(at: active)).map(\.type)
  let types = directions(subject, active.map { subject.types[$0] }, resultTypes)
  let examples = try LawExamples(subject, count: 3)
  let lanes = [
    try subject.random.tensors(types), try subject.random.tensors(types), try subject.random.tensors(types),
  ]
  let directionBatches = try LawExamples.stacked(lanes, types: types)
  // The derivative for all operands of an example.
  func derived(_ operands: [Tensor], _ direction: [Tensor]) -> [Tensor] {
    let function = { (moving: [Tensor]) -> [Tensor] in
      var all = operands
      for (place, tensor) in zip(active, moving) { all[place] = tensor }
      return results(all).filter(\.dtype.isDifferentiable)
    }
    return derivative(function, active.map { operands[$0] }, direction)
  }
  let all = Array(subject.operands.indices)
  for places in active == all ? [[], all] : [[], active, all] where !places.isEmpty || !types.isEmpty {
    let loop = (0..<3).map { derived(examples.operands($0, batched: places), lanes[$0]) }
    let expected = try LawExamples.stacked(loop, types: loop[0].map(\.type))
    let batches = try examples.batches(places, size: 3) + directionBatches
    let mapped = vmap { (lane: [Tensor]) in
      derived(
        examples.operands(0, replacing: places, with: Array(lane.prefix(places.count))),
        Array(lane.dropFirst(places.count)))
    }(batches)
    try subject.expectEqual(
      mapped, expected, tolerance: subject.rounding(mapped), floor: 1e-3,
      "vmap of the derivative with batched operands \(places) against a loop")
  }
}
