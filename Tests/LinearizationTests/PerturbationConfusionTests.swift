import Jacobi
import TestSupport
import Testing

/// The known cases in which a nested derivative is wrong when the levels are confused
/// (Siskind and Pearlmutter 2005, "Perturbation confusion and referential transparency"; Manzyuk et al. 2019).
@Suite struct PerturbationConfusionTests {
  @Test func innerDerivativeOfASumWithTheOuterVariable() {
    // d/dx (x · d/dy (x + y) at y = 1) at x = 1 is 1, not 2.
    let f = { (x: Tensor) -> Tensor in x * grad { y in x + y }(Tensor(1.0)) }
    expectClose(grad(f)(Tensor(1.0)), Tensor(1.0))
    expectClose(jvp(f, at: Tensor(1.0), along: Tensor(1.0)).tangent, Tensor(1.0))
  }

  @Test func forwardInsideForward() {
    let derivative = { (f: (Tensor) -> Tensor, x: Tensor) in jvp(f, at: x, along: Tensor(1.0)).tangent }
    let f = { (x: Tensor) -> Tensor in x * derivative({ y in x * y }, Tensor(3.0)) }
    // x · x: derivative 2x.
    expectClose(derivative(f, Tensor(5.0)), Tensor(10.0))
  }

  @Test func mixedOrders() {
    // d/dx (d/dy (x^2 y^3)) = 6 x y^2.
    let reverse = { (x: Tensor) in grad { y in x * x * y * y * y }(Tensor(2.0)) }
    expectClose(jvp(reverse, at: Tensor(3.0), along: Tensor(1.0)).tangent, Tensor(72.0))
    let forward = { (x: Tensor) in jvp({ y in x * x * y * y * y }, at: Tensor(2.0), along: Tensor(1.0)).tangent }
    expectClose(grad(forward)(Tensor(3.0)), Tensor(72.0))
  }

  @Test func anEscapedPullbackUsesItsOwnLevel() {
    let (_, pullback) = vjp({ x in x * x }, at: Tensor(3.0))
    expectClose(grad { r in pullback(r) * r }(Tensor(2.0)), Tensor(24.0))
  }
}
