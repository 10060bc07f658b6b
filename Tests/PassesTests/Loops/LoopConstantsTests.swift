import Jacobi
import Passes
import Testing

@Suite struct LoopConstantsTests {
  private func loop(_ f: @escaping (Tensor) -> Tensor, at x: [Double]) throws -> (loop: Loop, program: Program) {
    let before = program(of: f, at: Tensor(x))
    let after = try PassPipeline.standard.run(before, isVerifying: true)
    #expect(try after.run([tensor(x)]) == before.run([tensor(x)]))
    return (try #require(after.equations.lazy.compactMap { $0.primitive as? Loop }.first), after)
  }

  /// Literals beside vectors are numbers in the step, and what they do not change is left out.
  @Test func literals() throws {
    let (loop, program) = try loop(
      { x in scan({ h, e in (h * 1 * 0.5 + e - 0, []) }, x, over: Tensor([1.0, 2, 3])).state }, at: [1, 2])
    #expect(loop.fixedCount == 0, "\(program)")
    // A product, a number repeated, and a sum.
    #expect(loop.sweeps[0].step.program.equations.count == 3, "\(program)")
  }

  /// A table stays outside.
  @Test func tables() throws {
    let table = Tensor((0..<100).map { Double($0) })
    let (loop, program) = try loop(
      { x in scan({ h, e in (h * table[3..<5] + e * 0.5, []) }, x, over: Tensor([1.0, 2, 3])).state }, at: [1, 2])
    #expect(loop.fixedCount <= 1, "\(program)")
    let (whole, other) = try self.loop(
      { x in scan({ h, e in (h * table + e, []) }, x[0] * table, over: Tensor([1.0, 2, 3])).state }, at: [1, 2])
    #expect(whole.fixedCount == 1, "\(other)")
  }
}
