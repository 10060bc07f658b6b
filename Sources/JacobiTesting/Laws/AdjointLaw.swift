import Jacobi

/// Reverse mode is the adjoint of forward mode: Re<ct, J v> = Re<transposed J ct, v>, for every choice of the operands
/// that are active.
public struct AdjointLaw: Law {
  public static let name = "adjoint identity"

  /// The law.
  public init() {}

  public func check(_ subject: inout LawSubject) throws {
    for places in LawSubject.subsets(of: subject.active) {
      let point = subject.operands(at: places)
      let function = subject.function(of: places)
      let direction = try subject.random.tensors(point.map(\.type))
      let tangents = jvp(function, at: point, along: direction).tangent
      let cotangents = try subject.random.tensors(tangents.map(\.type))
      let pulled = vjp(function, at: point).pullback(cotangents)
      try subject.expect(
        pulled.map(\.type) == point.map(\.type),
        "the cotangents have types \(pulled.map(\.type)), the operands \(point.map(\.type))")
      let forward = try dotProduct(cotangents, tangents)
      let reverse = try dotProduct(pulled, direction)
      let error = relativeError(forward.value - reverse.value, size: max(forward.size, reverse.size))
      try subject.expect(
        error <= subject.rounding(tangents),
        "for active operands \(places) Re<ct, J v> is \(forward.value), but Re<transposed J ct, v> is \(reverse.value)")
    }
  }
}
