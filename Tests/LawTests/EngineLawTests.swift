import Jacobi
import JacobiTesting
import Testing

/// Every law holds for functions under `jit`, by the engine that it prefers.
@Suite struct EngineLawTests {
  /// Laws that run functions; the others are about what the primitive says, and about programs.
  static let laws: [any Law] = [
    LinearityLaw(), DifferencesLaw(), ReuseLaw(), AdjointLaw(), DoubleTransposeLaw(), BatchingLaw(),
    BatchedForwardLaw(),
    BatchedReverseLaw(), SecondOrderLaw(), StrongZerosLaw(), TraitsLaw(),
  ]

  @Test(arguments: PrimitiveCase.all)
  func compiled(_ primitive: PrimitiveCase) {
    let report = checkLaws(of: [primitive.type], laws: Self.laws, engine: JITEngine.preferred)
    for violation in report.violations.prefix(3) { Issue.record(Comment(rawValue: violation.description)) }
  }

  @Test(arguments: PrimitiveCase.all)
  func paths(_ primitive: PrimitiveCase) {
    let report = checkLaws(of: [primitive.type], laws: [PathsLaw(JITEngine.preferred)])
    for violation in report.violations.prefix(3) { Issue.record(Comment(rawValue: violation.description)) }
  }
}
