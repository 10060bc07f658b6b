import Jacobi
import TestSupport
import Testing

/// Loops, branches, rules and checkpoints at the edges and inside of each other: no steps, nothing to carry, other element
/// types, what is not a number, and transforms of transforms.
@Suite struct NestingAttackTests {
  private static let policies: [CheckpointPolicy] = [.nothing, .matrixProducts, .named(["a"]), .everything]
  private static let w = Tensor([[0.3, -0.2], [0.5, 0.1]])

  private static func layers(_ x: Tensor, _ length: Int, _ loop: LoopCheckpointing? = nil) -> Tensor {
    scan({ h in (named(tanh(matmul(w, h)), "a"), []) }, x, length: length, checkpoint: loop).state
  }

  @Test(arguments: policies) func transformsOfTransforms(_ policy: CheckpointPolicy) {
    let plain = { (x: Tensor) in Self.layers(x, 3).sum() }
    let f = checkpoint(plain, keeping: policy)
    let x = Tensor([[0.2, -0.4], [0.7, 0.1], [-0.3, 0.5]])
    func inside(_ f: @escaping (Tensor) -> Tensor) -> (Tensor) -> Tensor {
      { x in grad { vmap { y in (grad(f)(y) * y).sum() }($0).sum() }(x) }
    }
    expectClose(inside(f)(x), inside(plain)(x))
    expectClose(inside(checkpoint(f, keeping: policy))(x), inside(plain)(x))
    expectClose(vmap(hessian(f))(x), vmap(hessian(plain))(x))
    expectClose(vmap(hessian(f), strategy: .sequential)(x), vmap(hessian(plain))(x))
    expectClose(
      grad { checkpoint(inside(f), keeping: policy)($0).sum() }(x), grad { inside(plain)($0).sum() }(x),
      tolerance: 1e-11)
    let twice = vmap(vmap { y in grad(f)(y) })
    expectClose(twice(Tensor.stacked([x, -x])), Tensor.stacked([vmap(grad(plain))(x), vmap(grad(plain))(-x)]))
    for loop in [LoopCheckpointing.every(2), .binomial(slots: 1), .budget(bytes: 40)] {
      let g = checkpoint({ Self.layers($0, 3, loop).sum() }, keeping: policy)
      expectClose(inside(g)(x), inside(plain)(x))
      expectClose(vmap(hessian(g))(x), vmap(hessian(plain))(x))
    }
  }

  @Test(arguments: policies) func noStepsAndNothingToCarry(_ policy: CheckpointPolicy) {
    let x = Tensor([0.2, -0.4])
    let none = checkpoint({ Self.layers($0, 0) * $0 }, keeping: policy)
    expectClose(grad { none($0).sum() }(x), 2 * x)
    expectClose(hessian { none($0).sum() }(x), Tensor([[2.0, 0], [0, 2]]))
    let sliced = checkpoint(
      { (xs: Tensor) in
        scan({ h, x in (named(matmul(Self.w, h), "a") * x, h.sum()) }, Tensor([1.0, 1]), over: xs).results
      }, keeping: policy)
    #expect(grad { sliced($0).sum() }(Tensor.zeros([0, 2])).shape == [0, 2])
    #expect(vmap(sliced)(Tensor.zeros([3, 0, 2])).shape == [3, 0])
    #expect(vmap(sliced)(Tensor.zeros([0, 2, 2])).shape == [0, 2])
    #expect(grad { vmap(sliced)($0).sum() }(Tensor.zeros([0, 2, 2])).shape == [0, 2, 2])

    // Nothing in the state: the results alone.
    let stateless = checkpoint(
      { (xs: Tensor) in
        scan({ (s: [Tensor], x: Tensor) in (s, named(x * x, "a")) }, [], over: xs).results
      }, keeping: policy)
    expectClose(grad { stateless($0).sum() }(x), 2 * x)
    let nothing = checkpoint({ (x: [Tensor]) -> [Tensor] in x }, keeping: policy)
    #expect(grad { x in nothing([]).reduce(x * x) { $0 + $1 } }(Tensor(3.0)).scalars(as: Double.self) == [6])
    let empty = whileLoop({ (_: [Tensor]) in Tensor(false) }, { $0 }, [] as [Tensor])
    #expect(empty.isEmpty)
    let ruled = customJVP({ (x: [Tensor]) -> [Tensor] in x }) { (x: [Tensor], dx: [Tensor]) in (x, dx) }
    #expect(grad { x in ruled([]).reduce(x * x) { $0 + $1 } }(Tensor(3.0)).scalars(as: Double.self) == [6])
  }

  @Test(arguments: policies) func elementTypes(_ policy: CheckpointPolicy) {
    // Counters and flags go along; only numbers with a derivative are kept.
    func mixed(_ x: Tensor) -> Tensor {
      let step = { (s: [Tensor]) -> ([Tensor], [Tensor]) in
        let doubled = named(s[1] * 2, "a")
        return ([named(sin(s[0]) * doubled.asType(x.dtype), "a"), doubled, s[2] .| (s[1] .> 3)], [s[1]])
      }
      let (state, counts) = scan(step, [x, Tensor(Int64(1)), Tensor(false)] as [Tensor], length: 3)
      return `where`(state[2], state[0] * counts[0].sum().asType(x.dtype), x)
    }
    let kept = checkpoint({ mixed($0) }, keeping: policy)
    for dtype in [DType.float64, .float32, .complex128] {
      let x = Tensor([0.3, 0.5]).asType(dtype)
      #expect(kept(x).dtype == dtype)
      let (a, b) = (vjp(kept, at: x).pullback(x), vjp(mixed, at: x).pullback(x))
      #expect(a.type == b.type && a.isSame(as: b))
      let (c, d) = (jvp(kept, at: x, along: x).tangent, jvp(mixed, at: x, along: x).tangent)
      #expect(c.isSame(as: d))
      let batch = Tensor.stacked([x, x * x])
      #expect(vjp(vmap(kept), at: batch).pullback(batch).isSame(as: vjp(vmap(mixed), at: batch).pullback(batch)))
    }
  }

  /// Branches that were not chosen keep places for others; what these would make of them does not matter.
  @Test(arguments: policies) func nothingFromBranchesThatWereNotChosen(_ policy: CheckpointPolicy) {
    let f = checkpoint(
      { (x: Tensor) in
        cond(x[0] .> 0) {
          log(named(matmul(Self.w, x), "a") + 1).sum() / x[0]
        } else: {
          sqrt(-named(matmul(Self.w, x * x), "a")[0] / x[0]) + 1 / matmul(Self.w, x)[0]
        }
      }, keeping: policy)
    func by(_ x: Tensor) -> Tensor {
      Double(x[0]) > 0
        ? log(matmul(Self.w, x) + 1).sum() / x[0] : sqrt(-matmul(Self.w, x * x)[0] / x[0]) + 1 / matmul(Self.w, x)[0]
    }
    let batch = Tensor([[0.5, 0.2], [-0.5, 0.2], [-0.1, -0.1], [2, 0]])
    let rows = (0..<4).map { batch[$0] }
    expectClose(vmap(grad(f))(batch), Tensor.stacked(rows.map { grad(by)($0) }), tolerance: 1e-10)
    expectClose(grad { vmap(f)($0).sum() }(batch), Tensor.stacked(rows.map { grad(by)($0) }), tolerance: 1e-10)
    expectClose(vmap(hessian(f))(batch), Tensor.stacked(rows.map { hessian(by)($0) }), tolerance: 1e-9)
  }

  /// The programs of a derivative that is remembered are those of the same activity: with respect to the weights, to the
  /// state, to the elements, and to all of them.
  @Test func derivativesOfOneLoopByDifferentThings() {
    for policy in [nil, LoopCheckpointing.every(2)] {
      let f = { (w: Tensor, h: Tensor, xs: Tensor) -> Tensor in
        let (state, results) = scan({ h, x in (sin(h * w) + x, h * x) }, h, over: xs, checkpoint: policy)
        return state + results.sum()
      }
      let plain = { (w: Tensor, h: Tensor, xs: Tensor) -> Tensor in
        var (state, total) = (h, Tensor(0.0))
        for i in 0..<3 { (state, total) = (sin(state * w) + xs[i], total + state * xs[i]) }
        return state + total
      }
      let (w, h, xs) = (Tensor([0.3])[0], Tensor([0.7])[0], Tensor([0.1, 0.2, -0.4]))
      for _ in 0..<2 {
        expectClose(grad { f($0, h, xs) }(w), grad { plain($0, h, xs) }(w))
        expectClose(grad { f(w, $0, xs) }(h), grad { plain(w, $0, xs) }(h))
        expectClose(grad { f(w, h, $0) }(xs), grad { plain(w, h, $0) }(xs))
        let (a, b) = (
          grad { (x: [Tensor]) in f(x[0], x[1], x[2]) }([w, h, xs] as [Tensor]),
          grad { (x: [Tensor]) in plain(x[0], x[1], x[2]) }([w, h, xs] as [Tensor])
        )
        for (x, y) in zip(a, b) { expectClose(x, y) }
        expectClose(jvp({ f($0, h, xs) }, at: w, along: 1).tangent, jvp({ plain($0, h, xs) }, at: w, along: 1).tangent)
        expectClose(
          jvp({ f(w, h, $0) }, at: xs, along: xs).tangent, jvp({ plain(w, h, $0) }, at: xs, along: xs).tangent)
        // One result has a cotangent, or the other, or both.
        let both = { (x: Tensor) in scan({ h in (sin(h * x), h * x) }, h, length: 3, checkpoint: policy) }
        expectClose(
          grad { both($0).state + both($0).results.sum() }(w),
          grad { both($0).state }(w) + grad { both($0).results.sum() }(w))
        // The same steps on other types.
        let single = w.asType(.float32)
        #expect(grad { f($0, h.asType(.float32), xs.asType(.float32)) }(single).dtype == .float32)
        let batch = Tensor([0.3, 0.4])
        expectClose(
          vmap(grad { f($0, h, xs) })(batch), Tensor.stacked([0.3, 0.4].map { grad { plain($0, h, xs) }(Tensor($0)) }))
      }
    }
  }

  /// Mistakes deep inside are reported, under every transform, and nothing that failed is remembered.
  @Test func mistakesInside() {
    let wrong = customVJP({ (x: Tensor) in x * 2 }, { x in (x * 2, x) }) { _, ct in Tensor.stacked([ct, ct]) }
    let f = { (x: Tensor) in
      checkpoint({ x in
        scan(
          { h in
            (
              cond(h.sum() .> 0) {
                wrong(h)
              } else: {
                h
              }, []
            )
          }, x, length: 2
        ).state.sum()
      })(x)
    }
    for _ in 0..<2 {
      #expect(message { _ = grad(f)(Tensor([1.0, 2])) }.contains("cotangent of type float64[2, 2]"))
      #expect(message { _ = vmap(grad(f))(Tensor([[1.0, 2]])) }.contains("cotangent of type float64[2, 2]"))
      #expect(message { _ = residuals(of: f, at: Tensor([1.0, 2])) }.contains("cotangent of type float64[2, 2]"))
    }
    let shapes = message {
      _ = grad { x in checkpoint({ x in scan({ h in (matmul(Self.w, h), []) }, x, length: 2).state.sum() })(x) }(
        Tensor([1.0, 2, 3]))
    }
    #expect(shapes.contains("matmul") || shapes.contains("dot"), "\(shapes)")
    #expect(
      message {
        _ = grad { x in checkpoint({ x in scan({ h in (h.sum(), []) }, x, length: 2).state.sum() })(x) }(Tensor([1.0]))
      }.contains("begin with the shape"))
  }

  /// The programs that are made are programs: they can be printed, read and run.
  @Test(arguments: policies) func programText(_ policy: CheckpointPolicy) throws {
    let f = checkpoint(
      { (x: Tensor) in
        cond(x[0] .> 0) {
          Self.layers(x, 3).sum()
        } else: {
          matmul(Self.w, x).sum()
        }
      }, keeping: policy)
    let x = Tensor([0.2, -0.4])
    for function in [grad(f), { grad { grad(f)($0).sum() }($0) }, { vmap(grad(f))(Tensor.stacked([$0, -$0])) }] {
      let printed = program(of: function, at: x)
      let read = try Program(parsing: printed.text, primitives: PrimitiveCatalog.primitive(named:))
      #expect(read.text == printed.text)
      try read.verify()
      expectClose(read([x])[0], function(x))
    }
  }
}

extension Tensor {
  /// Whether both have one type and equal numbers up to rounding, also complex ones.
  fileprivate func isSame(as other: Tensor) -> Bool {
    type == other.type && Bool((abs(self - other) .<= 1e-5 * (1 + abs(other))).all())
  }
}
