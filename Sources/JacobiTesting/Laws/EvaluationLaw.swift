import Jacobi

/// Equal operands give equal results, bit for bit, by every form of evaluation, and stay what they were; equal primitives
/// are equal.
public struct EvaluationLaw: Law {
  public static let name = "evaluation"

  /// The law.
  public init() {}

  public func check(_ subject: inout LawSubject) throws {
    let primitive = subject.primitive
    let hosts = try subject.hosts()
    let numbers = hosts.map(\.coordinates)
    let first = try primitive.evaluate(hosts)
    let second = try primitive.evaluate(hosts)
    try subject.expect(first == second, "a second evaluation gave other numbers")
    try subject.expect(hosts.map(\.coordinates) == numbers, "the evaluation changed its operands")
    if first.count == 1 && hosts.count == 1 {
      let short = try primitive.evaluate(hosts[0])
      try subject.expect(short == first[0], "evaluate(x) differs from evaluate([x]): \(short.coordinates)")
    }
    if first.count == 1 && hosts.count == 2 {
      let short = try primitive.evaluate(hosts[0], hosts[1])
      try subject.expect(short == first[0], "evaluate(x, y) differs from evaluate([x, y]): \(short.coordinates)")
    }
    try subject.expect(
      primitive.hashValue == primitive.hashValue && primitive.isEqual(to: primitive),
      "the primitive is not equal to itself")
  }
}
