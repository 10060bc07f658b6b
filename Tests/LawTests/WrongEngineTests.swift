import Jacobi
import JacobiTesting
import Testing

/// Engines that are wrong are found out.
@Suite struct WrongEngineTests {
  /// Takes whatever the first path is for all.
  @Test func forgottenGuards() {
    let engine = WrongEngine(id: EngineID("forgetful")) { results in
      results.map { $0.dtype == .bool && $0.shape.isScalar ? HostTensor(.bool(true)) : $0 }
    }
    let report = checkLaws(of: [Sin.self], laws: [PathsLaw(engine)])
    #expect(!report.isPassed)
    #expect(checkLaws(of: [Sin.self], laws: [PathsLaw(ReferenceEngine())]).isPassed)
  }

  /// The laws that say more than that the same is the same each time.
  private static let laws = EngineLawTests.laws.filter { !($0 is ReuseLaw || $0 is DoubleTransposeLaw) }

  /// Numbers that are wrong by little, in programs of every transform.
  @Test(arguments: laws.map { LawCase(law: $0) })
  func wrongNumbers(_ law: LawCase) {
    var random = CountingGenerator(seed: 7)
    let errors = (0..<64).map { _ in 1e-3 * (random.unit() - 0.5) }
    let engine = WrongEngine(id: EngineID("imprecise by \(law.law.name)")) { results in
      results.map { result in
        guard result.dtype == .float64, result.count > 1 else { return result }
        let numbers = zip(result.elements(as: Double.self), errors).map { $0 + $1 }
        return (try? HostTensor(result.shape, numbers)) ?? result
      }
    }
    let primitive: any Primitive.Type = law.law is LinearityLaw ? Add.self : Sin.self
    #expect(!checkLaws(of: [primitive], laws: [law.law], engine: engine).isPassed)
  }
}

/// The reference engine, whose results are changed.
private struct WrongEngine: Engine {
  let id: EngineID
  let change: @Sendable ([HostTensor]) -> [HostTensor]
  var availability: EngineAvailability { .available("for tests") }

  func compile(_ program: Program) throws(TensorError) -> any Executable {
    WrongExecutable(right: try ReferenceEngine().compile(program), change: change)
  }
}

private struct WrongExecutable: Executable {
  let right: any Executable
  let change: @Sendable ([HostTensor]) -> [HostTensor]

  func run(_ arguments: [HostTensor]) throws(TensorError) -> [HostTensor] { change(try right.run(arguments)) }
}
