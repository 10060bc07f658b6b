import Jacobi
import Passes
import Testing

/// The standard passes reach the programs inside of equations.
@Suite struct InnerProgramsTests {
  /// How many equations a program has, with those of the programs inside.
  private func count(_ program: Program) -> Int {
    program.subprograms.reduce(program.equations.count) { $0 + count($1.program) }
  }

  private func check(
    _ f: @escaping (Tensor) -> Tensor, saves saved: Int, sourceLocation: SourceLocation = #_sourceLocation
  )
    throws
  {
    let x = Tensor([0.5])[0]
    let before = program(of: f, at: x)
    let after = try PassPipeline.standard.run(before, isVerifying: true)
    #expect(count(before) - count(after) >= saved, "\(before)\n\(after)", sourceLocation: sourceLocation)
    let host = try x.hostValue()
    #expect(try after.run([host]) == before.run([host]), sourceLocation: sourceLocation)
    #expect(try PassPipeline.standard.run(after) == after, sourceLocation: sourceLocation)
  }

  @Test func loops() throws {
    let steps = Tensor([1.0, 2, 3])
    try check(
      { x in scan({ h, e in (sin(h * 1) * sin(h * 1) + e - 0, []) }, x, over: steps).state }, saves: 4)
    try check({ x in forLoop(from: 0, to: 3, x) { _, h in cos(h) * cos(h) * 1 } }, saves: 2)
    try check({ x in whileLoop({ $0 * 1 .< 10 }, { exp($0) * exp($0) + 1 }, x) }, saves: 2)
  }

  @Test func branches() throws {
    try check({ x in cond(x .> 0, then: { sin(x) * sin(x) }, else: { x * 1 }) }, saves: 2)
  }

  @Test func calls() throws {
    let inner = subprogram("inner") { (x: Tensor) in exp(x * 1) + exp(x * 1) }
    try check({ x in inner(x) * inner(x) }, saves: 3)
    try check({ x in checkpoint({ (x: Tensor) in exp(x * 1) + exp(x) })(x) }, saves: 2)
  }

  @Test func loopsInBranches() throws {
    try check(
      { x in
        cond(
          x .> 0, then: { forLoop(from: 0, to: 2, x) { _, h in sin(h) * 1 + sin(h) } }, else: { x })
      }, saves: 2)
  }

  /// Derivatives of what has been simplified are the same.
  @Test func derivatives() throws {
    let steps = Tensor([0.3, 0.2, 0.7])
    let f = { (x: Tensor) in scan({ h, e in (sin(h * 1) * h + e * 1 - 0, []) }, x, over: steps).state }
    for x in [0.4, -1.3] {
      #expect(Double(grad(jit(f, engine: ReferenceEngine()))(Tensor(x))) == Double(grad(f)(Tensor(x))))
    }
  }
}
