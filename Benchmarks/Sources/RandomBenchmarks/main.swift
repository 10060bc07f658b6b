// Draws of 10^6 numbers, in compiled code and eagerly:
//
//   taskset -c 0 swift run --package-path Benchmarks -c release RandomBenchmarks
//   taskset -c 0 python Benchmarks/Peers/random_numbers.py                           # NumPy, and JAX where it is installed
import Foundation
import Jacobi

setenv("JACOBI_THREADS", "1", 0)
KeyReuse.reporting = .ignored

let count = 1_000_000

/// The milliseconds of the fastest of some calls.
@MainActor func fastest(_ calls: Int, _ call: () -> Tensor) -> Double {
  var best = Double.infinity
  for _ in 0..<calls {
    let start = ContinuousClock.now
    _ = call()
    let time = (ContinuousClock.now - start).components
    best = min(best, Double(time.seconds) * 1e3 + Double(time.attoseconds) * 1e-15)
  }
  return best
}

/// Prints what a draw costs, after both ways have been compared.
@MainActor func time(_ name: String, _ draw: @escaping (RandomKey) -> Tensor) {
  let key = RandomKey(seed: 1)
  let compiled = jit { (key: RandomKey) in draw(key) }
  let start = ContinuousClock.now
  let first = compiled(key)
  let firstTime = Double((ContinuousClock.now - start).components.attoseconds) * 1e-15
  let difference = abs(first.asType(.float64) - draw(key).asType(.float64)).max()
  guard Double(difference) < 1e-4 else { fatalError("\(name) differs by \(difference)") }
  let milliseconds = fastest(15) { compiled(key) }
  let eager = fastest(5) { draw(key) }
  let speed = String(format: "%.0f", Double(count) / milliseconds / 1e3)
  print(
    "\(name): \(String(format: "%.2f", milliseconds)) ms, \(speed) million per second; first call "
      + "\(String(format: "%.0f", firstTime)) ms; eagerly \(String(format: "%.1f", eager)) ms")
}

time("bits of 32") { .bits([count], key: $0) }
time("bits of 64") { .bits([count], key: $0, dtype: .int64) }
time("uniform float64") { .uniform([count], key: $0) }
time("uniform float32") { .uniform([count], key: $0, dtype: .float32) }
time("normal float64") { .normal([count], key: $0) }
time("normal float32") { .normal([count], key: $0, dtype: .float32) }
time("exponential float64") { .exponential([count], key: $0) }
time("integers below 6") { .randomIntegers([count], key: $0, in: 0..<6) }
time("permutation") { $0.permutation(count) }
