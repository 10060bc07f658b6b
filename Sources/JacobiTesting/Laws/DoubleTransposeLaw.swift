import Jacobi

/// The adjoint of the adjoint is the derivative itself: forward mode made of two reverse modes.
public struct DoubleTransposeLaw: Law {
  public static let name = "double transpose"

  /// The law.
  public init() {}

  public func check(_ subject: inout LawSubject) throws {
    for places in LawSubject.subsets(of: subject.active) {
      let point = subject.operands(at: places)
      let function = subject.function(of: places)
      let direction = try subject.random.tensors(point.map(\.type))
      let (values, tangents) = jvp(function, at: point, along: direction)
      // The pullback is linear, so that any cotangent will do.
      let cotangents = try subject.random.tensors(values.map(\.type))
      let twice = vjp({ (cts: [Tensor]) in vjp(function, at: point).pullback(cts) }, at: cotangents).pullback(direction)
      try subject.expectEqual(
        twice, tangents, tolerance: subject.rounding(tangents), floor: 1e-3,
        "the transposed pullback of operands \(places) against jvp")
    }
  }
}
