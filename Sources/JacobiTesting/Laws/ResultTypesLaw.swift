import Jacobi

/// The results have the types that the primitive states.
public struct ResultTypesLaw: Law {
  public static let name = "result types"

  /// The law.
  public init() {}

  public func check(_ subject: inout LawSubject) throws {
    let stated = try subject.primitive.resultTypes(of: subject.types)
    let results = try subject.primitive.evaluate(try subject.hosts())
    try subject.expect(
      results.map(\.type) == stated, "the results have types \(results.map(\.type)), stated are \(stated)")
  }
}
