// What a call of a function under `jit` costs beside the work: small functions of arguments of several kinds.
//
//   swift run --package-path Benchmarks -c release CallBenchmarks
import Jacobi

struct Layer: TensorTree {
  var w: Tensor
  var b: Tensor
  mutating func forEachTensor(_ body: (inout Tensor) -> Void) {
    body(&w)
    body(&b)
  }
}

/// Not told by the number of its tensors: it has a number.
struct Model: TensorTree {
  var layers: [Layer]
  var scale: Double
  mutating func forEachTensor(_ body: (inout Tensor) -> Void) { layers.forEachTensor(body) }
}

/// Prints the median of 15 rounds.
@MainActor func time(_ name: String, _ f: () -> Void) {
  for _ in 0..<200 { f() }
  var rounds: [Double] = []
  for _ in 0..<15 {
    let count = 5000
    let clock = ContinuousClock()
    let start = clock.now
    for _ in 0..<count { f() }
    rounds.append(Double((clock.now - start).components.attoseconds) * 1e-9 / Double(count))
  }
  print("\(name): \(Int(rounds.sorted()[7])) ns")
}
let (s, t) = (Tensor([0.7])[0], Tensor([1.7])[0])
let (v, w) = (Tensor([1.0, 2, 3]), Tensor([1.0, 4, 3]))
let one = jit { (x: Tensor) in sin(x) * x }
time("one scalar") { _ = one(s) }
let oneV = jit { (x: Tensor) in sin(x) * x }
time("one vector") { _ = oneV(v) }
let two = jit { (x: Tensor, y: Tensor) in sin(x) * y }
time("two scalars") { _ = two(s, t) }
let twoV = jit { (x: Tensor, y: Tensor) in sin(x) * y }
time("two vectors") { _ = twoV(v, w) }
let list = jit { (x: [Tensor]) in sin(x[0]) * x[1] }
time("list of two vectors") { _ = list([v, w] as [Tensor]) }
let listlist = jit { (x: [Tensor]) in [sin(x[0]) * x[1], x[1] * 2] as [Tensor] }
time("list of two vectors, two results") { _ = listlist([v, w] as [Tensor]) }
let layer = Layer(w: v, b: w)
let lf = jit { (x: Layer) in sin(x.w) * x.b }
time("struct of two vectors") { _ = lf(layer) }
let model = Model(layers: [layer, layer, layer], scale: 2)
let mf = jit { (x: Model) in x.layers.reduce(Tensor(1)) { $0 * sin($1.w) * $1.b } * x.scale }
time("model of three layers") { _ = mf(model) }
let mg = jit { (m: Model, x: Tensor) in
  grad { (m: Model) in (m.layers.reduce(x) { $0 * sin($1.w) * $1.b } * m.scale).sum() }(m)
}
time("gradient of model and data") { _ = mg(model, v) }
let guarded = jit { (x: Tensor) in Bool(x .> 0) ? sin(x) : cos(x) }
time("guarded scalar") { _ = guarded(s) }
let gj = grad(one)
time("grad of jit, scalar") { _ = gj(s) }
let vg = valueAndGrad(one)
time("valueAndGrad of jit, scalar") { _ = vg(s) }
let jg = jit(grad { (x: Tensor) in sin(x) * x })
time("jit of grad, scalar") { _ = jg(s) }
let st = jit { (n: Int, x: Tensor) in (0..<n).reduce(Tensor(1)) { y, _ in y * x } }
time("static argument") { _ = st(3, s) }
