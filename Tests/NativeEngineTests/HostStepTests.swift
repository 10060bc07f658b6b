import Jacobi
import JacobiTesting
import NativeEngine
import Testing

/// Everything in the catalogue becomes machine code, with its derivatives and in batches: only callbacks go to the host, and
/// what is computed by libraries and kernels for whole matrices and lines, and special functions.
@Suite struct HostStepTests {
  @Test(arguments: PrimitiveCase.all)
  func nothingIsLeftToTheHost(_ primitive: PrimitiveCase) {
    let report = checkLaws(of: [primitive.type], laws: [EngineLaw(CodeOnly())])
    for violation in report.violations.prefix(2) { Issue.record(Comment(rawValue: violation.description)) }
    #expect(report.caseCount > 0)
  }

  @Test func callbacksAreToldApart() throws {
    let double = pureCallback(name: "double") { x in x }
    let recorded = program(of: { (x: Tensor) in double(x) }, at: Tensor(1.0))
    #expect(NativeEngine().hostOperations(of: recorded).map { type(of: $0).name } == ["callback"])
    #expect(NativeEngine().hostOperations(of: program(of: { (x: Tensor) in sin(x) }, at: Tensor(1.0))).isEmpty)
  }
}

/// The reference engine, for programs of which the native engine leaves nothing but callbacks to the host.
private struct CodeOnly: Engine {
  private static let others = Set(
    [Callback.name]
      + (PrimitiveCatalog.factorizations + PrimitiveCatalog.spectral + PrimitiveCatalog.specialFunctions).map {
        $0.name
      })

  var id: EngineID { EngineID("code only") }
  var availability: EngineAvailability { .available("") }

  func compile(_ program: Program) throws(TensorError) -> any Executable {
    let left = NativeEngine().hostOperations(of: program).map { type(of: $0).name }.filter { !Self.others.contains($0) }
    if let first = left.first { throw TensorError(.compilation, first, "is left to the host") }
    return try ReferenceEngine().compile(program)
  }
}
