import Jacobi

/// The results have the types that the primitive states, and every way to evaluate it gives the same.
public struct ResultTypesLaw: Law {
  public static let name = "result types"

  /// The law.
  public init() {}

  public func check(_ subject: inout LawSubject) throws {
    let primitive = subject.primitive
    let hosts = try subject.hosts()
    let stated = try primitive.resultTypes(of: subject.types)
    let results = try primitive.evaluate(hosts)
    try subject.expect(
      results.map(\.type) == stated, "the results have types \(results.map(\.type)), stated are \(stated)")
    if results.count == 1 && hosts.count == 1 {
      let short = try primitive.evaluate(hosts[0])
      try subject.expect(short == results[0], "evaluate(x) differs from evaluate([x]): \(short.coordinates)")
    }
    if results.count == 1 && hosts.count == 2 {
      let short = try primitive.evaluate(hosts[0], hosts[1])
      try subject.expect(short == results[0], "evaluate(x, y) differs from evaluate([x, y]): \(short.coordinates)")
    }
  }
}
