import Jacobi
import JacobiTesting
import NativeEngine
import Testing

/// Every primitive gives on the native engine what it gives on the reference engine, with its derivatives and in batches.
@Suite(.enabled(if: NativeEngine().availability.isAvailable)) struct CatalogueTests {
  @Test(arguments: PrimitiveCase.all)
  func holds(_ primitive: PrimitiveCase) { check(primitive, EngineLaw(NativeEngine())) }

  /// Each value in memory, and code that LLVM hardly optimizes.
  @Test(arguments: PrimitiveCase.all)
  func holdsWithoutFusion(_ primitive: PrimitiveCase) {
    var options = CodeOptions.unfused
    options.effort = .lowest
    check(primitive, EngineLaw(NativeEngine(threads: 1, options: options)))
  }

  /// Two threads share all loops over batches that are longer than a vector.
  @Test(arguments: PrimitiveCase.all)
  func holdsWithTwoThreads(_ primitive: PrimitiveCase) {
    check(primitive, EngineLaw(NativeEngine(threads: 2, options: .divided), batchSize: 67))
  }

  private func check(_ primitive: PrimitiveCase, _ law: EngineLaw) {
    let report = checkLaws(of: [primitive.type], laws: [law])
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
