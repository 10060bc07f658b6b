// Prints how often compiled functions ask for memory in a thousand calls, after some calls to warm up.
import CountedAllocation
import Foundation
import Jacobi

guard countedAllocations() >= 0 else {
  print("nothing is counted")
  exit(0)
}

/// Of a function under `jit`.
@MainActor func countCompiled(_ name: String, _ f: @escaping (Tensor) -> Tensor, at x: Tensor) {
  let fast = jit(f)
  for _ in 0..<20 { _ = fast(x) }
  let before = countedAllocations()
  for _ in 0..<1000 { _ = fast(x) }
  let calls = countedAllocations() - before
  print("\(name) \(calls)")
}

/// Of an executable, which gives an array of results.
@MainActor func count(_ name: String, _ f: @escaping (Tensor) -> Tensor, at x: Tensor) throws {
  let executable = try NativeEngine().compile(program(of: f, at: x))
  let arguments = [try x.hostValue()]
  for _ in 0..<20 { _ = try executable.run(arguments) }
  let before = countedAllocations()
  for _ in 0..<1000 { _ = try executable.run(arguments) }
  let calls = countedAllocations() - before
  print("\(name) \(calls)")
}

let (number, vector) = (Tensor([0.7])[0], Tensor((0..<300).map { Double($0) / 300 }))
let small = { (x: Tensor) in log(x + 2) * x - sin(x) }
func scanned(_ checkpoint: LoopCheckpointing?) -> (Tensor) -> Tensor {
  { x in scan({ h, e in (h * h * 0.5 + e, []) }, x, over: vector, checkpoint: checkpoint).state }
}

let before = countedAllocations()
let array = [Int](repeating: 1, count: 1000)
let made = countedAllocations() - before
print("array \(made + array[0] - 1)")
countCompiled("jit.value", small, at: number)
countCompiled("jit.gradient", grad(small), at: number)
countCompiled("jit.second", grad(grad(small)), at: number)
countCompiled("jit.loop", grad(scanned(nil)), at: number)
try count("value", small, at: number)
try count("gradient", grad(small), at: number)
try count("second", grad(grad(small)), at: number)
try count("loop", grad(scanned(nil)), at: number)
try count("checkpoints", grad(scanned(.binomial(slots: 5))), at: number)
try count("while", { x in whileLoop({ $0 .< 100 }, { $0 * 1.5 }, x) }, at: number)
try count("sorted", { x in (x * x).argsorted().asType(.float64).sum() }, at: vector)
try count("scatter", { x in grad { x in x[x.argsorted()][0..<200].sum() }(x).sum() }, at: vector)
