import Jacobi
import TestSupport
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

/// What is not chosen has no derivative, even where the derivative before it is infinite.
@Suite struct StrongZeroTests {
  /// Each chooses elements of the square roots of [0, 4], of which the first has an infinite derivative.
  @Test func chosenElementsHaveFiniteGradients() {
    let choices: [(String, (Tensor) -> Tensor)] = [
      ("element", { x in sqrt(x)[1] }),
      ("slice", { x in sqrt(x)[1...].sum() }),
      ("maximum", { x in sqrt(x).max() }),
      ("take", { x in sqrt(x).take(Tensor([Int64(1)])).sum() }),
      ("where", { x in Tensor.where(x .> 0, sqrt(x), 0).sum() }),
    ]
    for (name, f) in choices {
      let x: Tensor = [0, 4]
      #expect(grad(f)(x).scalars(as: Double.self) == [0, 0.25], "\(name)")
      #expect(jacobian(f, mode: .forward)(x).scalars(as: Double.self) == [0, 0.25], "\(name)")
      #expect(vmap(grad(f))(Tensor([[0.0, 4.0]])).scalars(as: Double.self) == [0, 0.25], "\(name)")
      #expect(hessian(f)(x).scalars(as: Double.self) == [0, 0, 0, -0.03125], "\(name)")
      #expect(jacobian(grad(f), mode: .reverse)(x).scalars(as: Double.self) == [0, 0, 0, -0.03125], "\(name)")
    }
  }

  /// Reading a large tensor element by element takes time in proportion to the reads, and the sums are right.
  @Test func cotangentsOfElementsAreSummedInPlace() {
    let n = 5000
    let x = Tensor((0..<n).map { Double($0) })
    let f = { (x: Tensor) -> Tensor in
      var total: Tensor = 0
      for index in 0..<n { total = total + x[index] * x[index] + x[n - 1 - index] }
      return total
    }
    let expected = (0..<n).map { 2 * Double($0) + 1 }
    #expect(grad(f)(x).scalars(as: Double.self) == expected)
  }
}
