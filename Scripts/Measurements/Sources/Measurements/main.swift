// Prints the measured numbers of Documentation/Decisions/0005-strong-zeros.md and 0006-source-places.md.
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
