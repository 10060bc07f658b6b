// Prints the measured numbers of Documentation/Decisions/0005-strong-zeros.md, 0006-source-places.md and 0009-guards.md, and
// what it costs to read and write part by part.
import Jacobi

/// Prints the median time of a closure in microseconds.
func measure(_ name: String, runs: Int, _ body: () -> Void) {
  body()
  let clock = ContinuousClock()
  let times = (0..<runs).map { _ in
    let time = clock.measure(body).components
    return Double(time.seconds) * 1e6 + Double(time.attoseconds) * 1e-12
  }
  print("\(name): \(times.sorted()[runs / 2]) µs")
}

// MARK: - Strong zeros

for count in [1, 1000] {
  let x = Tensor.linspace(0.5, 2, count: count)
  let plain = grad { x in (sin(x) * exp(x)).sum() }
  let chosen = grad { x in Tensor.where(x .> 1, sin(x) * exp(x), 0).sum() }
  let chosenTwice = grad { x in
    let safe = Tensor.where(x .> 1, x, 1)
    return Tensor.where(x .> 1, sin(safe) * exp(safe), 0).sum()
  }
  measure("\(count) elements, product", runs: 2001) { _ = x * x }
  measure("\(count) elements, product that absorbs zeros", runs: 2001) { _ = ZeroAbsorbingMultiply().bind(x, x) }
  measure("\(count) elements, gradient without where", runs: 2001) { _ = plain(x) }
  measure("\(count) elements, gradient with one where", runs: 2001) { _ = chosen(x) }
  measure("\(count) elements, gradient with two", runs: 2001) { _ = chosenTwice(x) }
}

// MARK: - Places in the source

func fail() { _ = try? catchingTensorErrors { Tensor([1.0, 2.0]) + Tensor([1.0, 2.0, 3.0]) } }

func failBelow(_ depth: Int) {
  if depth == 0 { return fail() }
  failBelow(depth - 1)
  // Keeps the call from being the last thing that is done, so that there is a frame.
  if depth > .max - 1 { print(depth) }
}

measure("scope without an error", runs: 2001) { _ = try? catchingTensorErrors { Tensor(1.0) + Tensor(2.0) } }
print("first error of the process: \(ContinuousClock().measure(fail))")
print("first error below 60 calls: \(ContinuousClock().measure { failBelow(60) })")
measure("error at a place that had one before", runs: 2001) { fail() }
measure("the same below 60 calls", runs: 2001) { failBelow(60) }

// MARK: - Strong zeros in products of matrices

for size in [10, 100, 300] {
  let a = Tensor.linspace(0.5, 2, count: size * size).reshaped(size, size)
  let x = Tensor.linspace(0.5, 2, count: size)
  let product = DotGeneral(contracting: ([1], [0]))
  let absorbing = ZeroAbsorbingDotGeneral(product)
  let infinite = Tensor.where(a .> 1.9999, Tensor(Double.infinity), a)
  let runs = size > 100 ? 21 : 201
  measure("\(size) x \(size), matrix times vector", runs: 201) { _ = product.bind(a, x) }
  measure("\(size) x \(size), matrix times vector that absorbs zeros", runs: 201) { _ = absorbing.bind(a, x) }
  measure("\(size) x \(size), the same with infinity", runs: 201) { _ = absorbing.bind(infinite, x) }
  measure("\(size) x \(size), matrix times matrix", runs: runs) { _ = product.bind(a, a) }
  measure("\(size) x \(size), matrix times matrix that absorbs zeros", runs: runs) { _ = absorbing.bind(a, a) }
  measure("\(size) x \(size), the same with infinity", runs: runs) { _ = absorbing.bind(infinite, a) }
}

// MARK: - Reading and writing part by part

let talk = grad { (x: Tensor) in log(x[0]) + x[0] * x[1] - sin(x[1]) }
measure("gradient of log(x[0]) + x[0] x[1] - sin(x[1])", runs: 20001) { _ = talk([2, 5]) }
for size in [100, 300] {
  let x = Tensor.linspace(0.5, 2, count: size * size).reshaped(size, size)
  let elements = grad { (x: Tensor) in
    var total: Tensor = 0
    for i in 0..<size { for j in 0..<size { total = total + x[i, j] } }
    return total
  }
  let rows = grad { (x: Tensor) in
    var total: Tensor = 0
    for i in 0..<size { total = total + x[i].sum() }
    return total
  }
  measure("gradient of reading \(size) x \(size) elements", runs: 3) { _ = elements(x) }
  measure("gradient of reading \(size) rows of \(size)", runs: 21) { _ = rows(x) }
}
for size in [1000, 4000] {
  let x = Tensor.linspace(0.5, 2, count: size)
  func written(_ x: Tensor) -> Tensor {
    var y = x
    for i in 0..<size { y[i] = 2 * x[i] }
    return y
  }
  measure("writing \(size) elements", runs: 5) { _ = written(x) }
  measure("linearizing \(size) writes", runs: 5) { _ = linearize(written, at: x) }
  measure("gradient of \(size) writes", runs: 5) { _ = grad { written($0).sum() }(x) }
}
measure("forward mode of a product of 1000", runs: 201) {
  _ = jvp({ $0.prod() }, at: Tensor.linspace(0.9, 1.1, count: 1000), along: Tensor.ones([1000]))
}

// MARK: - Calls under jit

measureJITCalls()
