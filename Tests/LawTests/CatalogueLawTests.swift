import Jacobi
import JacobiTesting
import Testing

/// Every law holds for every primitive of the catalogue, on all of its samples, with all of their element types.
@Suite struct CatalogueLawTests {
  @Test(arguments: PrimitiveCase.all, LawCase.all)
  func holds(_ primitive: PrimitiveCase, _ law: LawCase) {
    let report = checkLaws(of: [primitive.type], laws: [law.law])
    for violation in report.violations.prefix(3) { Issue.record(Comment(rawValue: violation.description)) }
    LawTally.shared.add(report)
  }
}

/// A primitive as the argument of a test, under its name.
struct PrimitiveCase: Sendable, CustomTestStringConvertible {
  let type: any Primitive.Type
  var testDescription: String { type.name }
  static var all: [PrimitiveCase] { PrimitiveCatalog.all.map { PrimitiveCase(type: $0) } }
}

/// A law as the argument of a test, under its name.
struct LawCase: Sendable, CustomTestStringConvertible {
  let law: any Law
  var testDescription: String { law.name }
  static var all: [LawCase] { Laws.all.map { LawCase(law: $0) } }
}

/// Adds up what the tests checked, and prints it when the last one has ended:
/// `laws: 62 primitives, 15 laws, 12345 cases`.
final class LawTally: Sendable {
  static let shared = LawTally()
  private let state = Lock((tests: 0, report: LawReport()))

  func add(_ report: LawReport) {
    let (primitives, laws) = (PrimitiveCatalog.all.count, Laws.all.count)
    let total: LawReport? = state.withLock { state in
      state.tests += 1
      state.report.caseCount += report.caseCount
      state.report.violations += report.violations
      return state.tests == primitives * laws ? state.report : nil
    }
    guard var total else { return }
    (total.primitiveCount, total.lawCount) = (primitives, laws)
    total.violations = []
    print(total)
  }
}
