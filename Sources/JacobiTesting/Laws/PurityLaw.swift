import Jacobi

/// Equal operands give equal results, bit for bit, and stay what they were.
public struct PurityLaw: Law {
  public static let name = "purity"

  /// The law.
  public init() {}

  public func check(_ subject: inout LawSubject) throws {
    let hosts = try subject.hosts()
    let numbers = hosts.map(\.coordinates)
    let first = try subject.primitive.evaluate(hosts)
    let second = try subject.primitive.evaluate(hosts)
    try subject.expect(first == second, "a second evaluation gave other numbers")
    try subject.expect(hosts.map(\.coordinates) == numbers, "the evaluation changed its operands")
    try subject.expect(
      subject.primitive.hashValue == subject.primitive.hashValue && subject.primitive.isEqual(to: subject.primitive),
      "the primitive is not equal to itself")
  }
}
