import Jacobi
import TestSupport
import Testing

/// Rules for reverse mode that are not linear in the cotangent, such as clipped gradients: reverse mode is as given, its
/// derivative is that of the rules' operations, and forward mode is an error that says why.
@Suite struct NonlinearRuleTests {
  private let clipped = customVJP({ x in x }, isExact: false, { x in (x, x) }) { _, ct in
    min(max(ct, -1), 1)
  }

  private func cubed(_ x: Tensor) -> Tensor { (clipped(x) ** 3).sum() }

  @Test func clippedGradient() {
    expectClose(grad(cubed)([0.5, 2, -3]), [0.75, 1, 1])
    expectClose(vmap(grad(cubed))([0.5, 2]), [0.75, 1])
    expectClose(jit(grad(cubed))([0.5, 2]), [0.75, 1])
    expectClose(grad(jit(cubed))([0.5, 2]), [0.75, 1])
    expectClose(jit(vmap(grad(jit(cubed))))([0.5, 2]), [0.75, 1])
  }

  // The gradient is g(x) = clip(3x²) with g'(x) = 6x where 3x² < 1, else 0.
  @Test func secondOrderIsThatOfTheRule() {
    let single = { (x: Tensor) in self.cubed(x) }
    for (x, second) in [(0.5, 3.0), (-0.25, -1.5), (2, 0)] {
      expectClose(grad(grad(single))(Tensor(x)), Tensor(second))
      expectClose(jvp(grad(single), at: Tensor(x), along: 1).tangent, Tensor(second))
      expectClose(hvp(single, at: Tensor(x), along: 1), Tensor(second))
      expectClose(jit(grad(grad(single)))(Tensor(x)), Tensor(second))
      expectClose(jit(hessian(single))(Tensor(x)), Tensor(second))
      expectClose(grad(grad(jit(single)))(Tensor(x)), Tensor(second))
    }
    // g''(x) = 6.
    expectClose(grad(grad(grad(single)))(0.5), 6)
    expectClose(hessian(cubed)([0.5, 2]), [[3, 0], [0, 0]])
  }

  @Test func clippedNorm() {
    let byNorm = customVJP({ (x: Tensor) in x }, isExact: false, { x in (x, [Tensor]()) }) { _, ct in
      ct * min(1, 5 / ct.norm())
    }
    let f = { (x: Tensor) in (Tensor([30.0, 40.0]) * byNorm(x)).sum() }
    expectClose(grad(f)([1, 2]), [3, 4])
    // Each example has its own norm.
    let scaled = { (x: Tensor) in (x[0] * Tensor([3.0, 4.0]) * byNorm(x)).sum() }
    expectClose(
      vmap(grad { x in (stopGradient(x[0]) * Tensor([3.0, 4.0]) * byNorm(x)).sum() })([[1, 0], [10, 0]]),
      [[3, 4], [3, 4]])
    expectClose(jit(grad(scaled))([0.1, 0]), grad(scaled)([0.1, 0]))
  }

  @Test func inLoopsAndBranches() {
    // x → 2·clip(x) three times: the cotangent 2 of each step is clipped to 1 before the next.
    let loop = { (x: Tensor) in scan({ s in (2 * self.clipped(s), [Tensor]()) }, x, length: 3).state }
    expectClose(grad(loop)(0.3), 1)
    expectClose(jit(grad(loop))(0.3), 1)
    expectClose(
      grad { x in
        cond(x .> 0) {
          3 * self.clipped(x)
        } else: {
          x
        }
      }(0.3), 1)
    expectClose(
      jit(
        grad { x in
          cond(x .> 0) {
            3 * self.clipped(x)
          } else: {
            x
          }
        })(0.3), 1)
    expectClose(
      vmap(
        grad { x in
          cond(x .> 0) {
            3 * self.clipped(x)
          } else: {
            7 * x
          }
        })([0.3, -0.3]), [1, 7])
    expectClose(grad(checkpoint { x in 3 * self.clipped(x) })(0.3), 1)
    let whiled = { (x: Tensor) in forLoop(from: 0, to: 3, x) { _, s in 2 * self.clipped(s) } }
    expectClose(grad(whiled)(0.3), 1)
  }

  @Test func ruleWithControlFlow() {
    let chosen = customVJP({ x in x }, isExact: false, { x in (x, x) }) { _, ct in
      cond(ct .> 1) {
        Tensor(1.0)
      } else: {
        ct
      }
    }
    expectClose(grad { x in 3 * chosen(x) }(0.3), 1)
    expectClose(grad { x in 0.5 * chosen(x) }(0.3), 0.5)
    #expect(message { _ = jvp(chosen, at: 0.3, along: 1) }.contains("is not linear in the cotangent"))
  }

  @Test func withRuleOfBothModes() {
    let both = withRule(
      { x in x },
      CustomRule(jvp: { x, dx in (x, 10 * dx) }, vjp: { x in (x, { min($0, 1) }) }, isExact: false))
    expectClose(jvp(both, at: 2, along: 1).tangent, 10)
    expectClose(grad { x in 3 * both(x) }(2), 1)
    expectClose(jvp({ x in both(both(x)) }, at: 2, along: 1).tangent, 100)
    let reverse = withRule({ x in x }, CustomRule(vjp: { x in (x, { min($0, 1) }) }, isExact: false))
    expectClose(grad { x in 3 * reverse(x) }(2), 1)
  }

  @Test func forwardModeIsAnErrorThatSaysWhy() {
    let errors = [
      message { _ = jvp(cubed, at: 0.5, along: 1) },
      message { _ = linearize(cubed, at: 0.5).differential(1) },
      message { _ = jacobian(cubed, mode: .forward)(0.5) },
      message { _ = jit { x in jvp(cubed, at: x, along: 1).tangent }(0.5) },
      message { _ = vmap { x in jvp(cubed, at: x, along: 1).tangent }([0.5, 1]) },
      message { _ = jvp({ x in scan({ s in (self.clipped(s), [Tensor]()) }, x, length: 2).state }, at: 0.5, along: 1) },
    ]
    for error in errors {
      #expect(error.contains("the backward rule is not linear in the cotangent"), "\(error)")
      #expect(error.contains("use reverse mode"), "\(error)")
    }
  }

  @Test func withoutAWordItIsStillAnError() {
    let meant = customVJP({ x in x * x }, { x in (x * x, x) }) { x, ct in 2 * x * ct * ct }
    let text = message { _ = grad(meant)(3) }
    #expect(text.contains("the rule is not linear in its cotangent"))
    #expect(text.contains("isExact: false"))
  }

  @Test func programText() throws {
    let recorded = program(of: { x in self.cubed(x) }, at: [0.5, 2])
    let text = recorded.text
    #expect(text.contains("isBackwardLinear"))
    let read = try Program(parsing: text, primitives: PrimitiveCatalog.primitive(named:))
    #expect(read == recorded)
    expectClose(grad { x in read(x)[0] }([0.5, 2]), [0.75, 1])
  }
}
