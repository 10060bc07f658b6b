import Jacobi
import Passes
import Testing

@Suite struct LoopTrimmingTests {
  /// The only loop of a function's program after the standard passes, which change no bit of the results.
  private func loop(
    _ f: @escaping (Tensor) -> Tensor, at x: [Double] = [0.5], sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> (sweep: Sweep, fixedCount: Int, program: Program) {
    let argument = x.count == 1 ? Tensor(x[0]) : Tensor(x)
    let before = program(of: f, at: argument)
    let after = try PassPipeline.standard.run(before, isVerifying: true)
    #expect(try after.run([tensor(x)]) == before.run([tensor(x)]), sourceLocation: sourceLocation)
    let loops = after.equations.compactMap { $0.primitive as? Loop }
    try #require(loops.count == 1, "\(after)", sourceLocation: sourceLocation)
    return (loops[0].sweeps[0], loops[0].fixedCount, after)
  }

  @Test func stacksThatNobodyUses() throws {
    let (sweep, _, _) = try loop { x in
      scan({ h, e in (h * e, [sin(h), cos(h)] as [Tensor]) }, x, over: Tensor([1.0, 2, 3])).state
    }
    #expect(sweep.stackedCount == 0 && sweep.step.program.equations.count == 1)
  }

  @Test func statesThatServeOnlyThemselves() throws {
    let (sweep, _, _) = try loop { x in
      let states = scan(
        { (h: [Tensor], e: Tensor) in ([h[0] * e, h[1] + h[2], sin(h[2])] as [Tensor], [] as [Tensor]) },
        [x, x + 1, x + 2], over: Tensor([1.0, 2, 3])
      ).state
      return states[0]
    }
    #expect(sweep.stateCount == 1 && sweep.step.program.equations.count == 1)
    // What another state needs stays.
    let (both, _, _) = try loop { x in
      scan(
        { (h: [Tensor], e: Tensor) in ([h[0] * h[1], h[1] + e] as [Tensor], [] as [Tensor]) }, [x, x + 1],
        over: Tensor([1.0, 2, 3])
      ).state[0]
    }
    #expect(both.stateCount == 2)
  }

  @Test func statesThatStay() throws {
    let (sweep, fixedCount, _) = try loop { x in
      let (states, results) = scan(
        { (h: [Tensor], e: Tensor) in ([h[0] + h[1] * e, h[1]] as [Tensor], h[1]) }, [x, x + 1],
        over: Tensor([1.0, 2, 3]))
      return states[0] + states[1] + results.sum()
    }
    #expect(sweep.stateCount == 1 && fixedCount == 1)
  }

  @Test func resultsThatRepeatWhatIsGoneOver() throws {
    let (sweep, _, _) = try loop(
      { x in
        let (state, results) = scan({ h, e in (h + e, e) }, Tensor(0.0), over: x)
        return state + results.sum()
      }, at: [1, 2, 3])
    #expect(sweep.stackedCount == 0)
  }

  /// A loop of which nothing is used goes, and what it was computed from.
  @Test func wholeLoops() throws {
    let f = { (x: Tensor) -> Tensor in
      _ = scan({ h, e in (h + e, sin(h)) }, exp(x), over: Tensor([1.0, 2]))
      return x * 2
    }
    #expect(try program(of: f, at: Tensor(1.0)).optimized().equations.count == 1)
  }

  /// No steps: the state is the first one.
  @Test func noSteps() throws {
    for length in [0, 1] {
      let f = { (x: Tensor) -> Tensor in
        let (states, results) = scan(
          { (h: [Tensor]) in ([h[0] + h[1], h[1]] as [Tensor], h[1]) }, [x, x + 1], length: length)
        return states[0] + 10 * states[1] + results.sum()
      }
      let program = program(of: f, at: Tensor(0.5))
      #expect(try program.optimized().run([tensor([0.5])]) == program.run([tensor([0.5])]))
    }
  }
}
