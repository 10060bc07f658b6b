import Jacobi
import TestSupport
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

  struct Forgetful: TensorTree {
    var weight: Tensor
    var bias: Tensor
    mutating func forEachTensor(_ body: (inout Tensor) -> Void) { body(&weight) }
  }

  struct Nested: TensorTree {
    var layers: [Layer]
    var name = "nested"
    var extra: (scale: Tensor?, count: Int)
    mutating func forEachTensor(_ body: (inout Tensor) -> Void) { layers.forEachTensor(body) }
  }

  /// With a static property everything is said.
  struct Masked: TensorTree {
    var weight: Tensor
    @Static var mask: Tensor
    mutating func forEachTensor(_ body: (inout Tensor) -> Void) { body(&weight) }
  }

  /// A tensor that is not visited would be a constant, whose gradient is the tensor itself.
  @Test func forgottenTensors() throws {
    let tree = Forgetful(weight: [1, 2], bias: 3)
    let f = { (t: Forgetful) in (t.weight * t.bias).sum() }
    let expected = "Forgetful: forEachTensor does not visit the tensor 'bias'"
    #expect(message { _ = grad(f)(tree) }.hasPrefix(expected))
    #expect(message { _ = grad(f)(tree) }.contains("body(&bias)"))
    #expect(message { _ = jvp(f, at: tree, along: tree) }.hasPrefix(expected))
    #expect(message { _ = vjp(f, at: tree) }.hasPrefix(expected))
    #expect(message { _ = hessian(f)(tree) }.hasPrefix(expected))
    #expect(message { _ = jit(f)(tree) }.hasPrefix(expected))
    #expect(message { _ = vmap { (t: Forgetful) in t.weight * t.bias }(tree) }.hasPrefix(expected))
    #expect(
      message { _ = scan({ (t: Forgetful, x: Tensor) in (t, x) }, tree, over: Tensor([1.0, 2])) }.hasPrefix(expected))
    #expect(message { _ = whileLoop({ $0.weight.sum() .< 2 }, { $0 }, tree) }.hasPrefix(expected))
    #expect(message { _ = checkpoint(f)(tree) }.hasPrefix(expected))
    #expect(message { _ = cond(Tensor(true), then: { tree }, else: { tree }) }.hasPrefix(expected))
    // As a result, where it would be a tensor of a transform that has ended.
    let g = { (x: Tensor) in Forgetful(weight: x, bias: x * 2) }
    #expect(message { _ = jit(g)([1, 2]) }.hasPrefix(expected))
    #expect(message { _ = jacobian(g)([1, 2]) }.hasPrefix(expected))
    #expect(message { _ = vjp(g, at: [1, 2]) }.hasPrefix(expected))
    #expect(message { _ = vmap(g)([1, 2]) }.hasPrefix(expected))
    #expect(message { _ = program(of: g, at: [1, 2]) }.hasPrefix(expected))
    // Deep inside.
    let nested = Nested(layers: [Layer(weight: 1, bias: 2)], extra: (nil, 3))
    let h = { (t: Nested) in t.layers[0].weight * t.layers[0].bias }
    expectClose(grad(h)(nested).layers[0].weight, 2)
    let full = Nested(layers: [Layer(weight: 1, bias: 2)], extra: (Tensor(1.0), 3))
    #expect(message { _ = grad(h)(full) }.contains("'extra.scale'"))
  }

  final class Shared: TensorTree {
    var weight: Tensor = [1, 2]
    func forEachTensor(_ body: (inout Tensor) -> Void) { body(&weight) }
  }

  struct Holder: TensorTree {
    var shared = Shared()
    var layers: [any TensorTree] = []
    mutating func forEachTensor(_ body: (inout Tensor) -> Void) {
      body(&shared.weight)
      for index in layers.indices { layers[index].forEachTensor(body) }
    }
  }

  /// Looking for tensors leaves objects as they are; every element of a list is looked at.
  @Test func objectsAndLists() {
    let shared = Shared()
    expectClose(shared.tensors[0], [1, 2])
    expectClose(shared.weight, [1, 2])
    let holder = Holder(layers: [Layer(weight: 1, bias: 2)])
    expectClose(holder.tensors[0], [1, 2])
    expectClose(holder.shared.weight, [1, 2])
    let forgetful = Holder(layers: [Layer(weight: 1, bias: 2), Forgetful(weight: 1, bias: 2)])
    #expect(message { _ = forgetful.tensors }.contains("'layers[1].bias'"))
  }

  @Test func staticTensors() {
    let tree = Masked(weight: [1, 2], mask: [0, 1])
    let f = { (t: Masked) in (t.weight * t.weight * t.mask).sum() }
    let gradient = grad(f)(tree)
    expectClose(gradient.weight, [0, 4])
    expectClose(gradient.mask, [0, 1])
    expectClose(jit(grad(f))(tree).weight, [0, 4])
    expectClose(jit(grad(f))(Masked(weight: [1, 2], mask: [1, 0])).weight, [2, 0])
  }

  struct Model: TensorTree {
    var mu: Tensor
    var eta: Tensor
    mutating func forEachTensor(_ body: (inout Tensor) -> Void) {
      body(&mu)
      body(&eta)
    }
  }

  struct Pair: TensorTree {
    var first: Model
    var rest: [Tensor]
    mutating func forEachTensor(_ body: (inout Tensor) -> Void) {
      first.forEachTensor(body)
      rest.forEachTensor(body)
    }
  }

  // mu² eta has the second derivatives 2 eta, 2 mu, 0.
  @Test func rowsOfAHessianHaveNames() {
    let model = Model(mu: 2, eta: 3)
    let h = hessian { (m: Model) in m.mu * m.mu * m.eta }(model)
    expectClose(h.mu.mu, Tensor(6.0))
    expectClose(h.mu.eta, Tensor(4.0))
    expectClose(h.eta.mu, Tensor(4.0))
    expectClose(h.eta.eta, Tensor(0.0))
    expectClose(h[0].eta, h.mu.eta)
    #expect(h.rows.count == 2)
    let compiled = jit(hessian { (m: Model) in m.mu * m.mu * m.eta })(model)
    expectClose(compiled.eta.mu, Tensor(4.0))
    let nested = hessian { (p: Pair) in p.first.mu * p.first.eta * p.rest[0] * p.rest[1] }(
      Pair(first: model, rest: [5, 7]))
    expectClose(nested.first.mu.first.eta, Tensor(35.0))
    expectClose(nested[\.rest[1]].rest[0], Tensor(6.0))
    expectClose(nested.rest[0].first.mu, Tensor(21.0))
    #expect(nested.first.rows.count == 2)
    let byName = hessian { (m: [String: Tensor]) in m["a"]! * m["b"]! }(["a": 1, "b": 2])
    expectClose(byName["a"]!["b"]!, Tensor(1.0))
    #expect(byName["c"] == nil)
    let j = jacobian { (m: Model) in Model(mu: m.mu * m.eta, eta: m.eta) }(model)
    expectClose(j.mu.eta, Tensor(2.0))
    #expect(message { _ = hessian { (m: Model) in m.mu .> 0 }(model).eta.mu }.contains("no derivative"))
  }

  @Test func mapsOverTwoTrees() {
    let (a, b) = (Model(mu: 1, eta: [2, 3]), Model(mu: 10, eta: [20, 30]))
    let sum = a.mapTensors(with: b) { $0 + 0.1 * $1 }
    expectClose(sum.mu, Tensor(2.0))
    expectClose(sum.eta, [4, 6])
    #expect(message { _ = [Tensor(1.0)].mapTensors(with: [1, 2]) { $0 + $1 } }.contains("the structures [tensor] and"))
  }
}
