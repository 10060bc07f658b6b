import Jacobi
import JacobiTesting
import NativeEngine
import Testing

/// Every primitive gives on the native engine what it gives on the reference engine, with its derivatives and in batches.
@Suite(.enabled(if: NativeEngine().availability.isAvailable)) struct CatalogueTests {
  @Test(arguments: PrimitiveCase.all)
  func holds(_ primitive: PrimitiveCase) {
    let report = checkLaws(of: [primitive.type], laws: [EngineLaw(NativeEngine())])
    for violation in report.violations.prefix(2) { Issue.record(Comment(rawValue: violation.description)) }
    #expect(report.caseCount > 0)
  }
}

/// A primitive as the argument of a test, under its name.
struct PrimitiveCase: Sendable, CustomTestStringConvertible {
  let type: any Primitive.Type
  var testDescription: String { type.name }
  static var all: [PrimitiveCase] { PrimitiveCatalog.all.map { PrimitiveCase(type: $0) } }
}
