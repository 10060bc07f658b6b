import Jacobi
import Testing

@Suite struct CallTests {
  private let x: Tensor = [0.3, -0.7, 1.1]

  private func close(_ a: Tensor, _ b: Tensor) -> Bool {
    zip(a.scalars(as: Double.self), b.scalars(as: Double.self)).allSatisfy { abs($0 - $1) <= 1e-12 * max(1, abs($1)) }
      && a.shape == b.shape
  }

  /// A function and the same through a call, with a captured tensor.
  private func pair(_ w: Tensor) -> (inline: (Tensor) -> Tensor, called: (Tensor) -> Tensor) {
    let inner = { (x: Tensor) -> Tensor in sin(x * w) + x * x / w }
    return (inner, subprogram("inner", inner))
  }

  @Test func derivativesOfEveryOrderAreThoseWithoutTheCall() {
    let w: Tensor = [1.5, 2.0, -0.5]
    let (inline, called) = pair(w)
    let f = { (g: @escaping (Tensor) -> Tensor) in { (x: Tensor) in (g(g(x)) * g(x)).sum() } }
    #expect(close(f(called)(x), f(inline)(x)))
    #expect(close(grad(f(called))(x), grad(f(inline))(x)))
    #expect(close(hessian(f(called))(x), hessian(f(inline))(x)))
    #expect(close(jacobian(called)(x), jacobian(inline)(x)))
    #expect(close(jacobian(called, mode: .forward)(x), jacobian(inline, mode: .forward)(x)))
    #expect(close(jvp(called, at: x, along: [1, 2, 3]).tangent, jvp(inline, at: x, along: [1, 2, 3]).tangent))
    let third = { (g: @escaping (Tensor) -> Tensor) in
      grad { x in (grad { y in grad(f(g))(y).sum() }(x) * x).sum() }
    }
    #expect(close(third(called)(x), third(inline)(x)))
    let batch = Tensor([[0.1, 0.2, 0.3], [1, 2, 3]])
    #expect(close(vmap(called)(batch), vmap(inline)(batch)))
    #expect(close(vmap(grad(f(called)))(batch), vmap(grad(f(inline)))(batch)))
    #expect(close(grad { b in vmap(called)(b).sum() }(batch), grad { b in vmap(inline)(b).sum() }(batch)))
  }

  @Test func capturedTensorsHaveDerivatives() {
    let gradient = { (isCalled: Bool) in
      grad { (w: Tensor) -> Tensor in
        let (inline, called) = self.pair(w)
        return isCalled ? called(called(self.x)).sum() : inline(inline(self.x)).sum()
      }
    }
    let w: Tensor = [1.5, 2.0, -0.5]
    #expect(close(gradient(true)(w), gradient(false)(w)))
  }

  @Test func ownControlFlowFollowsTheValues() {
    let branch = subprogram("branch") { x in Double(x[0]) > 0 ? sin(x) : x * 3 }
    #expect(close(grad { branch($0).sum() }([1.0, 2.0]), cos([1.0, 2.0])))
    #expect(close(grad { branch($0).sum() }([-1.0, 2.0]), [3.0, 3.0]))
  }

  @Test func nothingIsRecordedTwice() {
    let w = Tensor([2.0, 3.0, 4.0])
    let recorded = program(
      of: { (x: Tensor) -> Tensor in
        let layer = subprogram("layer") { y in sin(y * x) }
        return layer(layer(x))
      }, at: w)
    #expect(
      recorded.text == """
        program layer(a: float64[3], b: float64[3]) -> float64[3] {
          c: float64[3] = multiply a b
          d: float64[3] = sin c
          return d
        }

        program f(a: float64[3]) -> float64[3] {
          b: float64[3] = call[program=@layer] a a
          c: float64[3] = call[program=@layer] b a
          return c
        }

        """)
  }

  @Test func treesOfTensorsGoThroughCalls() {
    let f = { (t: [String: [Tensor]]) -> [String: Tensor] in
      ["p": sin(t["a"]![0]) * t["b"]![0], "q": t["a"]![1], "one": 1]
    }
    let called = subprogram("tree", f)
    let argument: [String: [Tensor]] = ["a": [x, 2 * x], "b": [3 * x]]
    let sum = { (r: [String: Tensor]) in r["p"]!.sum() + r["q"]!.sum() * r["one"]! }
    let expected = grad { sum(f($0)) }(argument)
    let found = grad { sum(called($0)) }(argument)
    for key in ["a", "b"] {
      for (a, b) in zip(found[key]!, expected[key]!) { #expect(close(a, b)) }
    }
  }

  @Test func functionsThatChangeAreNotRemembered() throws {
    let unreadable = TensorError(.tracing, "test", "no values here")
    let traced = try #require(
      Program.tracing("f", [TensorType(.float64, [])], unreadable: unreadable) { inputs in
        var w = inputs[0]
        let step = subprogram("step") { v in v * w }
        for _ in 0..<3 { w = step(w) }
        return [w]
      })
    // x, x^2, x^4, x^8.
    #expect(try traced.program.run([HostTensor([], [1.5])]) == [HostTensor([], [25.62890625])])
  }

  /// Thirty functions, each of which calls the next twice: evaluated they would take 2^30 steps.
  static func nested(_ depth: Int) -> (Tensor) -> Tensor {
    var f = subprogram("f0") { x in sin(x) * x }
    for level in 1...depth {
      let g = f
      f = subprogram("f\(level)") { x in g(g(x) + 1) }
    }
    return f
  }

  @Test(arguments: ["primal", "jvp", "vjp", "hvp", "third", "vmap"])
  func nestedCallsStaySmall(verb: String) throws {
    func size(_ depth: Int) throws -> Int {
      let f = Self.nested(depth)
      let second = { (x: Tensor) in jvp(grad(f), at: x, along: x).tangent }
      let function: (Tensor) -> Tensor =
        switch verb {
        case "primal": f
        case "jvp": { x in jvp(f, at: x, along: x).tangent }
        case "vjp": grad(f)
        case "hvp": second
        case "third": grad(second)
        default: { x in vmap(f)(x.broadcast(to: [4])).sum() }
        }
      let unreadable = TensorError(.tracing, "test", "no values here")
      let traced = try #require(
        Program.tracing("main", [TensorType(.float64, [])], unreadable: unreadable) { [function($0[0])] })
      try traced.program.verify()
      let text = traced.program.text
      #expect(
        try Program(parsing: text, primitives: PrimitiveCatalog.primitive(named:)).isEquivalent(to: traced.program))
      return text.utf8.count
    }
    let (small, large) = (try size(10), try size(30))
    #expect(large < 5 * small, "\(small) characters for depth 10, \(large) for depth 30")
  }

  // At depth 7 the residuals are so many that they are computed again.
  @Test(arguments: [1, 3, 7]) func nestedCallsGiveTheRightNumbers(depth: Int) {
    let called = Self.nested(depth)
    var inline: (Tensor) -> Tensor = { x in sin(x) * x }
    for _ in 1...depth {
      let g = inline
      inline = { x in g(g(x) + 1) }
    }
    let (plain, y): ((Tensor) -> Tensor, Tensor) = (inline, 0.4)
    func isNear(_ a: Tensor, _ b: Tensor) -> Bool { abs(Double(a) - Double(b)) <= 1e-9 * max(1, abs(Double(b))) }
    #expect(isNear(called(y), plain(y)))
    #expect(isNear(grad(called)(y), grad(plain)(y)))
    #expect(isNear(jvp(called, at: y, along: 1).tangent, grad(plain)(y)))
    #expect(isNear(grad(grad(called))(y), grad(grad(plain))(y)))
  }

  @Test func tooDeepCallsAreAnError() {
    #expect(throws: TensorError.self) {
      try catchingTensorErrors { grad(Self.nested(9))(Tensor([1.0, 2.0])) }
    }
    var program = Program(parsingSine: ())
    #expect(throws: TensorError.self) {
      for _ in 0..<1000 {
        var builder = ProgramBuilder(name: "deeper")
        let a = builder.input(TensorType(.float64, []))
        program = try builder.finish(try builder.add(Call(program), [a]))
      }
    }
    #expect(Subprogram(program).depth == Subprogram.largestDepth + 1)
  }

  @Test func theDeepestCallsRunAndAreDifferentiated() throws {
    var program = Program(parsingSine: ())
    for _ in 0..<Subprogram.largestDepth - 1 {
      var builder = ProgramBuilder(name: "deeper")
      let a = builder.input(TensorType(.float64, []))
      program = try builder.finish(try builder.add(Call(program), [a]))
    }
    let deep = program
    #expect(try deep.run([Tensor(0.5).hostValue()]) == [sin(Tensor(0.5)).hostValue()])
    #expect(close(grad { x in deep(x)[0] }(0.5), cos(0.5)))
    #expect(close(grad(grad { x in deep(x)[0] })(0.5), -sin(0.5)))
  }

  @Test func stopGradientHasNoDerivative() {
    #expect(Double(grad { x in x * stopGradient(x) }(3)) == 3)
    #expect(Double(grad(grad { x in x * x * stopGradient(x * x) })(3)) == 18)
    let tree = ["a": x, "b": 2 * x]
    let gradient = grad { (t: [String: Tensor]) in (stopGradient(t)["a"]! * t["b"]!).sum() }(tree)
    #expect(gradient["a"]!.scalars(as: Double.self) == [0, 0, 0])
    #expect(close(gradient["b"]!, x))
  }
}

extension Program {
  /// The program of the sine.
  fileprivate init(parsingSine: Void) {
    let text = "program sine(a: float64[]) -> float64[] {\n  b: float64[] = sin a\n  return b\n}"
    do {
      self = try Program(parsing: text, primitives: PrimitiveCatalog.primitive(named:))
    } catch {
      fatalError("\(error)")
    }
  }
}
