// Compiled speed: what programs cost on the native engine.
//
//   swift run --package-path Benchmarks -c release NativeBenchmarks
//
// Each result is compared with the reference engine before anything is timed.
import Jacobi

func talk(_ x: Tensor) -> Tensor { log(x[0]) + x[0] * x[1] - sin(x[1]) }

func rosenbrock(_ x: Tensor) -> Tensor {
  let (head, tail) = (x[0..<(x.count - 1)], x[1..<x.count])
  return (100 * square(tail - square(head)) + square(1 - head)).sum()
}

/// The median of some durations of a closure, in seconds, and the shortest.
func time(_ count: Int, repeats: Int = 7, _ body: () throws -> Void) rethrows -> (median: Double, best: Double) {
  let clock = ContinuousClock()
  var durations: [Double] = []
  for _ in 0..<repeats {
    let start = clock.now
    for _ in 0..<count { try body() }
    let elapsed = clock.now - start
    durations.append(
      (Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18) / Double(count))
  }
  durations.sort()
  return (durations[repeats / 2], durations[0])
}

func report(_ name: String, _ seconds: (median: Double, best: Double)) {
  print("\(name): median \(seconds.median * 1e6) us, best \(seconds.best * 1e6) us")
}

@MainActor func measure(_ name: String, _ program: Program, _ arguments: [HostTensor], count: Int) throws {
  let engine = NativeEngine()
  let expected = try program.run(arguments)
  report("\(name), compiling", try time(1) { _ = try engine.compile(program) })
  let executable = try engine.compile(program)
  let actual = try executable.run(arguments)
  for (a, b) in zip(actual, expected) {
    let (x, y) = (a.elements(as: Double.self), b.elements(as: Double.self))
    let size = y.reduce(0) { max($0, $1.magnitude) }
    precondition(zip(x, y).allSatisfy { abs($0 - $1) <= 1e-12 * size }, "\(name) is wrong")
  }
  report("\(name), a call", try time(count) { _ = try executable.run(arguments) })
}

let talkPoint: Tensor = [2, 5]
let pair = [2.0, 5.0]
try measure("talk's function", program(of: talk, at: talkPoint), [HostTensor([2], pair)], count: 100_000)
try measure("talk's gradient", program(of: grad(talk), at: talkPoint), [HostTensor([2], pair)], count: 100_000)
try measure(
  "talk's Hessian", program(of: hessian(talk), at: talkPoint), [HostTensor([2], pair)], count: 100_000)
let n = 1_000_000
let numbers = (0..<n).map { 1 + Double($0 % 7) / 10 }
let large = Tensor(numbers)
let largeHost = try HostTensor([n], numbers)
try measure("Rosenbrock, n = 10^6, value", program(of: rosenbrock, at: large), [largeHost], count: 10)
let both: (Tensor) -> [Tensor] = { x in
  let (value, gradient) = valueAndGrad(rosenbrock)(x)
  return [value, gradient]
}
try measure("Rosenbrock, n = 10^6, value and gradient", program(of: both, at: large), [largeHost], count: 10)
// As fast as memory: as many bytes read and written as the arguments and the gradient have.
let copies = UnsafeMutableBufferPointer<Double>.allocate(capacity: n)
copies.initialize(repeating: 0)
report(
  "copying 10^6 numbers",
  time(10) { numbers.withUnsafeBufferPointer { copies.baseAddress?.update(from: $0.baseAddress!, count: n) } })
copies.deallocate()
let m = 512
let matrix = Tensor((0..<(m * m)).map { Double($0 % 13) - 6 }).reshaped(m, m)
try measure(
  "matrix product, 512", program(of: { x in matmul(x, x) }, at: matrix), [matrix.hostValue()], count: 3)
let steps = 1000
let scanned: (Tensor) -> Tensor = { x in
  scan({ h, _ in (h * 0.999 + 0.1, h) }, x, over: Tensor([Double](repeating: 0, count: steps))).state
}
try measure(
  "scan of 1000 small steps", program(of: scanned, at: Tensor(numbers[0])), [HostTensor(.scalar, [numbers[0]])],
  count: 1000)
try measureLoops()
for size in [1000, 10_000, 100_000] {
  let f: (Tensor) -> Tensor = { x in
    var y = x
    for _ in 0..<(size / 3) { y = sin(y) * x + y }
    return y
  }
  let p = program(of: f, at: Tensor(numbers[1]))
  report("\(size) equations, compiling", try time(1, repeats: 1) { _ = try NativeEngine().compile(p) })
}
