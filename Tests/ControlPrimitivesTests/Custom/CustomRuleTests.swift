import Jacobi
import TestSupport
import Testing

/// Rules for x³ and others; the references are the functions without rules, and closed forms.
@Suite struct CustomRuleTests {
  private let cube = customJVP({ x in x * x * x }) { x, dx in (x * x * x, 3 * x * x * dx) }
  private let wave = customVJP({ x in sin(x) }, { x in (sin(x), x) }) { x, ct in cos(x) * ct }

  @Test func allOrdersAndModes() {
    let x = Tensor(0.7)
    expectClose(cube(x), Tensor(0.343))
    expectClose(grad(cube)(x), Tensor(3 * 0.49))
    expectClose(jvp(cube, at: x, along: 2).tangent, Tensor(6 * 0.49))
    expectClose(grad(grad(cube))(x), Tensor(4.2))
    expectClose(grad(grad(grad(cube)))(x), Tensor(6.0))
    expectClose(grad(grad(grad(grad(cube))))(x), Tensor(0.0))
    expectClose(hvp(cube, at: x, along: 1), Tensor(4.2))
    expectClose(jacobian(jacobian(cube))(x), Tensor(4.2))
    let expected = [cos(x), -sin(x), -cos(x), sin(x)]
    expectClose(grad(wave)(x), expected[0])
    expectClose(jvp(wave, at: x, along: 1).tangent, expected[0])
    expectClose(jvp(grad(wave), at: x, along: 1).tangent, expected[1])
    expectClose(grad { jvp(wave, at: $0, along: 1).tangent }(x), expected[1])
    expectClose(grad(grad(grad(wave)))(x), expected[2])
    expectClose(grad(grad(grad(grad(wave))))(x), expected[3])
  }

  @Test func batches() {
    let x: Tensor = [0.3, 0.7, 1.1]
    expectClose(vmap(cube)(x), x * x * x)
    expectClose(vmap(grad(cube))(x), 3 * x * x)
    expectClose(grad { vmap(cube)($0).sum() }(x), 3 * x * x)
    expectClose(vmap(grad(grad(wave)))(x), -sin(x))
    expectClose(vmap { jvp(wave, at: $0, along: 1).tangent }(x), cos(x))
    expectClose(hessian { wave(cube($0)).sum() }(x), hessian { sin($0 * $0 * $0).sum() }(x))
    expectClose(jacobian(cube, mode: .forward)(x), jacobian(cube, mode: .reverse)(x))
  }

  @Test func insideControlFlowAndInsideEachOther() {
    let layered = customJVP({ x in wave(cube(x)) }) { x, dx in
      (wave(cube(x)), jvp({ sin($0 * $0 * $0) }, at: x, along: dx).tangent)
    }
    func run(_ f: @escaping (Tensor) -> Tensor, _ x: Tensor) -> Tensor {
      let folded = scan({ h, a in (f(h) + a, f(a)) }, x, over: [0.1, 0.2, 0.3])
      let chosen = cond(folded.state .> 0) {
        f(folded.state)
      } else: {
        0 * folded.state
      }
      let repeated = whileLoop({ $0 .< 2 }, { f($0) * 0.1 + $0 + 0.5 }, chosen)
      return subprogram("call", f)(repeated) + folded.results.sum()
    }
    func plain(_ x: Tensor) -> Tensor { sin(x * x * x) }
    let x = Tensor(0.4)
    expectClose(run(layered, x), run(plain, x))
    expectClose(grad { run(layered, $0) }(x), grad { run(plain, $0) }(x))
    expectClose(grad(grad { run(layered, $0) })(x), grad(grad { run(plain, $0) })(x), tolerance: 1e-10)
    expectClose(
      vmap(grad { run(layered, $0) })([0.4, 0.2]), vmap(grad { run(plain, $0) })([0.4, 0.2]), tolerance: 1e-10)
  }

  @Test func theRuleIsUsedAndNotTheFunction() {
    // The derivative of rounding is zero; that of the rule is not, in every composition.
    let straight = customJVP({ x in round(x) }, isExact: false) { x, dx in (round(x), dx) }
    expectClose(grad { x in square(straight(x)) }(2.6), Tensor(6.0))
    expectClose(jvp(straight, at: 2.6, along: 3).tangent, Tensor(3.0))
    expectClose(vmap(grad { x in square(straight(x)) })([2.6, -1.2]), Tensor([6.0, -2.0]))
    expectClose(grad { x in scan({ h, a in (straight(h * a), h) }, x, over: [1.0, 2.0]).state }(1.4), Tensor(2.0))
  }

  @Test func swiftControlFlowInFunctionAndRules() {
    let f = customJVP({ x in Double(x) > 0 ? sqrt(x) : -x }) { x, dx in
      Double(x) > 0 ? (sqrt(x), dx / (2 * sqrt(x))) : (-x, -dx)
    }
    expectClose(grad(f)(4), Tensor(0.25))
    expectClose(grad(f)(-4), Tensor(-1.0))
    expectClose(grad(grad(f))(4), Tensor(-0.25 / 8))
    let g = customVJP({ x in abs(x) }, { x in (abs(x), x) }) { x, ct in Double(x) < 0 ? -ct : ct }
    expectClose(grad(g)(-3), Tensor(-1.0))
    expectClose(grad { x in g(x) * x }(3), Tensor(6.0))
    #expect(message { _ = vmap(grad(f))([1, 2]) }.contains("stands for all examples"))
  }

  @Test func treesIntegersAndLiterals() {
    let f = customVJP({ (x: [Tensor]) in x[0] * x[1] }, { x in (x[0] * x[1], x) }) { x, ct in [ct * x[1], ct * x[0]] }
    let gradient = grad(f)([Tensor(2.0), Tensor(5.0)])
    expectClose(gradient[0], Tensor(5.0))
    expectClose(gradient[1], Tensor(2.0))
    expectClose(grad { x in f([x, 3]) }(2), Tensor(3.0))
    let g = customJVP({ (x: [Tensor]) in x[0] * x[1] / x[2] }) { x, dx in
      let y = x[0] * x[1] / x[2]
      return (y, dx[0] * x[1] / x[2] + x[0] * dx[1] / x[2] - y * dx[2] / x[2])
    }
    expectClose(grad { x in g([3, x, 2]) }(2), Tensor(1.5))
    expectClose(grad { x in g([3, 1, x]) }(2), Tensor(-0.75))
    let single = Tensor(Float(2))
    #expect(grad { x in f([x, 3]) }(single).dtype == .float32)
    let taken = customJVP({ (x: [Tensor]) in x[0].take(x[1]) }) { x, dx in (x[0].take(x[1]), dx[0].take(x[1])) }
    let indices = Tensor([Int64(2), 0])
    expectClose(grad { x in taken([x, indices]).sum() }([1.0, 2.0, 3.0]), Tensor([1.0, 0.0, 1.0]))
    let paired = customJVP({ (x: Tensor) -> [Tensor] in [sin(x), cos(x)] }) { x, dx in
      ([sin(x), cos(x)], [cos(x) * dx, -sin(x) * dx])
    }
    expectClose(grad { x in paired(x)[0] * paired(x)[1] }(0.3), cos(2 * Tensor(0.3)))
  }

  @Test func staticArguments() {
    let power = customJVP({ (n: Int, x: Tensor) in x ** Double(n) }) { n, x, dx in
      (x ** Double(n), Double(n) * x ** Double(n - 1) * dx)
    }
    expectClose(grad { x in power(4, x) }(2), Tensor(32.0))
    expectClose(grad(grad { x in power(4, x) })(2), Tensor(48.0))
    func value(_ name: String, _ x: Tensor) -> Tensor { name == "double" ? 2 * x : x }
    let scaled = customVJP(value, { name, x in (value(name, x), [x]) }) { name, _, ct in value(name, ct) }
    expectClose(grad { x in scaled("double", x) }(2), Tensor(2.0))
  }

  @Test func tensorsFromOutsideHaveTheFunctionsDerivative() {
    // d/dw of w² sin(x), where the rule speaks of x alone; both captured by the function and by the rule.
    func f(_ w: Tensor, _ x: Tensor) -> Tensor {
      customJVP({ x in w * w * sin(x) }) { x, dx in (w * w * sin(x), w * w * cos(x) * dx) }(x)
    }
    let (w, x) = (Tensor(1.5), Tensor(0.4))
    expectClose(grad { w in f(w, x) }(w), 3 * sin(x))
    expectClose(jvp({ w in f(w, x) }, at: w, along: 1).tangent, 3 * sin(x))
    expectClose(grad { x in f(w, x) }(x), 2.25 * cos(x))
    expectClose(grad { w in grad { x in f(w, x) }(x) }(w), 3 * cos(x))
    expectClose(grad { x in grad { w in f(w, x) }(w) }(x), 3 * cos(x))
    expectClose(grad { v in f(v, v) }(w), 3 * sin(w) + 2.25 * cos(w))
    expectClose(vmap { w in f(w, x) }([1.0, 2.0]), Tensor([1.0, 4.0]) * sin(x))
    expectClose(vmap(grad { w in f(w, x) })([1.0, 2.0]), Tensor([2.0, 4.0]) * sin(x))
    // Captured across a scan and a vmap.
    func folded(_ f: @escaping (Tensor, Tensor) -> Tensor, _ w: Tensor) -> Tensor {
      let steps: Tensor = [0.1, 0.2]
      let mapped = vmap { (x: Tensor) -> Tensor in scan({ h, a in (f(w, h) + a, h) }, x, over: steps).state }
      return mapped([0.3, 0.5]).sum()
    }
    let nested = grad { w in folded(f, w) }
    let expected = grad { w in folded({ w, x in w * w * sin(x) }, w) }
    expectClose(nested(w), expected(w))
  }

  @Test func transposes() {
    let mirrored = withRule({ x in x.flipped(axis: 0) }, CustomRule(transpose: { $0.flipped(axis: 0) }))
    let weights: Tensor = [1, 10, 100]
    expectClose(grad { x in (weights * mirrored(x)).sum() }([1, 2, 3]), Tensor([100.0, 10.0, 1.0]))
    expectClose(jvp(mirrored, at: [1, 2, 3], along: [1, 0, 0]).tangent, Tensor([0.0, 0.0, 1.0]))
    expectClose(hessian { x in square(mirrored(x)).sum() }([1, 2, 3]), 2 * Tensor.eye(3))
    expectClose(
      vmap(grad { x in (weights * mirrored(x)).sum() })([[1, 2, 3], [4, 5, 6]]),
      [[100, 10, 1], [100, 10, 1]] as Tensor)
    #expect(
      message {
        let f = withRule({ x in x * x }, CustomRule(transpose: { $0 }))
        _ = grad(f)(2)
      }.contains("linear in its argument"))
  }

  @Test func customBatches() {
    let calls = Lock(0)
    let f = withRule(
      { x in sin(x) },
      CustomRule(
        jvp: { x, dx in (sin(x), cos(x) * dx) },
        vmap: { x, isBatched, size in
          calls.withLock { $0 += 1 }
          return sin(x)
        }))
    let x: Tensor = [0.3, 0.7]
    expectClose(vmap(f)(x), sin(x))
    #expect(calls.withLock { $0 } == 1)
    expectClose(vmap(grad(f))(x), cos(x))
    expectClose(grad { vmap(f)($0).sum() }(x), cos(x))
    expectClose(grad { grad { vmap(f)($0).sum() }($0).sum() }(x), -sin(x))
    let wrong = withRule({ x in sin(x) }, CustomRule(vmap: { (x: Tensor, _, _) in x.sum() }))
    #expect(message { _ = vmap(wrong)(x) }.contains("a batch of 2 needs [float64[2]]"))
  }

  @Test func programText() throws {
    let f = { [cube] (x: Tensor) in cube(x) + 1 }
    let printed = program(of: f, at: 2)
    #expect(printed.text.contains("customCall[function=@customJVP_function, argumentCount=1"), "\(printed)")
    let read = try Program(parsing: printed.text, primitives: PrimitiveCatalog.primitive(named:))
    #expect(read.text == printed.text)
    expectClose(grad { read($0)[0] }(2), Tensor(12.0))
    let batched = withRule({ x in sin(x) }, CustomRule(vmap: { (x: Tensor, _, _) in sin(x) }))
    var kept: Program? = program(of: batched, at: 2)
    let text = try #require(kept?.text)
    let again = try Program(parsing: text, primitives: PrimitiveCatalog.primitive(named:))
    #expect(again == kept)
    let unknown = text.replacing("vmap#", with: "vmap#9")
    #expect(throws: TensorError.self) {
      try Program(parsing: unknown, primitives: PrimitiveCatalog.primitive(named:))
    }
    kept = nil
  }
}

/// Wrong rules, and what is said about them.
@Suite struct WrongRuleTests {
  /// What is not a number, or infinite, where the function is so too is no mistake of the rule; one beside it is.
  @Test func numbersThatAreNot() {
    let x = Tensor([4.0, 0, -1, 9])
    let chosen = { (y: Tensor) in `where`(x .> 0, y, 0).sum() }
    let right = customVJP({ x in sqrt(x) }, { x in (sqrt(x), 1 / (2 * sqrt(x))) }) { r, ct in ct * r }
    expectClose(grad { chosen(right($0)) }(x), Tensor([0.25, 0, 0, 1.0 / 6]))
    expectClose(hessian { chosen(right($0)) }(x)[3], Tensor([0, 0, 0, -1.0 / 108]))
    let alsoRight = customJVP({ x in sqrt(x) }) { x, dx in (sqrt(x), dx / (2 * sqrt(x))) }
    expectClose(grad { chosen(alsoRight($0)) }(x), Tensor([0.25, 0, 0, 1.0 / 6]))
    let wrong = customVJP({ x in sqrt(x) }, { x in (sqrt(x) * 1.5, x) }) { _, ct in ct }
    #expect(message { _ = grad { chosen(wrong($0)) }(x) }.contains("where the function gives"))
  }

  @Test func wrongNumbers() {
    let f = customJVP({ x in sin(x) }) { x, dx in (sin(x), sin(x) * dx) }
    let jvpText = message { _ = grad(f)(0.5) }
    #expect(jvpText.contains("the rule is wrong") && jvpText.contains("isExact: false"), "\(jvpText)")
    // The direction is the same in both numbers: their ratio is tan(0.5).
    let numbers = jvpText.split(separator: " ").filter { $0.contains(".") }.compactMap { Double($0) }
    #expect(numbers.count == 2 && abs(numbers[0] / numbers[1] - 0.5463024898437905) < 1e-12, "\(jvpText)")
    let g = customVJP({ x in sin(x) }, { x in (sin(x), x) }) { x, ct in -cos(x) * ct }
    #expect(message { _ = grad(g)(0.5) }.contains("the rule is wrong"))
    let h = customJVP({ x in sin(x) }) { x, dx in (cos(x), cos(x) * dx) }
    #expect(message { _ = grad(h)(0.5) }.contains("where the function gives"))
    let deliberate = customJVP({ x in sin(x) }, isExact: false) { x, dx in (sin(x), sin(x) * dx) }
    expectClose(grad(deliberate)(0.5), sin(Tensor(0.5)))
  }

  @Test(
    arguments: [
      { (x: Tensor, dx: Tensor) in dx * dx }, { (x: Tensor, dx: Tensor) in dx + 1 },
      { (x: Tensor, dx: Tensor) in sin(dx) },
      { (x: Tensor, dx: Tensor) in abs(dx) }, { (x: Tensor, dx: Tensor) in max(dx, 0) },
      { (x: Tensor, dx: Tensor) in x / dx }, { (x: Tensor, dx: Tensor) in stopGradient(dx) },
      { (x: Tensor, dx: Tensor) in Tensor.where(dx .> 0, dx, 0) }, { (x: Tensor, dx: Tensor) in x },
      { (x: Tensor, dx: Tensor) in dx + x },
    ] as [@Sendable (Tensor, Tensor) -> Tensor])
  func notLinear(_ rule: @escaping @Sendable (Tensor, Tensor) -> Tensor) {
    let f = customJVP({ x in x }, isExact: false) { x, dx in (x, rule(x, dx)) }
    // Without values, so that the rule's text alone shows it.
    let text = message { _ = vmap(grad(f))([0.5, 2]) }
    #expect(text.contains("the rule is not linear in its tangent"), "\(text)")
    let g = customVJP({ x in x }, { x in (x, x) }) { x, ct in rule(x, ct) }
    #expect(message { _ = grad(g)(0.5) }.contains("the rule is not linear in its cotangent"))
    // Deliberately so: reverse mode as given.
    let h = customVJP({ x in x }, isExact: false, { x in (x, x) }) { x, ct in rule(x, ct) }
    expectClose(grad(h)(0.5), rule(0.5, 1))
  }

  @Test func notLinearInsideAChoice() {
    // It cannot be seen without numbers.
    let f = customJVP({ x in x }, isExact: false) { x, dx in
      (
        x,
        cond(x .> 0) {
          dx * dx
        } else: {
          dx
        }
      )
    }
    #expect(message { _ = grad(f)(0.5) }.contains("the rule is not linear in its tangent"))
  }

  @Test func readsItsTangent() {
    let f = customJVP({ x in x }) { x, dx in (x, Double(dx) > 0 ? dx : 2 * dx) }
    #expect(message { _ = grad(f)(0.5) }.contains("depends on its tangent"))
    let g = customVJP({ x in x }, { x in (x, x) }) { x, ct in Double(ct) > 0 ? ct : 2 * ct }
    #expect(message { _ = grad(g)(0.5) }.contains("depends on its cotangent"))
  }

  @Test func wrongTypes() {
    let f = customJVP({ (x: Tensor) in x.sum() }) { x, dx in (x.sum(), dx) }
    #expect(message { _ = grad(f)([1, 2]) }.contains("a tangent of type float64[2], but float64[] is needed"))
    let g = customVJP({ x in x * 2 }, { x in (x * 2, x) }) { _, ct in ct.asType(.float32) }
    #expect(message { _ = vjp(g, at: [1, 2]).pullback([1, 1]) }.contains("float32[2], but float64[2] is needed"))
    let h = customJVP({ (x: Tensor) -> [Tensor] in [x, x] }) { x, dx in ([x], [dx]) }
    #expect(
      message { _ = grad { h($0)[0] }(1) }.contains("structure [tensor], the function's result has [tensor, tensor]"))
    let i = customVJP({ (x: [Tensor]) in x[0] }, { x in (x[0], x) }) { _, ct in [ct, ct] }
    #expect(message { _ = grad(i)([Tensor(1.0)]) }.contains("structure [tensor, tensor], the argument has [tensor]"))
  }
}
