import Jacobi

// What a step of a loop costs: its own arithmetic, and what the loop adds to it.

/// Prints the time of a step of a loop on the native engine.
@MainActor func measureSteps(
  _ name: String, steps: Int, count: Int, at x: Tensor, _ f: @escaping (Tensor) -> Tensor
) throws {
  let recorded = program(of: f, at: x)
  let arguments = [try x.hostValue()]
  let executable = try NativeEngine().compile(recorded)
  let (actual, expected) = (try executable.run(arguments), try recorded.run(arguments))
  for (a, b) in zip(actual, expected) {
    let (x, y) = (a.elements(as: Double.self), b.elements(as: Double.self))
    let size = y.reduce(0) { max($0, $1.magnitude) }
    precondition(zip(x, y).allSatisfy { abs($0 - $1) <= 1e-12 * size }, "\(name) is wrong")
  }
  let seconds = try time(count) { _ = try executable.run(arguments) }
  let perStep = [seconds.median, seconds.best].map { "\(($0 * 1e11 / Double(steps)).rounded() / 100) ns" }
  print("\(name), a step: median \(perStep[0]), best \(perStep[1])")
}

@MainActor func measureLoops() throws {
  let steps = 10_000
  let (number, vector) = (Tensor([0.5])[0], Tensor([Double](repeating: 0.5, count: 100)))
  let inputs = Tensor([Double](repeating: 0.1, count: steps))
  func small(_ checkpoint: LoopCheckpointing?) -> (Tensor) -> Tensor {
    { x in scan({ h, e in (h * 0.999 + e, []) }, x, over: inputs, checkpoint: checkpoint).state }
  }
  try measureSteps("scan, a number", steps: steps, count: 10, at: number, small(nil))
  try measureSteps("scan, a number with results", steps: steps, count: 10, at: number) { x in
    let (state, results) = scan({ h, e in (h * 0.999 + e, h) }, x, over: inputs)
    return state + results.sum()
  }
  // A body whose derivative needs the state.
  func wave(_ checkpoint: LoopCheckpointing?) -> (Tensor) -> Tensor {
    { x in scan({ h, e in (h * h * 0.5 + e, []) }, x, over: inputs, checkpoint: checkpoint).state }
  }
  try measureSteps("scan, gradient", steps: steps, count: 10, at: number, grad(wave(nil)))
  for way in [LoopCheckpointing.every(100), .binomial(slots: 10), .binomial(slots: 100)] {
    try measureSteps("scan, gradient, \(way)", steps: steps, count: 10, at: number, grad(wave(way)))
  }
  try measureSteps("whileLoop, a number", steps: steps, count: 10, at: number) { x in
    whileLoop({ s in s[1] .< Double(steps) }, { s in [s[0] * 0.999 + 0.1, s[1] + 1] }, [x, Tensor(0.0)])[0]
  }
  try measureSteps("scan, 100 numbers", steps: steps, count: 10, at: vector) { x in
    scan({ h, e in (h * 0.999 + e, []) }, x, over: inputs).state
  }
  try measureSteps("scan, 100 numbers, gradient", steps: steps, count: 3, at: vector) { x in
    grad { x in scan({ h, e in (sin(h) * 0.5 + e, []) }, x, over: inputs).state.sum() }(x)
  }
  let large = Tensor([Double](repeating: 0.5, count: 100_000))
  try measureSteps("forLoop, x[i] = v in 10^5 numbers", steps: 1000, count: 3, at: large) { x in
    forLoop(from: 0, to: 1000, x) { i, x in
      var x = x
      x[i] = x[i + 1] * 0.5
      return x
    }
  }
}
