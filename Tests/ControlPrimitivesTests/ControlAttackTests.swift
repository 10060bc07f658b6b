import Foundation
import Jacobi
import TestSupport
import Testing

/// What a careless caller does with loops, branches and rules: nothing stops the process, no wrong number comes out.
@Suite struct ControlAttackTests {
  // MARK: - States and results that do not depend on the argument

  @Test(arguments: [LoopCheckpointing?.none, .every(2), .binomial(slots: 1)])
  func resultsThatDoNotDependOnTheArgument(_ checkpoint: LoopCheckpointing?) {
    let xs = Tensor([1.0, 2, 3])
    let state = { (xs: Tensor) in
      scan({ (s: Tensor, x: Tensor) in (s, 3 * x) }, Tensor(1.0), over: xs, checkpoint: checkpoint).state
    }
    expectClose(grad(state)(xs), Tensor.zeros([3]))
    expectClose(grad { xs in state(xs) + xs.sum() }(xs), Tensor.ones([3]))
    let results = { (x: Tensor) in
      scan({ (s: Tensor) in (s, Tensor(2.0)) }, x, length: 3, checkpoint: checkpoint).results.sum()
    }
    expectClose(grad(results)(Tensor(1.0)), Tensor(0.0))
    let fixed = { (w: Tensor) in
      scan({ (s: Tensor) in (s, w) }, Tensor(1.0), length: 3, checkpoint: checkpoint).state
    }
    expectClose(grad(fixed)(Tensor(1.0)), Tensor(0.0))
    expectClose(grad(grad(fixed))(Tensor(1.0)), Tensor(0.0))
    expectClose(hessian(state)(xs), Tensor.zeros([3, 3]))
    expectClose(jvp(state, at: xs, along: xs).tangent, Tensor(0.0))
  }

  @Test func whileStateThatDoesNotDependOnTheArgument() {
    let f = { (x: Tensor) in
      whileLoop({ s in s[1] .< 3 }, { s in [s[0] * x, s[1] + 1] }, [x, Tensor(0.0)])[1]
    }
    expectClose(grad(f)(Tensor(2.0)), Tensor(0.0))
    expectClose(vmap(grad(f))(Tensor([2.0, 3])), Tensor([0.0, 0]))
  }

  @Test func rulesOfZero() {
    let f = customVJP({ x in round(x) }, isExact: false, { x in (round(x), [Tensor]()) }) { _, _ in Tensor(0.0) }
    expectClose(grad(f)(Tensor(2.4)), Tensor(0.0))
    expectClose(jvp(f, at: Tensor(2.4), along: Tensor(1.0)).tangent, Tensor(0.0))
    let g = customVJP({ x in round(x) }, isExact: false, { x in (round(x), [Tensor]()) }) { _, _ in 0 }
    expectClose(grad { x in g(x).sum() }(Tensor([2.4, 1])), Tensor([0.0, 0]))
    expectClose(grad(grad(f))(Tensor(2.4)), Tensor(0.0))
    expectClose(vmap(grad(f))(Tensor([2.4, 3])), Tensor([0.0, 0]))
    let h = customJVP({ x in round(x) }, isExact: false) { x, dx in (round(x), 0) }
    expectClose(grad(h)(Tensor(2.4)), Tensor(0.0))
    expectClose(grad(grad(h))(Tensor(2.4)), Tensor(0.0))
    expectClose(vmap(grad(h))(Tensor([2.4, 3])), Tensor([0.0, 0]))
  }

  // MARK: - Checkpointing beyond what there is

  @Test(arguments: [LoopCheckpointing.binomial(slots: 1_000_000), .budget(bytes: 1 << 40), .every(1_000_000)])
  func moreSlotsThanSteps(_ checkpoint: LoopCheckpointing) {
    let f = { (w: Tensor) in
      scan({ (h: Tensor) in (h * w, []) }, Tensor(1.0), length: 50_000, checkpoint: checkpoint).state
    }
    expectClose(grad(f)(Tensor(1.0)), Tensor(50_000.0))
  }

  // MARK: - Transforms in bodies

  /// Newton's method for the root of a function, with its derivative taken in the body.
  static func root(_ a: Tensor) -> Tensor {
    whileLoop(
      { s in s[1] .> 0 },
      { s in
        let f = { (x: Tensor) in x * x * x - a }
        let x = s[0] - f(s[0]) / grad(f)(s[0])
        return [x, Tensor.where(abs(x * x * x - a) .<= 1e-14 * a, s[1] - 1, s[1])]
      }, [a, Tensor(4.0)], maximumSteps: 200)[0]
  }

  @Test func newtonWithGradInTheBody() {
    let numbers = [0.02, 1.0, 8.0, 1000.0]
    let a = Tensor(numbers)
    expectClose(vmap(Self.root)(a), Tensor(numbers.map { cbrt($0) }), tolerance: 1e-10)
    let first = Tensor(numbers.map { cbrt($0) / (3 * $0) })
    expectClose(vmap(grad(Self.root))(a), first, tolerance: 1e-9)
    expectClose(grad { a in vmap(Self.root)(a).sum() }(a), first, tolerance: 1e-9)
    let second = Tensor(numbers.map { -2 * cbrt($0) / (9 * $0 * $0) })
    expectClose(vmap(grad(grad(Self.root)))(a), second, tolerance: 1e-7)
    expectClose(vmap(hessian(Self.root))(a), second, tolerance: 1e-7)
  }

  @Test func hessianJacobianAndVMapInTheBody() {
    let f = { (x: Tensor) -> Tensor in
      forLoop(from: 0, to: 3, x) { _, y in
        let h = hessian { (z: Tensor) in (z * z * z).sum() }(y)  // diag(6 y)
        let j = jacobian { (z: Tensor) in sin(z) }(y)  // diag(cos y)
        let v = vmap { (z: Tensor) in z * x.sum() }(y)
        return (h + j).sum(axis: 0) * 0.1 + v * 0.01
      }.sum()
    }
    func plain(_ x: [Double]) -> Double {
      var y = x
      for _ in 0..<3 { y = y.map { (6 * $0 + cos($0)) * 0.1 + $0 * x.reduce(0, +) * 0.01 } }
      return y.reduce(0, +)
    }
    let x = [0.3, -0.7]
    expectClose(f(Tensor(x)), Tensor(plain(x)))
    let numeric = (0..<2).map { i in
      var (a, b) = (x, x)
      a[i] += 1e-6
      b[i] -= 1e-6
      return (plain(a) - plain(b)) / 2e-6
    }
    expectClose(grad(f)(Tensor(x)), Tensor(numeric), tolerance: 1e-8)
    expectClose(jacobian(f, mode: .forward)(Tensor(x)), Tensor(numeric), tolerance: 1e-8)
    expectClose(hessian(f)(Tensor(x)), jacobian(grad(f), mode: .reverse)(Tensor(x)), tolerance: 1e-12)
  }

  // MARK: - Confusion

  @Test func perturbationsThroughLoops() {
    // d/dx of x * d/dy (x + y) at y = 1 is 1; the loops in between multiply by 1.
    let through = { (x: Tensor) in forLoop(from: 0, to: 2, x) { _, s in s * 1 } }
    let confused = grad { (x: Tensor) in through(x) * grad { y in through(through(x) + through(y)) }(Tensor(1.0)) }
    expectClose(confused(Tensor(3.0)), Tensor(1.0))
    let inside = grad { (x: Tensor) in
      forLoop(from: 0, to: 2, Tensor(1.0)) { _, s in s * x * grad { y in x * y }(s) }
    }
    expectClose(inside(Tensor(3.0)), Tensor(108.0))
  }

  @Test func capturesOfSeveralLevels() {
    // s -> s w + x y, three times, with each of the four from another level.
    let f = { (x: Tensor) -> Tensor in
      let inner = grad { (y: Tensor) -> Tensor in
        let jac = jvp(
          { (w: Tensor) in
            vmap { (z: Tensor) in
              whileLoop({ s in s[1] .< 3 }, { s in [s[0] * w + x * y, s[1] + 1] }, [z, Tensor(0.0)])[0]
            }(Tensor([1.0, 2.0])).sum()
          }, at: y * x, along: y)
        return jac.tangent
      }
      return inner(Tensor(0.5))
    }
    // In closed form with two z that sum to 3: value 3 w³ + 2 x y (w² + w + 1), its tangent by w is
    // (9 w² + 2 x y (2 w + 1)) y at w = x y: 9 x² y³ + 4 x² y³ + 2 x y² = 13 x² y³ + 2 x y². By y: 39 x² y² + 4 x y.
    expectClose(f(Tensor(0.7)), Tensor(6.1775))
    expectClose(grad(f)(Tensor(0.7)), Tensor(15.649999999999999))
  }

  // MARK: - Batches

  @Test func batchesOfBatches() {
    let f = { (x: Tensor) in whileLoop({ s in s .< 100 }, { s in s * x }, x) }
    func plain(_ x: Double) -> (Double, Double) {
      var (s, n) = (x, 1.0)
      while s < 100 { (s, n) = (s * x, n + 1) }
      return (s, n * s / x)
    }
    let numbers = [1.5, 2, 3, 50, 200, 1.1]
    let x = Tensor(shape: [2, 3], scalars: numbers)
    expectClose(vmap(vmap(f))(x), Tensor(shape: [2, 3], scalars: numbers.map { plain($0).0 }))
    expectClose(vmap(vmap(grad(f)))(x), Tensor(shape: [2, 3], scalars: numbers.map { plain($0).1 }), tolerance: 1e-11)
    let columns = vmap({ column in vmap(grad(f))(column) }, axis: 1, resultAxis: 1)(x)
    expectClose(columns, Tensor(shape: [2, 3], scalars: numbers.map { plain($0).1 }), tolerance: 1e-11)
    let outer = vmap { (a: Tensor) -> Tensor in
      let inner = { (b: Tensor) -> Tensor in whileLoop({ s in s .< 100 * a }, { s in s * b }, a) }
      return vmap(inner)(Tensor([2.0, 3]))
    }(Tensor([1.0, 7]))
    expectClose(outer, Tensor(shape: [2, 2], scalars: [128.0, 243, 896, 1701]))
  }

  @Test func scanUnderABatchAlongAxisOne() {
    let x = Tensor(shape: [3, 2], scalars: [1.0, 2, 3, 4, 5, 6])
    let f = { (xs: Tensor) in scan({ s, x in (s * x, s) }, Tensor(1.0), over: xs) }
    let all = vmap({ (xs: Tensor) in f(xs).results }, axis: 1, resultAxis: 1)(x)
    expectClose(all, Tensor(shape: [3, 2], scalars: [1.0, 1, 1, 2, 3, 8]))
    let g = vmap(grad { xs in f(xs).state + f(xs).results.sum() }, axis: 1, resultAxis: 1)(x)
    // x0 x1 x2 + 1 + x0 + x0 x1.
    expectClose(
      g, Tensor(shape: [3, 2], scalars: [19.0, 29, 6, 14, 3, 8]))
  }

  @Test func switchWithABatchOfIndices() {
    let f = { (i: Tensor, x: Tensor) in switchCase(i, [{ x * x }, { sin(x) }, { x * x * x }]) }
    let indices = Tensor([Int64(0), 1, 2, 2])
    let x = Tensor([2.0, 0.5, 3, -1])
    let h = vmap({ (i: Tensor, x: Tensor) in grad(grad { f(i, $0) })(x) })(indices, x)
    expectClose(h, Tensor([2.0, -sin(0.5), 18, -6]))
    let h2 = vmap({ (i: Tensor, x: Tensor) in hessian({ f(i, $0) })(x) })(indices, x)
    expectClose(h2, Tensor([2.0, -sin(0.5), 18, -6]))
    for wrong in [Int64(-1), 3] {
      let expected = "index \(wrong) chooses none of 3 branches"
      #expect(message { _ = f(Tensor(wrong), Tensor(1.0)) }.contains(expected))
      #expect(message { _ = grad { f(Tensor(wrong), $0) }(Tensor(1.0)) }.contains(expected))
      #expect(message { _ = vmap(f)(Tensor([0, wrong, 2, 2]), x) }.contains(expected))
      #expect(message { _ = vmap(vmap(f))(Tensor([[0, 1], [wrong, 2]]), x.reshaped([2, 2])) }.contains(expected))
    }
  }

  // MARK: - Programs at other points

  private func expectSame(
    _ f: (Tensor) -> Tensor, at x: Double, _ others: [Double], sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) throws {
    let recorded = program(of: f, at: Tensor(x))
    let text = recorded.text
    let parsed = try Program(parsing: text, primitives: PrimitiveCatalog.primitive(named:))
    #expect(parsed.text == text, sourceLocation: sourceLocation)
    for other in others {
      let expected = f(Tensor(other))
      expectClose(recorded([Tensor(other)])[0], expected, sourceLocation: sourceLocation)
      expectClose(parsed([Tensor(other)])[0], expected, sourceLocation: sourceLocation)
      for passes in [
        [DeadCodeElimination() as any Pass], [CommonSubexpressionElimination()], [ConstantFolding()],
        [ConstantFolding(), CommonSubexpressionElimination(), DeadCodeElimination()],
      ] {
        var rewritten = recorded
        for pass in passes { rewritten = pass.rewritten(rewritten) }
        try rewritten.verify()
        expectClose(rewritten([Tensor(other)])[0], expected, sourceLocation: sourceLocation)
      }
    }
  }

  @Test func programsHoldAtOtherPoints() throws {
    let collatz = { (x: Tensor) in whileLoop({ s in s .< 100 }, { s in s * x + 1 }, x) }
    let branches = { (x: Tensor) in
      cond(x .> 0) {
        sqrt(x) * x
      } else: {
        x * x * x
      }
    }
    let both = { (x: Tensor) -> Tensor in
      forLoop(from: Tensor(Int64(0)), to: round(x * x).asType(.int64), x) { i, s in
        cond(s .> 1) {
          s / x
        } else: {
          whileLoop({ $0 .< 5 }, { $0 * 2 + 0.1 }, s * s + 0.1)
        }
      }
    }
    let switched = { (x: Tensor) -> Tensor in
      switchCase(min(max(round(x), 0), 2).asType(.int64), [{ x * x }, { sin(x) * x }, { exp(x) }])
    }
    for f in [collatz, branches, both, switched] {
      for x in [1.2, 3.0] {
        let others = [1.2, 1.9, 3.0, 7.5]
        try expectSame(f, at: x, others)
        try expectSame(grad(f), at: x, others)
        try expectSame(grad(grad(f)), at: x, others)
        try expectSame({ x in jvp(f, at: x, along: Tensor(1.0)).tangent }, at: x, others)
      }
    }
    for f in [branches, switched] {
      try expectSame(grad(f), at: 1.2, [-3, -0.1, 2.2])
      try expectSame(grad(grad(f)), at: -1.2, [-3, -0.1, 2.2])
      try expectSame({ x in vmap(grad(f))(Tensor.stacked([x, -x, x * 2])).sum() }, at: -1.2, [-3, -0.1, 2.2])
    }
  }
}
