import Jacobi
import Testing

/// What a selection does not choose does not matter to a derivative, whatever lies between the two.
@Suite struct NotChosenTests {
  static let infinity = Double.infinity

  private func numbers(_ x: Tensor) -> [Double] { x.scalars(as: Double.self) }

  @Test func rowOfAMatrixThatIsNotChosen() {
    let a: Tensor = [[1, 2], [Tensor(Self.infinity), Tensor(Double.nan)], [3, 4]]
    let mask = Tensor([true, false, true])
    let f = { (x: Tensor) in `where`(mask, matmul(a, x), 0).sum() }
    #expect(numbers(grad(f)([1, 1])) == [4, 6])
    #expect(numbers(jvp(f, at: [1, 1], along: [1, 10]).tangent) == [64])
    #expect(numbers(vmap(grad(f))([[1, 1], [2, 2]])) == [4, 6, 4, 6])
    #expect(numbers(hvp({ f($0 * $0) }, at: [1, 1], along: [1, 1])) == [8, 12])
  }

  @Test func vectorBeforeAProduct() {
    let x: Tensor = [1, 2, 3]
    let f = { (x: Tensor) in dot(`where`(Tensor([true, false, true]), x, 0), [1, Tensor(Self.infinity), 2]) }
    #expect(numbers(grad(f)(x)) == [1, 0, 2])
    // The tangent of what is not chosen is a strong zero.
    #expect(numbers(jvp(f, at: x, along: [1, 1, 1]).tangent) == [3])
  }

  @Test func outerProductAndEinsum() {
    let b: Tensor = [1, Tensor(Self.infinity)]
    let f = { (x: Tensor) in `where`(Tensor([true, false]), einsum("i,j->ij", x, b), 0).sum() }
    #expect(numbers(grad(f)([1, 2, 3])) == [1, 1, 1])
    let g = { (x: Tensor) in
      `where`(Tensor([false, true]), einsum("ki,k->i", [[Tensor(Self.infinity), 1], [2, 3]], x), 0).sum()
    }
    #expect(numbers(grad(g)([1, 2])) == [1, 3])
    // A convolution as a product of windows: the window at the end holds what lies outside.
    let padded: Tensor = [1, 2, 3, Tensor(Double.nan)]
    let h = { (kernel: Tensor) in
      let windows = Tensor.stacked((0..<3).map { padded[$0..<($0 + 2)] })
      return `where`(Tensor([true, true, false]), einsum("ij,j->i", windows, kernel), 0).sum()
    }
    #expect(numbers(grad(h)([1, 1])) == [3, 5])
  }

  @Test func forwardModeThroughRules() {
    let infinite = Tensor([1, Self.infinity])
    let none = Tensor([false, false])
    for f: @Sendable (Tensor) -> Tensor in [
      { $0.prod() }, { $0.norm() }, { $0.logSumExp() }, { $0.softmax(axis: 0).sum() }, { abs(complex($0, $0)).sum() },
    ] {
      let behind = { (x: Tensor) in f(`where`(none, x, infinite)) }
      #expect(numbers(grad(behind)([1, 2])) == [0, 0])
      #expect(numbers(jvp(behind, at: [1, 2], along: [1, 1]).tangent) == [0])
    }
  }

  /// A constant beside what has a tangent has none, whatever its derivative is multiplied with.
  @Test func constantsInForwardMode() {
    let f = { (x: Tensor) in sqrt(Tensor.concatenated([x, [0]])) }
    #expect(numbers(jvp(f, at: [4], along: [1]).tangent) == [0.25, 0])
    let g = { (x: Tensor) -> Tensor in
      var all = x
      all[0] = 0
      return sqrt(all)
    }
    #expect(numbers(jvp(g, at: [1, 4], along: [1, 1]).tangent) == [0, 0.25])
    // The state of a loop begins without a tangent.
    let h = { (x: Tensor) in scan({ y, e in (sqrt(y) * e, []) }, Tensor(0.0), over: x).state }
    #expect(numbers(jvp(h, at: [1, 2], along: [1, 1]).tangent) == [0])
    #expect(numbers(jvp(jit(h), at: [1, 2], along: [1, 1]).tangent) == [0])
  }

  /// Where nothing is chosen, a derivative multiplies as it is written: nothing is hidden, and nothing is compared.
  @Test func loopsWithoutAChoice() throws {
    let steps: Tensor = [0.1, 0.2]
    let f = { (x: Tensor) in scan({ y, e in (sin(y) * e * 3, []) }, x, over: steps).state }
    let call = { (x: Tensor) in subprogram("wave") { y in sin(y) * y * 3 }(x) }
    let count = { (x: Tensor) in forLoop(from: 0, to: 5, x) { _, y in sin(y) * y } }
    let some = { (x: Tensor) in whileLoop({ $0 .< 10 }, { exp($0) * $0 + 1 }, x) }
    for (f, isMasked) in [(f, false), (call, false), (count, false), (some, false), ({ f(max($0, 0)) }, true)] {
      let forward = program(of: { jvp(f, at: $0, along: 1).tangent }, at: Tensor(0.5)).description
      #expect(forward.contains("multiplyAbsorbingZero") == isMasked, "\(forward)")
    }
    for (f, isMasked) in [(f, false), (call, false), ({ max(f($0), 0) }, true)] {
      let reverse = program(of: grad(f), at: Tensor(0.5)).description
      #expect(reverse.contains("multiplyAbsorbingZero") == isMasked, "\(reverse)")
    }
    // 0 times infinity is not hidden where nobody chose.
    let root = { (x: Tensor) in scan({ y, e in (sqrt(y * e), []) }, x, over: [1.0]).state }
    #expect(numbers(jvp(root, at: 0, along: 0).tangent)[0].isNaN)
    // Behind a choice the same loop's zeros are strong.
    #expect(numbers(jvp({ root(`where`(Tensor(false), $0, 0)) }, at: 0, along: 1).tangent) == [0])
    #expect(numbers(grad { `where`(Tensor(false), root($0), 0) }(0)) == [0])
  }

  /// What is infinite and chosen is not hidden.
  @Test func infinityThatIsChosen() {
    let a: Tensor = [[1, 2], [Tensor(Self.infinity), 3]]
    let f = { (x: Tensor) in `where`(Tensor([true, true]), matmul(a, x), 0).sum() }
    #expect(Double(grad(f)([1, 1])[0]) == Self.infinity)
    #expect(Double(grad { matmul(a, $0)[0] * 1 }([1, 1])[1]) == 2)
  }
}

extension NotChosenTests {
  /// Rules of the user's own multiply, too: each kind of rule, with a factor that is infinite where nothing is chosen.
  @Test func rulesOfTheUser() {
    let (y, infinite) = (Tensor([2.0, 3]), Tensor([1, Self.infinity]))
    let chosen = Tensor([true, false])
    let rules: [(Tensor) -> Tensor] = [
      customJVP({ x in x * infinite }) { x, dx in (x * infinite, dx * infinite) },
      customVJP({ x in x * infinite }, { x in (x * infinite, x) }) { _, ct in ct * infinite },
      withRule({ x in x * infinite }, CustomRule(transpose: { ct in ct * infinite })),
      withRule(
        { x in x * infinite },
        CustomRule(jvp: { x, dx in (x * infinite, dx * infinite) }, transpose: { ct in ct * infinite })),
    ]
    for rule in rules {
      let behind = { (x: Tensor) in `where`(chosen, rule(x * y), 0).sum() }
      let before = { (x: Tensor) in `where`(chosen, rule(`where`(chosen, x * y, 1)), 0).sum() }
      for f in [behind, before] {
        #expect(numbers(grad(f)([1, 1])) == [2, 0])
        #expect(numbers(jvp(f, at: [1, 1], along: [1, 1]).tangent) == [2])
        #expect(numbers(grad { x in f(x * x) }([3, 1])) == [12, 0])
        #expect(numbers(hvp({ f($0 * $0) }, at: [1, 1], along: [1, 1])) == [4, 0])
        #expect(numbers(grad { x in grad { f($0 * $0) }(x).sum() }([1, 1])) == [4, 0])
        #expect(numbers(vmap(grad(f))([[1, 1], [2, 2]])) == [2, 0, 2, 0])
        #expect(numbers(grad(subprogram("inner", f))([1, 1])) == [2, 0])
      }
    }
  }

  /// Without a choice a rule is what was written: zero times infinity is not a number, as in the user's function.
  @Test func rulesOfTheUserWithoutAChoice() {
    let factor = Tensor([1, Self.infinity])
    let rule = customVJP({ x in x * factor }, isExact: false, { x in (x, x) }) { _, ct in ct * factor }
    let gradient = numbers(grad { x in (rule(x) * Tensor([1.0, 0])).sum() }([1, 1]))
    #expect(gradient[0] == 1)
    #expect(gradient[1].isNaN)
  }

  /// A rule that calls a function outside with the cotangent runs as it is.
  @Test func ruleWithAFunctionOutside() {
    let doubled = pureCallback(name: "doubled") { x in
      try HostTensor(x.shape, x.elements(as: Double.self).map { 2 * $0 })
    }
    let rule = withRule({ x in doubled(x) }, CustomRule(transpose: { ct in doubled(ct) }))
    let f = { (x: Tensor) in `where`(Tensor([true, false]), rule(x), 0).sum() }
    #expect(numbers(grad(f)([1, 1])) == [2, 0])
    #expect(numbers(jvp(f, at: [1, 1], along: [1, 1]).tangent) == [2])
  }
}
