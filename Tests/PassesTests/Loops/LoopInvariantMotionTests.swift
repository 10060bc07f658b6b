import Jacobi
import Passes
import Testing

@Suite struct LoopInvariantMotionTests {
  private static let step = """
    program step(a: float64[], h: float64[], e: float64[]) -> float64[] {
      two: float64[] = constant 2.0
      b: float64[] = exp a
      c: float64[] = multiply b two
      d: float64[] = negate a
      f: float64[] = multiply h c
      g: float64[] = add f d
      i: float64[] = add g e
      return i
    }


    """

  private func moved(length: Int) throws -> (before: Program, after: Program) {
    let before = try Program(
      parsing: Self.step + """
        program f(a: float64[], v: float64[\(length)]) -> float64[] {
          r: float64[] = loop[length=\(length), fixedCount=1, sweeps=[{step=@step, stateCount=1, slicedCount=1, recordCount=0, isDescending=false}]] a a v
          return r
        }
        """, primitives: PrimitiveCatalog.primitive(named:))
    let after = LoopInvariantMotion().rewritten(before)
    try after.verify()
    return (before, after)
  }

  /// What costs something is computed once, with what depends on it; what costs as little as reading it stays.
  @Test func onceBeforeTheLoop() throws {
    let (before, after) = try moved(length: 3)
    let loops = after.equations.compactMap { $0.primitive as? Loop }
    #expect(after.equations.count == 3)
    let inside = loops[0].sweeps[0].step.program.equations.map { String(describing: type(of: $0.primitive)) }
    #expect(inside == ["Negate", "Multiply", "Add", "Add"])
    let arguments = [tensor([0.5]), tensor([1, 2, 3])]
    #expect(try after.run(arguments) == before.run(arguments))
    #expect(LoopInvariantMotion().rewritten(after) == after)
  }

  /// Without a step nothing is computed.
  @Test func loopsWithoutSteps() throws {
    let (before, after) = try moved(length: 0)
    #expect(before == after)
  }
}
