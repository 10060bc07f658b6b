import Jacobi
import Testing

/// `explain` shows what `jit` would run.
@Suite struct ExplainTests {
  @Test func functions() throws {
    let one = try explain({ x in sin(x) * 2 }, at: Tensor([1.0, 2]))
    #expect(one.program.inputs.count == 1 && one.engine == EngineRegistry.preferred.name)
    let tree = try explain({ (x: [Tensor]) in x[0] + x[1] }, at: [Tensor(1.0), Tensor(2.0)] as [Tensor])
    #expect(tree.program.inputs.count == 2)
    let several = try explain({ (x: Tensor, y: Tensor) in x * y }, at: Tensor(1.0), Tensor(2.0))
    #expect(several.program.inputs.count == 2 && several.program.equations.count == 1)
    let gradient = try explain(grad { x in (x * x).sum() }, at: [1, 2, 3])
    #expect(gradient.operations > 0 && !gradient.pieces.isEmpty)
  }

  /// The program has been optimized.
  @Test func isOptimized() throws {
    let plan = try explain({ x in sin(x) + sin(x) }, at: 1, engine: ReferenceEngine())
    #expect(plan.pieces.map(\.title) == ["sin", "add"])
    #expect(plan.engine == "reference" && plan.refusals.isEmpty)
  }

  /// Where no better engine is used, the reason stands in the plan.
  @Test func refusals() throws {
    let plan = try explain({ x in x + 1 }, at: 1)
    #expect(plan.refusals.isEmpty == NativeEngine().availability.isAvailable)
    #expect((plan.code == nil) == (plan.engine == "reference"))
  }
}
