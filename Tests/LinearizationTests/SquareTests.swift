import Jacobi
import TestSupport
import Testing

/// Even powers of what has a kink, differentiated as one.
@Suite struct SquareTests {
  private static let identity = Tensor.eye(2)

  @Test func halfTheSquareOfANorm() {
    let f = { (x: Tensor) in 0.5 * x.norm() ** 2 }
    for x in [Tensor([0.0, 0]), [3, 4], [1e-200, 0]] {
      expectClose(hessian(f)(x), Self.identity)
      expectClose(jacobian(grad(f), mode: .reverse)(x), Self.identity)
      expectClose(jit(hessian(f))(x), Self.identity)
      expectClose(hessian(jit(f))(x), Self.identity)
      expectClose(hvp(f, at: x, along: [1, 2]), [1, 2])
      expectClose(vmap(hessian(f))(Tensor.stacked([x, x])), Tensor.stacked([Self.identity, Self.identity]))
      expectClose(hessian(checkpoint(f))(x), Self.identity)
    }
    // Values are those without derivatives, bit by bit.
    let x: Tensor = [0.1, 0.7]
    #expect(Double(valueAndGrad(f)(x).value) == Double(f(x)))
  }

  // |x|⁴ has the Hessian 4 |x|² + 8 x xᵀ, and fourth derivatives that are no zeros at 0.
  @Test func fourthPowers() {
    let f = { (x: Tensor) in x.norm() ** 4 }
    expectClose(grad(f)([3, 4]), [300, 400])
    expectClose(hessian(f)([3, 4]), [[172, 96], [96, 228]])
    expectClose(hessian(f)([0, 0]), [[0, 0], [0, 0]])
    let along = { (t: Tensor) in f(Tensor.stacked([t, 2 * t])) }
    expectClose(grad(grad(grad(grad(along))))(0), Tensor(600.0))
  }

  // The Hessian of the variance of n numbers is 2/n (I - 1/n).
  @Test func deviations() {
    let n = 3
    let expected = (Tensor.eye(n) - Tensor.full([n, n], 1.0 / 3)) * (2.0 / 3)
    for x in [Tensor([1.0, 1, 1]), [1, 2, 4]] {
      expectClose(hessian { square($0.standardDeviation()) }(x), expected)
      expectClose(jit(hessian { square($0.standardDeviation()) })(x), expected)
    }
    let rows: Tensor = [[1, 1], [0, 3]]
    expectClose(
      grad { x in square(x.standardDeviation(axis: 1, keepingDimensions: true)).sum() }(rows), [[0, 0], [-1.5, 1.5]])
  }

  @Test func factorsDoNotOverflow() {
    // y = |x| / c has the square's derivative 2 x / c², of which c² alone underflows.
    let c = 1e-160
    expectClose(grad { x in square(x.norm() / c) * c }(Tensor([c, 0])), [2, 0])
    expectClose(jvp({ x in square(x.norm() / c) * c }, at: Tensor([c, 0]), along: [1, 0]).tangent, Tensor(2.0))
  }

  @Test func activeFactors() {
    // A factor that depends on x as well: |x| x squared is x⁴.
    let f = { (x: Tensor) in square(abs(x) * x) }
    expectClose(grad(f)(2), Tensor(32.0))
    expectClose(grad(grad(f))(2), Tensor(48.0))
    let g = { (x: Tensor) in square(1 / hypot(x, 1)) }
    expectClose(grad(g)(1), Tensor(-0.5))
  }

  @Test func float32AndShapes() {
    let x = Tensor([[Float(0), 0], [3, 4]])
    let rows = grad { x in square(x.norm(axis: 1)).sum() }(x)
    #expect(rows.scalars(as: Float.self) == [0, 0, 6, 8])
    expectClose(
      hessian { (x: Tensor) in square(x.norm(axis: 1, keepingDimensions: true).reshaped(2)).sum() }([[0, 0], [3, 4]])
        .reshaped(4, 4), 2 * Tensor.eye(4))
  }
}
