import Jacobi
import Testing

/// Swift's own control flow inside differentiated functions.
@Suite struct ControlFlowTests {
  @Test func whileLoop() {
    let f = { (x: Tensor) -> Tensor in
      var y = x
      while Double(y) < 100 { y = y * x }
      return y
    }
    expectClose(grad(f)(Tensor(3.0)), Tensor(405.0))
    expectClose(grad(grad(f))(Tensor(3.0)), Tensor(540.0))
  }

  @Test func recursion() {
    func power(_ x: Tensor, _ n: Int) -> Tensor { n == 0 ? 1 : x * power(x, n - 1) }
    expectClose(grad { x in power(x, 5) }(Tensor(2.0)), Tensor(80.0))
    expectClose(grad(grad { x in power(x, 5) })(Tensor(2.0)), Tensor(160.0))
  }

  @Test func readingUnderVMapIsAnError() {
    let text = message { _ = vmap { x in Double(x) > 0 ? x : -x }(Tensor([1.0, 2.0])) }
    #expect(text.contains("choose with where(condition, a, b) instead of if"))
  }
}
