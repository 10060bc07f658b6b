import Foundation
import Jacobi
import JacobiTesting
import TestDevice
import Testing

/// Every law holds for functions under `jit`, by the engine that it prefers: for a third of the samples of each primitive,
/// each with one of its element types.
///
/// A seed picks them, another one in each run, which is printed. `JACOBI_LAWS_SEED` repeats a run, and `JACOBI_LAWS=full`
/// takes all samples and element types.
@Suite struct EngineLawTests {
  /// Laws that run functions; the others are about what the primitive says, and about programs.
  static let laws: [any Law] = [
    LinearityLaw(), DifferencesLaw(), ReuseLaw(), AdjointLaw(), DoubleTransposeLaw(), BatchingLaw(),
    BatchedForwardLaw(),
    BatchedReverseLaw(), SecondOrderLaw(), StrongZerosLaw(), TraitsLaw(),
  ]

  static let isFull = ProcessInfo.processInfo.environment["JACOBI_LAWS"] == "full"
  static let random =
    ProcessInfo.processInfo.environment["JACOBI_LAWS_SEED"].flatMap(UInt64.init).map { CountingGenerator(seed: $0) }
    ?? .fresh(for: "laws of compiled functions, element types")

  @Test(arguments: PrimitiveCase.all)
  func compiled(_ primitive: PrimitiveCase) { check(Self.laws, primitive, engine: EngineRegistry.preferred) }

  @Test(arguments: PrimitiveCase.all)
  func paths(_ primitive: PrimitiveCase) { check([PathsLaw(EngineRegistry.preferred)], primitive) }

  /// Values, derivatives and batches stay right when all tensors of compiled functions are on a device. The seed picks three
  /// laws for each primitive.
  @Test(arguments: PrimitiveCase.all)
  func onDevice(_ primitive: PrimitiveCase) {
    var random = Self.random.split("device " + primitive.type.name)
    let laws = Self.isFull ? Self.laws : Array(Self.laws.shuffled(using: &random).prefix(3))
    check(laws, primitive, engine: Self.deviceEngine)
    check([PathsLaw(Self.deviceEngine)], primitive)
  }

  private static let deviceEngine = TestDeviceEngine(100)

  private func check(_ laws: [any Law], _ primitive: PrimitiveCase, engine: (any Engine)? = nil) {
    var random = Self.random.split(primitive.type.name)
    var report = LawReport()
    let all = primitive.type.samples
    let samples = Self.isFull ? all : Array(all.shuffled(using: &random).prefix((all.count + 2) / 3))
    for sample in samples {
      let dtypes = Self.isFull ? sample.dtypes : sample.dtypes.randomElement(using: &random).map { [$0] } ?? []
      for dtype in dtypes {
        for law in laws { JacobiTesting.check(law, sample, dtype, engine: engine, &report) }
      }
    }
    for violation in report.violations.prefix(3) {
      Issue.record("\(violation) (JACOBI_LAWS_SEED=\(Self.random.seed))")
    }
  }
}
