import Jacobi

/// A derivative that is made once can be used many times: it gives, bit for bit, what `jvp` gives, whatever it was used
/// for before.
public struct ReuseLaw: Law {
  public static let name = "reuse"

  /// The law.
  public init() {}

  public func check(_ subject: inout LawSubject) throws {
    let active = subject.active
    if active.isEmpty { return }
    let function = subject.function(of: active)
    let point = subject.operands(at: active)
    let directions = [
      try subject.random.tensors(point.map(\.type)), try subject.random.tensors(point.map(\.type)),
    ]
    let (value, differential) = linearize(function, at: point)
    try subject.expectEqual(value, function(point), tolerance: 0, "the value of linearize")
    for direction in directions + directions.reversed() {
      let (value, tangent) = jvp(function, at: point, along: direction)
      try subject.expectEqual(value, function(point), tolerance: 0, "the value of jvp")
      try subject.expectEqual(differential(direction), tangent, tolerance: 0, "linearize against jvp")
    }
    let cotangent = try subject.random.tensors(value.map(\.type))
    let pullback = vjp(function, at: point).pullback
    let first = pullback(cotangent)
    try subject.expectEqual(pullback(cotangent), first, tolerance: 0, "a pullback used twice")
  }
}
