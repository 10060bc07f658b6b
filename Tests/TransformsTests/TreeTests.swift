import Jacobi
import Testing

struct Layer: TensorTree {
  var weight: Tensor
  var bias: Tensor
  mutating func forEachTensor(_ body: (inout Tensor) -> Void) {
    body(&weight)
    body(&bias)
  }
}

@Suite struct TreeTests {
  @Test func structs() {
    let layer = Layer(weight: [1, 2], bias: 3)
    let g = grad { (layer: Layer) in (layer.weight * layer.weight).sum() * layer.bias }(layer)
    expectClose(g.weight, [6, 12])
    expectClose(g.bias, 5)
  }

  @Test func containersAndSeveralArguments() {
    let g = grad { (p: [String: [Tensor]], scale: Tensor) in (p["a"]![0] * p["b"]![0]).sum() * scale }(
      ["a": [[1, 2]], "b": [[3, 4]]], 2)
    expectClose(g["a"]![0], [6, 8])
    expectClose(g["b"]![0], [2, 4])
  }

  @Test func vmapOverSeveralArguments() {
    let product = vmap({ (x: Tensor, w: Tensor) in (x * w).sum() }, axes: [0, nil])
    expectClose(product(Tensor([[1.0, 2.0], [3.0, 4.0]]), [1, 10]), [21, 43])
    let nested = vmap { row in vmap { x in x * x }(row) }
    expectClose(nested(Tensor([[1.0, 2.0], [3.0, 4.0]])), Tensor([[1.0, 4.0], [9.0, 16.0]]))
    expectClose(vmap({ x in x.sum() }, axis: 1)(Tensor([[1.0, 2.0], [3.0, 4.0]])), [4, 6])
  }

  @Test func jacobianOfATree() {
    let j = jacobian { (layer: Layer) in layer.weight * layer.bias }(Layer(weight: [1, 2], bias: 3))
    expectClose(j.weight, Tensor([[3.0, 0.0], [0.0, 3.0]]))
    expectClose(j.bias, [1, 2])
    let many = jacobian { (x: Tensor) -> [Tensor] in [x * x, x.sum()] }([1, 2])
    expectClose(many[0], Tensor([[2.0, 0.0], [0.0, 4.0]]))
    expectClose(many[1], [1, 1])
    expectClose(jacobian { x in x * x }([1, 2, 3]), jacobian({ x in x * x }, memoryBudget: 1)([1, 2, 3]))
  }
}
