import Jacobi
import Testing

/// Compositions and nestings of transforms whose closures have no annotations: what the overloads of the verbs are made
/// for. `Documentation/Decisions/0003-four-overloads.md` says how long the compiler takes for each.
@Suite struct ComposedTransforms {
  private static func f(_ x: Tensor) -> Tensor { log(x[0]) + x[0] * x[1] - sin(x[1]) }

  @Test func ofFunctions() {
    let batch = Tensor([[2.0, 5.0], [1.0, 2.0]])
    let batches = vmap(vmap(grad(Self.f)))(Tensor.stacked([batch, batch]))
    #expect(batches.shape == [2, 2, 2])
    let hessians = vmap(hessian(Self.f))(batch)
    #expect(hessians.shape == [2, 2, 2])
    let twice = jacobian(jacobian(Self.f))([2, 5])
    #expect(twice.shape == [2, 2])
    let ofBatch = jacobian(vmap(grad(Self.f)))(batch)
    #expect(ofBatch.shape == [2, 2, 2, 2])
  }

  @Test func ofClosures() {
    let x: Tensor = [2, 5]
    let v: Tensor = [1, 0]
    let gradientOfProduct = grad { x in hvp(Self.f, at: x, along: v).sum() }(x)
    #expect(gradientOfProduct.shape == [2])
    let second = grad { x in grad { y in sin(y) * x }(x) }(1)
    #expect(second.shape == [])
    let batched = vmap { x in vmap { y in grad { z in z * y }(x) }([1, 2, 3]) }([4, 5])
    #expect(batched.shape == [2, 3])
    let mixed = grad { x in jvp({ y in y * y * x }, at: x, along: 1).tangent + vjp({ y in x * y }, at: x).pullback(1) }(
      3)
    #expect(Double(mixed) == 13)
  }

  @Test func ofSeveralArguments() {
    let scaled = grad { x, s in (x * x).sum() * s }(Tensor([1.0, 2.0]), Tensor(2.0))
    #expect(scaled.scalars(as: Double.self) == [4, 8])
    let number = grad { (x: Tensor, s: Double) in x.sum() * s }([1, 2], 2)
    #expect(number.scalars(as: Double.self) == [2, 2])
    let three = grad { (x: Tensor, y: Tensor, z: Tensor) in (x * y * z).sum() }([1, 2], [3, 4], [5, 6])
    #expect(three.scalars(as: Double.self) == [15, 24])
    // Called at once, this one does not compile: swiftlang/swift#83345.
    let g = grad { (x: Tensor, y: Tensor, z: Tensor, w: Tensor) in x * y * z * w }
    #expect(Double(g(1, 2, 3, 4)) == 24)
    let tree = grad { (w: [String: Tensor]) in (w["a"] ?? 0) * (w["b"] ?? 0) }(["a": 2, "b": 3])
    #expect(tree["a"].map { Double($0) } == 3)
  }
}
