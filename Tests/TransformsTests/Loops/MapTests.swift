import Jacobi
import TestSupport
import Testing

@Suite struct MapTests {
  private let xs = Tensor([[0.1, 0.2], [0.3, -0.4], [0.5, 0.6], [-0.7, 0.8], [0.9, 1.0]])
  private let w: Tensor = [2, 3]

  @Test(arguments: [nil, 1, 2, 3, 5, 9])
  func itIsABatchInALoop(_ chunk: Int?) {
    let f = { (w: Tensor) in { (x: Tensor) in sin(x * w).sum() * x } }
    expectClose(map(f(w), over: xs, chunk: chunk), vmap(f(w))(xs))
    let total = { (w: Tensor) in (map(f(w), over: xs, chunk: chunk) ** 2).sum() }
    let expected = { (w: Tensor) in (vmap(f(w))(xs) ** 2).sum() }
    expectClose(grad(total)(w), grad(expected)(w))
    expectClose(hessian(total)(w), hessian(expected)(w))
    expectClose(
      grad { xs in map(f(w), over: xs, chunk: chunk).sum() }(xs), grad { xs in vmap(f(w))(xs).sum() }(xs))
  }

  @Test func sequentialExamplesTakeTheirOwnPath() {
    let f = { (x: Tensor) in
      cond(x .> 2) {
        whileLoop({ $0 .> 1 }, { $0 / 2 }, x, maximumSteps: 3)
      } else: {
        x * x
      }
    }
    #expect(message { _ = vmap(f, strategy: .sequential)(Tensor([1.0, 5, 1e9])) }.contains("after 3 steps"))
    #expect(message { _ = vmap(f, strategy: .sequential)(Tensor([1.0, 5.0])) } == "no error")
    expectClose(vmap(f, strategy: .sequential)(Tensor([1.0, 5.0])), Tensor([1, 0.625]))
    expectClose(vmap(grad(f), strategy: .sequential)(Tensor([1.0, 5.0])), Tensor([2, 0.125]))
    let pairs = vmap({ (x: Tensor, y: Tensor) in x * y }, axes: [1, nil], resultAxis: 1, strategy: .sequential)
    expectClose(pairs(xs.transposed(1, 0), w), (xs * w).transposed(1, 0))
  }

  @Test func mistakesSayWhatToWrite() {
    #expect(message { _ = map({ $0 }, over: Tensor(1.0)) }.contains("is a scalar"))
    #expect(message { _ = map({ $0 }, over: xs, chunk: 0) }.contains("positive number"))
  }
}

@Suite struct AssociativeScanTests {
  @Test(arguments: 0..<10)
  func itCombinesAllPrefixes(_ count: Int) {
    let xs = Tensor(shape: [count, 2, 2], scalars: (0..<(count * 4)).map { 0.3 + Double(($0 * 7) % 5) * 0.2 })
    let step = { (a: Tensor, b: Tensor) in matmul(a, b) }
    let loop = { (xs: Tensor, reverse: Bool) -> Tensor in
      if count == 0 { return xs }
      var products: [Tensor] = []
      for index in reverse ? Array((0..<count).reversed()) : Array(0..<count) {
        products.append(products.last.map { matmul($0, xs[index]) } ?? xs[index])
      }
      return Tensor.stacked(reverse ? products.reversed() : products)
    }
    for reverse in [false, true] {
      expectClose(associativeScan(step, over: xs, reverse: reverse), loop(xs, reverse))
      let f = { (xs: Tensor) in (associativeScan(step, over: xs, reverse: reverse) ** 2).sum() }
      let g = { (xs: Tensor) in (loop(xs, reverse) ** 2).sum() }
      expectClose(grad(f)(xs), grad(g)(xs))
      if count < 4 { expectClose(hessian(f)(xs), hessian(g)(xs)) }
    }
  }

  /// The affine maps x ↦ a x + b under composition: the states of a linear recurrence.
  @Test func elementsMayBeTrees() {
    let compose = { (f: [Tensor], g: [Tensor]) in [f[0] * g[0], f[1] * g[0] + g[1]] }
    let (a, b): (Tensor, Tensor) = ([0.5, 2, -1, 3, 0.1], [1, 2, 3, 4, 5])
    let states = associativeScan(compose, over: [a, b])[1]
    let expected = scan(
      { (x: Tensor, ab: [Tensor]) -> (Tensor, Tensor) in
        let next = ab[0] * x + ab[1]
        return (next, next)
      }, 0, over: [a, b]
    ).results
    expectClose(states, expected)
  }

  @Test func itIsOneEquation() {
    let f = { (xs: Tensor) in associativeScan({ $0 * $1 }, over: xs) }
    #expect(program(of: f, at: Tensor.ones([100])).equations.count == 1)
  }

  @Test func mistakesSayWhatToWrite() {
    #expect(message { _ = associativeScan({ $0 + $1 }, over: Tensor(1.0)) }.contains("first axis"))
    #expect(
      message { _ = associativeScan({ (a: Tensor, _: Tensor) in a.sum() }, over: Tensor.ones([4, 2])) }
        .contains("must have the type of a slice"))
  }
}
