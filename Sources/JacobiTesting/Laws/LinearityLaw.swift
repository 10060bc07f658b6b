import Jacobi

/// A primitive with the trait `linear` is linear in all operands that can have a tangent, jointly; one with the trait
/// `bilinear` in each of two, while the other is fixed.
public struct LinearityLaw: Law {
  public static let name = "linearity"

  /// The law.
  public init() {}

  public func check(_ subject: inout LawSubject) throws {
    let traits = subject.primitive.traits
    let active = subject.active
    if active.isEmpty { return }
    if traits.contains(.linear) { try check(active, &subject) }
    if traits.contains(.bilinear) {
      try subject.expect(active.count == 2, "bilinear, but \(active.count) operands can have a tangent")
      for operand in active { try check([operand], &subject) }
    }
  }

  /// f(a x + b y) = a f(x) + b f(y) for real a and b.
  private func check(_ places: [Int], _ subject: inout LawSubject) throws {
    let function = subject.function(of: places)
    let x = subject.operands(at: places)
    let y = try subject.random.tensors(x.map(\.type))
    let (a, b) = (subject.random.weight(), subject.random.weight())
    let combined = function(try Self.combination(a, x, b, y))
    let expected = try Self.combination(a, function(x), b, function(y))
    try subject.expectEqual(
      combined, expected, tolerance: subject.rounding(combined), floor: 1e-3,
      "f(a x + b y) against a f(x) + b f(y) in operands \(places)")
  }

  private static func combination(_ a: Double, _ x: [Tensor], _ b: Double, _ y: [Tensor]) throws -> [Tensor] {
    var sums: [Tensor] = []
    for (x, y) in zip(x, y) {
      let numbers = zip(try x.coordinates(), try y.coordinates()).map { a * $0 + b * $1 }
      sums.append(Tensor(try HostTensor(x.type, coordinates: numbers)))
    }
    return sums
  }
}
