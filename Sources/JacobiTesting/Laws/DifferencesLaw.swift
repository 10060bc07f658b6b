import Jacobi

/// Forward mode gives what 5-point differences give, for every choice of the operands that move.
public struct DifferencesLaw: Law {
  public static let name = "forward mode"

  /// The law.
  public init() {}

  public func check(_ subject: inout LawSubject) throws {
    // Discrete primitives have no tangent by definition, and may have another derivative.
    if subject.active.isEmpty || subject.primitive.traits.contains(.discrete) { return }
    let precise = try subject.widened() ?? subject
    for places in LawSubject.subsets(of: subject.active) {
      let point = subject.operands(at: places)
      let direction = try subject.random.direction(at: point)
      let (values, tangents) = jvp(subject.function(of: places), at: point, along: direction)
      var wide: [Tensor] = []
      for (place, v) in zip(places, direction) {
        wide.append(precise.operands[place].dtype == v.dtype ? v : try v.widened())
      }
      let expected = try differences(precise.function(of: places), at: precise.operands(at: places), along: wide)
      var floor = 0.0
      for value in values { floor = try value.coordinates().reduce(floor) { max($0, $1.magnitude) } }
      let narrowed = try zip(expected, tangents).map { Tensor(try HostTensor($1.type, coordinates: $0.coordinates())) }
      try subject.expectEqual(
        tangents, narrowed, tolerance: subject.truncation(tangents), floor: max(1e-2, floor),
        "the tangent along operands \(places) against differences")
    }
  }
}
