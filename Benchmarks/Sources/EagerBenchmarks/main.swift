// Eager speed: what an operation and a derivative cost when everything is traced and evaluated anew at each call.
//
//   swift run --package-path Benchmarks -c release EagerBenchmarks
//
// Each result is compared with a closed form before anything is timed.
import Benchmark
import Jacobi

/// The talk's function.
func talk(_ x: Tensor) -> Tensor { log(x[0]) + x[0] * x[1] - sin(x[1]) }

/// The talk's function of two scalars.
func talkOfScalars(_ x: [Tensor]) -> Tensor { log(x[0]) + x[0] * x[1] - sin(x[1]) }

/// Rosenbrock's function of a vector.
func rosenbrock(_ x: Tensor) -> Tensor {
  let (head, tail) = (x[0..<(x.count - 1)], x[1..<x.count])
  return (100 * square(tail - square(head)) + square(1 - head)).sum()
}

let point: Tensor = [2, 5]
let scalars = [Tensor(2.0), Tensor(5.0)]
let large = Tensor((0..<1_000_000).map { 1 + Double($0 % 7) / 10 })

precondition(Double(talk(point)) == 11.652071455223084)
precondition(grad(talk)(point).scalars(as: Double.self) == [5.5, 1.7163378145367738])
precondition(grad(talkOfScalars)(scalars).map { Double($0) } == [5.5, 1.7163378145367738])
precondition(Double(rosenbrock(Tensor([1.0, 2.0, 3.0]))) == 201)

let gradientOfTalk = grad(talk)
let gradientOfScalars = grad(talkOfScalars)
let hessianOfTalk = hessian(talk)
let gradientOfRosenbrock = valueAndGrad(rosenbrock)

// Single operations are shorter than what a clock can tell: a thousand of them at once.
benchmark("1000 x multiply, two float64 scalars") { for _ in 0..<1000 { blackHole(scalars[0] * scalars[1]) } }
benchmark("1000 x sin, float64 scalar") { for _ in 0..<1000 { blackHole(sin(scalars[0])) } }
benchmark("1000 x x[1], element of a vector") { for _ in 0..<1000 { blackHole(point[1]) } }
benchmark("1000 x multiply, vectors of 2") { for _ in 0..<1000 { blackHole(point * point) } }
benchmark("talk's function") { blackHole(talk(point)) }
benchmark("talk's gradient") { blackHole(gradientOfTalk(point)) }
benchmark("talk's gradient, two scalars") { blackHole(gradientOfScalars(scalars)) }
benchmark("talk's HVP") { blackHole(hvp(talk, at: point, along: point)) }
benchmark("talk's Hessian") { blackHole(hessianOfTalk(point)) }
benchmark("Rosenbrock, n = 10^6, value") { blackHole(rosenbrock(large)) }
benchmark("Rosenbrock, n = 10^6, value and gradient") { blackHole(gradientOfRosenbrock(large)) }

/// Keeps the compiler from leaving out what is not used.
@inline(never)
func blackHole<Value>(_ value: Value) {}

Benchmark.main()
