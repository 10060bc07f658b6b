import Jacobi
import TestSupport
import Testing

/// `jit` inside and outside of every transform gives what the function without it gives.
@Suite struct JITCompositionTests {
  /// Functions of a vector of two with one number as their result.
  static let functions: [@Sendable (Tensor) -> Tensor] = [
    talk,
    { x in (x * x * x).sum() },
    { x in Tensor.where(x .> 3, sqrt(x), x * x).sum() },
    { x in scan({ s, _ in (sin(s) * x[1], s) }, x[0], over: Tensor.zeros([4])).state },
    { x in whileLoop({ y in y .< 20 }, { y in y * x[0] }, x[1]) },
    { x in cond(x[0] .> x[1], then: { x[0] * x[1] }, else: { exp(x[0]) - x[1] }) },
    { x in subprogram("layer") { y in (sin(y) * y).sum() }(x) * x[0] },
    { x in checkpoint { x in (exp(x[0] * 0.1) * x).sum() }(x) },
    { x in customJVP({ x in (x * x).sum() }) { x, dx in ((x * x).sum(), 2 * (x * dx).sum()) }(x) },
  ]
  let x: Tensor = [2, 5]

  @Test(arguments: functions.indices) func firstOrder(number: Int) {
    let f = Self.functions[number]
    let fast = jit(f)
    for _ in 0..<2 {
      expectClose(fast(x), f(x))
      for inner in [grad(fast), jit(grad(f)), jit(grad(fast)), grad(jit(fast)), jit(jit(grad(f)))] {
        expectClose(inner(x), grad(f)(x))
      }
      let expected = jvp(f, at: x, along: [1, -2]).tangent
      expectClose(jvp(fast, at: x, along: [1, -2]).tangent, expected)
      expectClose(jit { x in jvp(f, at: x, along: [1, -2]).tangent }(x), expected)
      expectClose(linearize(fast, at: x).differential([1, -2]), expected)
      expectClose(vjp(fast, at: x).pullback(3), 3 * grad(f)(x))
      expectClose(jit { x in vjp(f, at: x).pullback(3) }(x), 3 * grad(f)(x))
      expectClose(valueAndGrad(fast)(x).gradient, grad(f)(x))
    }
  }

  @Test(arguments: functions.indices) func secondOrder(number: Int) {
    let f = Self.functions[number]
    let fast = jit(f)
    let expected = hessian(f)(x)
    for _ in 0..<2 {
      for second in [
        hessian(fast), jit(hessian(f)), jit(hessian(fast)), jacobian(grad(fast)), jacobian(jit(grad(fast))),
        jit(jacobian(jit(grad(f)))), jacobian(jit(grad(f)), mode: .forward), jacobian(jit(grad(f)), mode: .reverse),
      ] {
        expectClose(second(x), expected, tolerance: 1e-11)
      }
      expectClose(hvp(fast, at: x, along: [1, 2]), matmul(expected, [1, 2]), tolerance: 1e-11)
      expectClose(jit { x in hvp(fast, at: x, along: [1, 2]) }(x), matmul(expected, [1, 2]), tolerance: 1e-11)
    }
  }

  @Test(arguments: functions.indices) func batches(number: Int) {
    let f = Self.functions[number]
    let fast = jit(f)
    let batch = Tensor([[2.0, 5], [4, 3], [3.5, 1.5]])
    for _ in 0..<2 {
      for mapped in [vmap(fast), jit(vmap(f)), jit(vmap(fast)), vmap(jit(fast)), vmap(fast, strategy: .sequential)] {
        expectClose(mapped(batch), vmap(f)(batch))
      }
      for mapped in [vmap(grad(fast)), vmap(jit(grad(f))), jit(vmap(grad(fast))), vmap(jit(grad(fast)))] {
        expectClose(mapped(batch), vmap(grad(f))(batch))
      }
    }
    // A type of one example more.
    expectClose(jit(vmap(grad(fast)))(batch[0..<2]), vmap(grad(f))(batch[0..<2]))
  }

  @Test func insideOfBodies() {
    let fast = jit { x in sin(x) * x }
    let slow = { (x: Tensor) in sin(x) * x }
    func loops(_ f: @escaping (Tensor) -> Tensor) -> [(Tensor) -> Tensor] {
      [
        { x in scan({ s, e in (f(s) + e, f(e)) }, x, over: Tensor([1.0, 2])).state },
        { x in whileLoop({ y in y .< 1 }, { y in f(y) + 1 }, x) },
        { x in cond(x .> 0, then: { f(x) }, else: { f(-x) * 2 }) },
        { x in forLoop(from: 0, to: 3, x) { _, y in f(y) } },
        { x in f(2) * x + f(x) },
      ]
    }
    for (f, g) in zip(loops(fast), loops(slow)) {
      for x in [0.3, 0.7] {
        for (a, b) in [(f, g), (jit(f), g), (grad(f), grad(g)), (jit(grad(f)), grad(g)), (grad(jit(f)), grad(g))] {
          expectClose(a(Tensor(x)), b(Tensor(x)))
        }
      }
    }
  }

  @Test func tensorsFromOutside() {
    // Numbers are constants; what belongs to a transform outside is an input, in every call of its own.
    let expected = grad { (x: Tensor) in grad { y in sin(x * y) * y }(2) * x }
    let inner = grad { (x: Tensor) in jit(grad { y in sin(x * y) * y })(2) * x }
    let both = jit(grad { (x: Tensor) in jit(grad { y in sin(x * y) * y })(2) * x })
    for x in [0.3, 1.2] {
      for _ in 0..<2 {
        expectClose(inner(Tensor(x)), expected(Tensor(x)))
        expectClose(both(Tensor(x)), expected(Tensor(x)))
      }
    }
    // The same compiled function with a tensor of a transform that has ended since.
    var outside = Tensor(0.0)
    let fast = jit { y in y * outside }
    for x in [3.0, 4] {
      let gradient = grad { x in
        outside = x
        return fast(5) + fast(x)
      }(Tensor(x))
      #expect(Double(gradient) == 5 + 2 * x)
    }
    expectClose(vmap { w in jit { y in y * w }(2) }([1, 2, 3]), [2, 4, 6])
  }

  @Test func guardsOfNestedFunctions() {
    let branch = jit { x in Bool(x .> 1) ? x * x : -x }
    let slow = { (x: Tensor) in Double(x) > 1 ? x * x : -x }
    let statistics = JITStatistics()
    let outer = jit({ x in branch(x) + branch(x * 0.5) }, statistics: statistics)
    let gradient = jit(grad { x in branch(x) * branch(x * 0.5) })
    for x in [0.5, 1.5, 3, 0.7, 4] {
      expectClose(outer(Tensor(x)), slow(Tensor(x)) + slow(Tensor(x * 0.5)))
      expectClose(gradient(Tensor(x)), grad { x in slow(x) * slow(x * 0.5) }(Tensor(x)))
    }
    #expect((statistics.paths, statistics.eagerCalls) == (3, 0), "\(statistics)")
  }

  private final class Factorial {
    lazy var compiled: (Tensor) -> Tensor = jit { n in Bool(n .< 1.5) ? n : n * self.compiled(n - 1) }
  }

  @Test func recursion() {
    let factorial = Factorial()
    for _ in 0..<2 { #expect(Double(factorial.compiled(5)) == 120 && Double(factorial.compiled(6)) == 720) }
    // Of x (x - 1) (x - 2), whose last factor is 1.
    #expect(Double(grad { x in factorial.compiled(x) }(3)) == 11)
  }

  @Test func callsAreOneEquation() {
    let fast = jit(talk, engine: ReferenceEngine())
    let recorded = program(of: { x in fast(x) + fast(x) }, at: x)
    #expect(recorded.equations.count == 3 && recorded.subprograms.map(\.program.name) == ["jit"])
    #expect(recorded.text.contains("runner=\"reference\""), "\(recorded.text)")
    let slopes = program(of: grad(fast), at: x)
    #expect(slopes.subprograms.map(\.program.name) == ["jit_known", "jit_transposed"])
    #expect(
      slopes.equations.allSatisfy { equation in (equation.primitive as? Call).map { $0.runner == .reference } ?? true }
    )
  }
}
