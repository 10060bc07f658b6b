import Jacobi
import TestSupport
import Testing

/// A checkpointed function has the values and derivatives of the function, and keeps what its policy says.
@Suite struct CheckpointTests {
  private static let weights = Tensor([[0.3, -0.2, 0.5], [0.1, 0.4, -0.6], [0.7, 0.2, 0.1]])
  private static let policies: [CheckpointPolicy] = [.nothing, .matrixProducts, .named(["hidden"]), .everything]

  private static func model(_ x: Tensor) -> Tensor {
    let hidden = named(sin(matmul(weights, x)), "hidden")
    return tanh(matmul(weights, exp(hidden)))
  }

  @Test(arguments: policies) func derivativesAreThoseOfTheFunction(_ policy: CheckpointPolicy) {
    let f = checkpoint(Self.model, keeping: policy)
    let (x, v): (Tensor, Tensor) = ([0.2, -0.4, 0.9], [1, 2, -1])
    let (loss, plain) = ({ f($0).sum() }, { Self.model($0).sum() })
    expectClose(f(x), Self.model(x))
    expectClose(grad(loss)(x), grad(plain)(x))
    expectClose(jvp(f, at: x, along: v).tangent, jvp(Self.model, at: x, along: v).tangent)
    expectClose(hessian(loss)(x), hessian(plain)(x))
    expectClose(
      grad { hvp(loss, at: $0, along: v).sum() }(x), grad { hvp(plain, at: $0, along: v).sum() }(x), tolerance: 1e-11)
    let batch = Tensor([[0.2, -0.4, 0.9], [0.1, 0.1, 0.3]])
    expectClose(vmap(f)(batch), vmap(Self.model)(batch))
    expectClose(vmap(grad(loss))(batch), vmap(grad(plain))(batch))
    let nested = checkpoint({ f(f($0)) }, keeping: policy)
    expectClose(grad { nested($0).sum() }(x), grad { Self.model(Self.model($0)).sum() }(x))
    let looped = { (g: @escaping (Tensor) -> Tensor) in
      grad { x in scan({ h, a in (g(h) + a, h.sum()) }, x, over: Tensor([0.1, 0.2])).state.sum() }
    }
    expectClose(looped(f)(x), looped(Self.model)(x))
  }

  @Test func swiftControlFlowAndTreesAndCaptures() {
    let f = checkpoint { (x: [Tensor]) -> Tensor in Double(x[0]) > 0 ? x[0] * sin(x[1]) : -x[0] }
    expectClose(grad(f)([Tensor(2.0), Tensor(0.5)])[1], 2 * cos(Tensor(0.5)))
    expectClose(grad(f)([Tensor(-2.0), Tensor(0.5)])[0], Tensor(-1.0))
    let g = checkpoint { (x: Tensor, y: Tensor) in sin(x) * y }
    expectClose(grad { x in g(x, 3) }(0.5), 3 * cos(Tensor(0.5)))
    expectClose(grad { w in checkpoint { x in w * sin(w * x) }(2) }(0.5), sin(Tensor(1.0)) + cos(Tensor(1.0)))
    #expect(
      message { _ = vmap { x in checkpoint { Double($0) > 0 ? $0 : -$0 }(x) }([1, 2]) }.contains("stands for all"))
  }

  @Test func programText() throws {
    let printed = program(of: checkpoint(Self.model, keeping: .named(["hidden"])), at: [0.2, -0.4, 0.9])
    #expect(printed.text.contains("checkpoint[program=@checkpoint, policy=[\"hidden\"]]"), "\(printed)")
    for policy in Self.policies {
      let printed = program(of: checkpoint(Self.model, keeping: policy), at: [0.2, -0.4, 0.9])
      let read = try Program(parsing: printed.text, primitives: PrimitiveCatalog.primitive(named:))
      #expect(read.text == printed.text)
    }
    let wrong = printed.text.replacing("[\"hidden\"]", with: "\"all\"")
    #expect(message { _ = try? Program(parsing: wrong, primitives: PrimitiveCatalog.primitive(named:)) } == "no error")
    #expect(throws: TensorError.self) { try Program(parsing: wrong, primitives: PrimitiveCatalog.primitive(named:)) }
  }
}

/// What is kept, counted by hand.
@Suite struct ResidualTests {
  @Test func ofAPlainFunction() {
    // cos x of sin, and both factors of the product.
    let report = residuals(of: { x in sin(x) * exp(x) }, at: Tensor([0.1, 0.2, 0.3]))
    #expect(report.residuals.map(\.source) == ["cos, for the derivative of sin", "result of exp", "result of sin"])
    #expect(report.residuals.map(\.neededBy) == [["sin"], ["exp", "multiply"], ["multiply"]])
    #expect(report.byteCount == 3 * 24)
    let located = residuals(of: { x in sin(x) }, at: Tensor([0.1]), isLocating: true)
    #expect(located.residuals[0].location?.hasPrefix("CheckpointTests.swift:") ?? true)
    #expect("\(report)".contains("kept for reverse mode: 3 tensors, 72 bytes, 72 of them computed"))
    #expect(residuals(of: { x in 2 * x.sum() }, at: Tensor([0.1, 0.2])).residuals.isEmpty)
  }

  @Test func ofCheckpoints() {
    let x = Tensor.ones([1000])
    func f(_ x: Tensor) -> Tensor { sin(named(sin(sin(x)), "inner")) }
    #expect(residuals(of: f, at: x).computedByteCount == 3 * 8000)
    let nothing = residuals(of: checkpoint(f), at: x)
    #expect(nothing.residuals.map(\.source) == ["argument 0"] && nothing.computedByteCount == 0)
    let byName = residuals(of: checkpoint(f, keeping: .named(["inner"])), at: x)
    #expect(byName.computedByteCount == 8000)
    #expect(residuals(of: checkpoint(f, keeping: .named(["other"])), at: x).computedByteCount == 0)
    #expect(residuals(of: checkpoint(f, keeping: .everything), at: x).computedByteCount == 3 * 8000)
    let w = Tensor.ones([10, 1000])
    let products = residuals(of: checkpoint({ x in sin(matmul(w, sin(x))).sum() }, keeping: .matrixProducts), at: x)
    #expect(products.computedByteCount == 80)
    // Also where the product lies in a call.
    let layer = subprogram("layer") { x in sin(matmul(w, sin(x))) }
    let called = residuals(of: checkpoint({ x in layer(x).sum() }, keeping: .matrixProducts), at: x)
    #expect(called.computedByteCount == 80)
  }

  @Test func ofLoops() {
    // Each step keeps cos h, of 2 numbers.
    let report = residuals(of: { x in scan({ h in (sin(h), h.sum()) }, x, length: 5).state }, at: Tensor([0.1, 0.2]))
    #expect(report.residuals.map(\.stepCount) == [5])
    #expect(report.byteCount == 5 * 16)
    #expect("\(report)".contains("80 bytes (5 steps of 16)  steps of loop"), "\(report)")
    // A checkpointed step keeps its state, however much it computes.
    let step = checkpoint { h in sin(sin(sin(h))) }
    let thin = residuals(of: { x in scan({ h in (step(h), h.sum()) }, x, length: 5).state }, at: Tensor([0.1, 0.2]))
    #expect(thin.byteCount == 5 * 16)
    let fat = residuals(
      of: { x in scan({ h in (sin(sin(sin(h))), h.sum()) }, x, length: 5).state }, at: Tensor([0.1, 0.2]))
    #expect(fat.byteCount == 3 * 5 * 16)
  }

  /// What loops keep at a time while reverse mode runs. The state has 2 numbers, and a step of sin needs its cosine.
  @Test func ofCheckpointedLoops() {
    let x = Tensor([0.1, 0.2])
    func report(_ policy: LoopCheckpointing?, length: Int = 10) -> ResidualReport {
      residuals(of: { x in scan({ h in (sin(h), []) }, x, length: length, checkpoint: policy).state }, at: x)
    }
    let every = report(.every(4))
    // Three states, and the cosines of four steps.
    #expect(every.loops.map(\.byteCount) == [3 * 16 + 4 * 16])
    #expect(every.residuals.map(\.source) == ["argument 0"] && every.peakByteCount == 16 + 7 * 16)
    #expect(
      "\(every)".hasSuffix(
        """

        kept while reverse mode runs:
          loop, .every(4): 3 states of 16 bytes, 4 steps of 16 bytes, 112 bytes at a time
        """), "\(every)")
    #expect(report(.binomial(slots: 3)).loops.map(\.byteCount) == [3 * 16 + 16])
    #expect(report(.binomial(slots: 30)).loops.map(\.byteCount) == [9 * 16 + 16])
    #expect(report(.budget(bytes: 70)).loops.map(\.byteCount) == [4 * 16 + 16])
    #expect(report(.budget(bytes: 1)).loops.map(\.byteCount) == [16 + 16])
    #expect(report(.binomial(slots: 3), length: 0).loops.map(\.byteCount) == [0])
    #expect(report(.binomial(slots: 3), length: 1).loops.map(\.byteCount) == [16])
    #expect(report(nil).loops.isEmpty && report(nil).peakByteCount == 10 * 16)

    // Where the number of steps is known at run time only, what can be said is said.
    func loop(_ policy: LoopCheckpointing?) -> ResidualReport {
      residuals(of: { x in whileLoop({ $0.sum() .< 9 }, { $0 * $0 + 1 }, x, checkpoint: policy) }, at: x)
    }
    #expect(loop(nil).loops.map(\.description) == ["while: n steps of 16 bytes"])
    #expect(loop(nil).peakByteCount == nil)
    #expect(loop(.binomial(slots: 5)).loops.map(\.byteCount) == [6 * 16])
    #expect(loop(.every(5)).loops.map(\.description) == ["while, .every(5): n states of 16 bytes, 5 steps of 16 bytes"])

    // Inside of calls, branches, checkpoints and steps; not where there is no derivative.
    let inside = { (x: Tensor) in scan({ h in (sin(h), []) }, x, length: 10, checkpoint: .every(4)).state }
    let called = subprogram("called", inside)
    let functions: [(Tensor) -> Tensor] = [
      called, checkpoint(inside),
      { x in
        cond(x.sum() .> 0) {
          inside(x)
        } else: {
          x
        }
      },
      { x in scan({ h in (inside(h), []) }, x, length: 3).state },
    ]
    for function in functions {
      #expect(residuals(of: function, at: x).loops.map(\.byteCount) == [7 * 16])
    }
    #expect(residuals(of: { x in inside(stopGradient(x)) + x }, at: x).loops.isEmpty)
    #expect(residuals(of: { x in vmap(inside)(x) }, at: Tensor([[0.1, 0.2]])).loops.map(\.byteCount) == [7 * 16])
  }
}
