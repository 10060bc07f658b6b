import Jacobi
import TestSupport
import Testing

/// Transforms take functions that return two or three trees, such as other transforms give.
@Suite struct TupleTests {
  private let x: Tensor = [2, 5]
  private let gradient: Tensor = [5.5, 1.7163378145367738]
  private let value = Tensor(11.652071455223084)

  @Test func valueAndGradUnderOthers() {
    let (v, g) = jit(valueAndGrad(talk))(x)
    expectClose(v, value)
    expectClose(g, gradient)
    let (vs, gs) = vmap(valueAndGrad(talk))(Tensor.stacked([x, x]))
    expectClose(vs, Tensor.stacked([value, value]))
    expectClose(gs, Tensor.stacked([gradient, gradient]))
    let (w, h) = jit(vmap(valueAndGrad(talk)))(Tensor.stacked([x, x]))
    expectClose(w, vs)
    expectClose(h, gs)
    // The tangents are the directional derivative and the Hessian-vector product.
    let (values, tangents) = jvp(valueAndGrad(talk), at: x, along: [1, 0])
    expectClose(values.0, value)
    expectClose(tangents.0, gradient[0])
    expectClose(tangents.1, [-0.25, 1])
    let (_, pullback) = vjp(valueAndGrad(talk), at: x)
    expectClose(pullback(1, [0, 0]), gradient)
    expectClose(pullback(0, [1, 0]), [-0.25, 1])
    let (_, differential) = linearize(valueAndGrad(talk), at: x)
    expectClose(differential([1, 0]).1, [-0.25, 1])
  }

  @Test func closures() {
    let (y, dy) = jit { jvp(talk, at: $0, along: [1, 0]) }(x)
    expectClose(y, value)
    expectClose(dy, gradient[0])
    let (a, b) = vmap { x in (sin(x), cos(x)) }([0, 0])
    expectClose(a, [0, 0])
    expectClose(b, [1, 1])
    let (p, q, r) = jit { (x: Tensor) in (x, 2 * x, [x, x]) }(3)
    expectClose(p + q + r[1], Tensor(12.0))
    let (s, t) = checkpoint { (x: Tensor) in (sin(x), x * x) }(2)
    expectClose(s + t, sin(Tensor(2.0)) + 4)
    #expect(program(of: { (x: Tensor) in (sin(x), x * x) }, at: 2).outputs.count == 2)
  }

  @Test func severalArguments() {
    let f = { (x: Tensor, y: Tensor) in (x * y, x + y) }
    let (a, b) = jit(f)(2, 3)
    expectClose(a + b, Tensor(11.0))
    let (c, _) = vmap(f, axes: [0, nil])([1, 2], 3)
    expectClose(c, [3, 6])
    let g = { (x: Tensor, y: Tensor, z: [Tensor]) in (x * y, x + y, z) }
    let (_, _, z) = jit(g)(2, 3, [4])
    expectClose(z[0], Tensor(4.0))
    let (values, tangents) = jvp(f, at: 2, 3, along: 1)
    expectClose(values.0, Tensor(6.0))
    expectClose(tangents.0, Tensor(3.0))
  }

  @Test func gradientsByAllArguments() {
    func loss(_ w: Tensor, _ b: Tensor) -> Tensor { square(w * 2 + b).sum() }
    let (dw, db) = gradients(loss)([1, 2], 3)
    expectClose(dw, [20, 28])
    expectClose(db, Tensor(24.0))
    let (v, all) = valueAndGradients(loss)([1, 2], 3)
    expectClose(v, Tensor(74.0))
    expectClose(all.0, dw)
    expectClose(all.1, db)
    let compiled = jit(valueAndGradients(loss))
    let (jv, jall) = compiled([1, 2], 3)
    expectClose(jv, v)
    expectClose(jall.0, dw)
    expectClose(jall.1, db)
    let batched = vmap(valueAndGradients(loss), axes: [0, nil])([[1, 2], [3, 4]], 3)
    expectClose(batched.value, [74, 202])
    expectClose(batched.gradients.0, [[20, 28], [36, 44]])
    expectClose(batched.gradients.1, [24, 40])
    let (jw, jb) = jit(gradients(loss))([1, 2], 3)
    expectClose(jw, dw)
    expectClose(jb, db)
    func three(_ a: Tensor, _ b: [Tensor], _ c: Tensor) -> Tensor { a * b[0] * b[1] * c }
    let (da, dbs, dc) = gradients(three)(2, [3, 4], 5)
    expectClose(da, Tensor(60.0))
    expectClose(dbs[0], Tensor(40.0))
    expectClose(dc, Tensor(24.0))
    let all3 = jit(valueAndGradients(three))(2, [3, 4], 5)
    expectClose(all3.value, Tensor(120.0))
    expectClose(all3.gradients.1[1], Tensor(30.0))
    let rows = vmap(valueAndGradients(three))([2, 1], [[3, 1], [4, 1]], [5, 1])
    expectClose(rows.value, [120, 1])
    expectClose(rows.gradients.2, [24, 1])
    let (ha, _) = jvp(gradients(loss), at: [1, 2], 3, along: [1, 0]).tangent
    expectClose(ha, [8, 0])
    #expect(message { _ = gradients(loss)([1], Tensor([1] as [Int64])) }.contains("int64"))
  }
}
