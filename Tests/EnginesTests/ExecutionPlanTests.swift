import Engines
import Jacobi
import Testing

/// What the reference engine says about its work; the numbers are counted by hand.
@Suite struct ExecutionPlanTests {
  private func plan(_ f: (Tensor) -> Tensor, _ x: Tensor) throws -> ExecutionPlan {
    try ReferenceEngine().plan(of: program(of: f, at: x))
  }

  @Test func oneByOne() throws {
    let plan = try plan({ x in exp(x) + x }, Tensor([1.0, 2, 3]))
    #expect(plan.engine == "reference" && plan.code == nil)
    #expect(plan.pieces.map(\.title) == ["exp", "add"])
    // A function is 20 operations, an addition is one; each vector has 24 bytes.
    #expect(plan.pieces.map(\.operations) == [60, 3] && plan.operations == 63)
    #expect(plan.pieces.map(\.bytesMoved) == [48, 72] && plan.bytesMoved == 120)
    #expect(plan.buffers.map(\.place) == ["argument", "temporary", "result"])
    #expect(plan.buffers[1].lifetime == 0...1 && plan.memoryByteCount == 24)
  }

  @Test func products() throws {
    let plan = try plan({ x in matmul(x, x) }, Tensor.ones([6, 6]))
    #expect(plan.operations == 2 * 6 * 6 * 6)
  }

  @Test func parts() throws {
    let values = Tensor([1.0, 2, 3, 4, 5])
    let plan = try plan({ x in scan({ h, e in (h * e, []) }, x, over: values).state }, Tensor(2.0))
    let loop = try #require(plan.pieces.first { !$0.parts.isEmpty })
    #expect(loop.parts.map(\.title) == ["step"] && loop.parts[0].runs == 5)
    #expect(loop.parts[0].plan.pieces.map(\.title) == ["multiply"] && loop.operations == 5)
    let branches = try self.plan({ x in cond(x .> 0, then: { sin(x) }, else: { x }) }, Tensor(2.0))
    #expect(branches.pieces.last?.parts.count == 2)
  }

  @Test func text() throws {
    let text = try plan({ x in exp(x) * x }, Tensor.zeros([1200, 1000])).description
    #expect(
      text == """
        engine: reference, \(ReferenceEngine().availability)

        1. exp
             b: float64[1200, 1000] = exp a
           about 24,000,000 operations, 18.3 MiB, writes b
        2. multiply
             c: float64[1200, 1000] = multiply b a
           about 1,200,000 operations, 27.5 MiB, writes c

        in all about 25,200,000 operations, 45.8 MiB read and written, 9.2 MiB beside arguments and results
          a  float64[1200, 1000]  9.2 MiB  argument
          b  float64[1200, 1000]  9.2 MiB  temporary  1 to 2
          c  float64[1200, 1000]  9.2 MiB  result     in 2

        """)
  }

  @Test func nothing() throws {
    let plan = try plan({ x in x }, Tensor(2.0))
    #expect(plan.description.contains("nothing to do") && plan.operations == 0)
  }
}
