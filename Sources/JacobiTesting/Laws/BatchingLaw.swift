import Jacobi

/// `vmap` of the primitive gives what a loop over the examples gives: for every batch axis, every choice of the operands
/// that have one, and batches of 0, 1 and 3.
public struct BatchingLaw: Law {
  public static let name = "batching"

  /// The law.
  public init() {}

  public func check(_ subject: inout LawSubject) throws {
    let (primitive, results) = (subject.primitive, subject.results)
    let examples = try LawExamples(subject, count: 3)
    for places in LawSubject.subsets(of: Array(subject.operands.indices)) {
      let lowestRank = places.map { subject.operands[$0].rank }.min() ?? 0
      for size in [3, 1, 0] {
        // A loop gives the numbers; of an empty batch only the types are known.
        let lanes = (0..<size).map { lane in results(examples.operands(lane, batched: places)) }
        let types = try primitive.resultTypes(of: subject.types)
        let expected = try LawExamples.stacked(lanes, types: types)
        for axis in size == 3 ? Array(-1...lowestRank) : [0] {
          let batches = try examples.batches(places, size: size, axis: axis)
          let mapped = vmap(
            { (lane: [Tensor]) in
              results(examples.operands(0, replacing: places, with: lane))
            }, axis: axis)(batches)
          try subject.expectEqual(
            mapped, expected, tolerance: subject.rounding(mapped), floor: 1e-3,
            "vmap over operands \(places), axis \(axis), batch of \(size), against a loop")
        }
      }
    }
  }
}
