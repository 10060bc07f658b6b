import Foundation
import Jacobi
import Passes
import Testing

/// A vector, or a scalar.
func tensor(_ numbers: [Double]) -> HostTensor {
  (try? HostTensor(numbers.count == 1 ? [] : [numbers.count], numbers)) ?? HostTensor(.float64(.nan))
}

@Suite struct LoopFusionTests {
  private func loops(_ program: Program) -> [Loop] { program.equations.compactMap { $0.primitive as? Loop } }

  /// The number of loops of a function of a number x and a vector v after the pass, which changes no bit of the results.
  ///
  /// - Parameter results: the names of the results, of which b, q, s, u and z are vectors.
  private func fused(_ results: [String], _ lines: String) throws -> Int {
    let types = results.map { "bqsuz".contains($0) ? "float64[3]" : "float64[]" }
    let program = try Program(
      parsing: """
        \(Self.steps)program f(x: float64[], v: float64[3]) -> (\(types.joined(separator: ", "))) {
        \(lines)
          return \(results.joined(separator: ", "))
        }
        """, primitives: PrimitiveCatalog.primitive(named:))
    let arguments = [tensor([2]), tensor([1, 2, -3])]
    let after = LoopFusion().rewritten(program)
    try after.verify()
    #expect(try after.run(arguments) == program.run(arguments))
    #expect(LoopFusion().rewritten(after) == after)
    return loops(after).count
  }

  private static let steps = """
    program running(h: float64[], e: float64[]) -> (float64[], float64[]) {
      n: float64[] = add h e
      return n, n
    }

    program scaled(a: float64[], h: float64[], e: float64[]) -> (float64[], float64[]) {
      m: float64[] = multiply h e
      n: float64[] = add m a
      return n, m
    }


    """
  private static let running =
    "loop[length=3, fixedCount=0, sweeps=[{step=@running, stateCount=1, slicedCount=1, recordCount=0, isDescending=false}]]"
  private static let scaled =
    "loop[length=3, fixedCount=1, sweeps=[{step=@scaled, stateCount=1, slicedCount=1, recordCount=0, isDescending=false}]]"
  private static let backward = scaled.replacingOccurrences(of: "=false", with: "=true")

  @Test func oneAfterTheOther() throws {
    #expect(
      try fused(
        ["p", "q", "r", "s"],
        """
        p: float64[], q: float64[3] = \(Self.running) x v
        r: float64[], s: float64[3] = \(Self.scaled) x x q
        """) == 1)
  }

  /// What stands between the two goes before the one loop where it is needed in it, behind it where it needs that.
  @Test func whatStandsBetween() throws {
    #expect(
      try fused(
        ["a", "b", "r", "s"],
        """
        p: float64[], q: float64[3] = \(Self.running) x v
        a: float64[] = sin p
        b: float64[3] = cos q
        c: float64[] = cos x
        r: float64[], s: float64[3] = \(Self.scaled) c x q
        """) == 1)
  }

  @Test func threeInARow() throws {
    #expect(
      try fused(
        ["p", "r", "u"],
        """
        p: float64[], q: float64[3] = \(Self.running) x v
        r: float64[], s: float64[3] = \(Self.scaled) x x q
        t: float64[], u: float64[3] = \(Self.scaled) x x s
        """) == 1)
  }

  /// A loop that needs the last state of another comes after it.
  @Test func lastState() throws {
    #expect(
      try fused(
        ["r", "s"],
        """
        p: float64[], q: float64[3] = \(Self.running) x v
        a: float64[] = sin p
        r: float64[], s: float64[3] = \(Self.scaled) a x q
        """) == 2)
  }

  @Test func oppositeDirection() throws {
    #expect(
      try fused(
        ["r", "s"],
        """
        p: float64[], q: float64[3] = \(Self.running) x v
        r: float64[], s: float64[3] = \(Self.backward) x x q
        """) == 2)
  }

  /// Each pair could become one loop, but not both, as each would have to come before the other; levels join neither.
  @Test func pairsThatNeedEachOther() throws {
    #expect(
      try fused(
        ["t", "w", "u", "z"],
        """
        p: float64[], q: float64[3] = \(Self.running) x v
        r: float64[], s: float64[3] = \(Self.backward) x x v
        a: float64[] = sin r
        b: float64[] = sin p
        t: float64[], u: float64[3] = \(Self.scaled) a x q
        w: float64[], z: float64[3] = \(Self.backward) b x s
        """) == 4)
    // Only the first pair: the second needs what it makes.
    #expect(
      try fused(
        ["t", "w", "u", "z"],
        """
        p: float64[], q: float64[3] = \(Self.running) x v
        t: float64[], u: float64[3] = \(Self.scaled) x x q
        r: float64[], s: float64[3] = \(Self.backward) t x u
        w: float64[], z: float64[3] = \(Self.backward) p x s
        """) == 2)
  }

  /// Values and tangents of a loop are one loop, which stacks nothing; and so it goes on.
  @Test func derivatives() throws {
    let f = { (x: Tensor) in scan({ h, e in (sin(h) * h + e, []) }, x, over: [0.1, 0.2, 0.3]).state }
    for (derivative, count, stacks) in [
      (program(of: { jvp(f, at: $0, along: 1).tangent }, at: Tensor(0.5)), 1, 0),
      (program(of: { jvp({ jvp(f, at: $0, along: 1).tangent }, at: $0, along: 1).tangent }, at: Tensor(0.5)), 1, 0),
      (program(of: grad(f), at: Tensor(0.5)), 2, nil),
      (program(of: { hvp(f, at: $0, along: 1) }, at: Tensor(0.5)), 2, nil),
    ] as [(Program, Int, Int?)] {
      let optimized = try derivative.optimized()
      let loops = loops(optimized)
      #expect(loops.count == count, "\(optimized)")
      if let stacks { #expect(loops[0].sweeps[0].stackedCount == stacks, "\(optimized)") }
      #expect(try optimized.run([tensor([0.5])]) == derivative.run([tensor([0.5])]))
    }
  }

  /// A thousand loops in a row become one, in time proportional to their number.
  @Test func many() throws {
    let f = { (x: Tensor) in
      var y = x
      for _ in 0..<1000 { y = scan({ h, e in (h + e, h * e) }, Tensor(0.5), over: y).results }
      return y
    }
    let program = program(of: f, at: [0.1, 0.2, 0.3])
    let optimized = try program.optimized()
    #expect(loops(optimized).count == 1)
    #expect(try optimized.run([tensor([0.1, 0.2, 0.3])]) == program.run([tensor([0.1, 0.2, 0.3])]))
  }
}
