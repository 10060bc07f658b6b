// swift-format-ignore-file
// Made from Documentation/RandomNumbers.md by Scripts/extract-snippets.sh; change the document, not this file.
import Jacobi
import JacobiTesting
import Testing

#sourceLocation(file: "Documentation/RandomNumbers.md", line: 72)
private func loss(_ p: Tensor, _ key: RandomKey) -> Tensor {
  square(Tensor.normal([1000], key: key, mean: p[0], standardDeviation: p[1])).mean()
}



#sourceLocation()
#sourceLocation(file: "Documentation/RandomNumbers.md", line: 106)
private func noisy(_ w: Tensor, _ key: RandomKey) -> Tensor { (w * Tensor.normal([2], key: key)).sum() }



#sourceLocation()

@Suite("Documentation/RandomNumbers.md") struct Documentation_RandomNumbersSnippets {
  @Test("Draw") func section1() throws {
    let checks = SnippetChecks(count: 8)
#sourceLocation(file: "Documentation/RandomNumbers.md", line: 10)


let key = RandomKey(seed: 7)
let (a, b) = key.split()
checks.expect(0, Tensor.uniform([3], key: a), #"[0.6374325446060041 0.12420905580952524 0.4815820165019382]"#)
checks.expect(1, Tensor.normal([2, 2], key: b).shape, #"[2, 2]"#)
#sourceLocation()
#sourceLocation(file: "Documentation/RandomNumbers.md", line: 23)
let keys = RandomKey(seed: 7).split(count: 4)
checks.expect(2, Tensor.randomIntegers([5], key: keys[0], in: 1...6), #"[3 2 6 3 5]"#)
checks.expect(3, keys[1].permutation(5), #"[0 4 1 2 3]"#)
checks.expect(4, Tensor.bernoulli([4], key: keys[2], probability: 0.25), #"[ true false false false]"#)
checks.expect(5, Tensor([10.0, 20, 30]).choice([4], key: keys[3]), #"[20. 10. 20. 10.]"#)
checks.expect(6, RandomKey(seed: 7).folding(in: 3), #"RandomKey(276534068, 1641862660)"#)
#sourceLocation()
#sourceLocation(file: "Documentation/RandomNumbers.md", line: 34)
var source = RandomKeys(seed: 7)
let x = Tensor.normal([100], key: source.next())
let y = Tensor.normal([100], key: source.next())
checks.expect(7, Bool((x .== y).any()), #"false"#)
#sourceLocation()
    checks.finish()
  }
  @Test("Distributions") func section2() throws {
    let checks = SnippetChecks(count: 2)
#sourceLocation(file: "Documentation/RandomNumbers.md", line: 60)
let noise = RandomKey(seed: 1)
let (first, second) = noise.split()
checks.expect(0, Tensor.normal(key: first, mean: [0, 10, 100], standardDeviation: 0.1).shape, #"[3]"#)
checks.expect(1, Tensor.uniform([2, 3], key: second, dtype: .float32).dtype, #"float32"#)
#sourceLocation()
    checks.finish()
  }
  @Test("Differentiate by parameters") func section3() throws {
    let checks = SnippetChecks(count: 1)
#sourceLocation(file: "Documentation/RandomNumbers.md", line: 72)



// The mean of x² is mean² + deviation²: its gradient is about (2 · 3, 2 · 2).
let slope = grad { p in loss(p, RandomKey(seed: 2)) }([3, 2])
checks.expect(0, slope, #"≈ [6. 4.]"#)
#sourceLocation()
    checks.finish()
  }
  @Test("Under transforms") func section4() throws {
    let checks = SnippetChecks(count: 5)
#sourceLocation(file: "Documentation/RandomNumbers.md", line: 86)
let draw = jit { (key: RandomKey) in Tensor.uniform([2], key: key) }
let batch = RandomKey(seed: 5).split(into: 3)
let rows = vmap { key in Tensor.uniform([2], key: key) }(batch)
checks.expect(0, rows.shape, #"[3, 2]"#)
checks.expect(1, Bool((draw(RandomKey(seed: 5).split(count: 3)[1]) .== rows[1]).all()), #"true"#)

// A walk: each step has a key of its own.
let walk = scan(
  { (place: Tensor, key: RandomKey) in
    let next = place + Tensor.normal(key: key)
    return (next, [next])
  }, Tensor(0.0), over: RandomKey(seed: 3).split(into: 100))
checks.expect(2, walk.results[0].shape, #"[100]"#)
#sourceLocation()
#sourceLocation(file: "Documentation/RandomNumbers.md", line: 106)

let weights: Tensor = [1, 2]
checks.expect(3, grad(noisy)(weights, RandomKey(seed: 4)).shape, #"[2]"#)
checks.expect(4, vmap(grad(noisy), axes: [nil, 0])(weights, RandomKey(seed: 4).split(into: 3)).shape, #"[3, 2]"#)
#sourceLocation()
    checks.finish()
  }
  @Test("Keys that are used twice") func section5() throws {
    let checks = SnippetChecks(count: 1)
#sourceLocation(file: "Documentation/RandomNumbers.md", line: 126)
let once = RandomKey(seed: 1)
do {
  _ = try KeyReuse.withReporting(.error) {
    try catchingTensorErrors { Tensor.uniform(key: once) + Tensor.normal(key: once) }
  }
} catch let error as TensorError {
  checks.expect(0, error.operation, #"normal"#)
}
#sourceLocation()
    checks.finish()
  }
}
