import Foundation
import Jacobi

// The gradient of many steps of Runge and Kutta on the Lorenz system by its parameters: seconds and memory of each way to
// keep states. Each way runs in a process of its own, so that the largest memory is its own:
//
//     swift run --package-path Benchmarks -c release LoopBenchmarks [steps] [way]
//
// Ways are numbered from 0. And what a gradient of few steps costs, which is mostly the recording:
//
//     swift run --package-path Benchmarks -c release LoopBenchmarks short

/// A step of the classical method of Runge and Kutta with parameters σ, ρ, β.
func step(_ p: Tensor, _ s: [Tensor]) -> [Tensor] {
  let (sigma, rho, beta) = (p[0], p[1], p[2])
  func slope(_ s: [Tensor]) -> [Tensor] {
    [sigma * (s[1] - s[0]), s[0] * (rho - s[2]) - s[1], s[0] * s[1] - beta * s[2]]
  }
  func moved(_ k: [Tensor], _ h: Double) -> [Tensor] { zip(s, k).map { $0 + h * $1 } }
  let h = 0.0001
  let k1 = slope(s)
  let k2 = slope(moved(k1, h / 2))
  let k3 = slope(moved(k2, h / 2))
  let k4 = slope(moved(k3, h))
  return s.indices.map { index in
    let sum = k1[index] + 2 * k2[index] + 2 * k3[index] + k4[index]
    return s[index] + (h / 6) * sum
  }
}

func scanned(_ p: Tensor, _ steps: Int, _ checkpoint: LoopCheckpointing?) -> Tensor {
  let body = { (s: [Tensor]) -> ([Tensor], [Tensor]) in (step(p, s), []) }
  let s = scan(body, [1, 1, 1], length: steps, checkpoint: checkpoint).state
  return s[0] + s[1] + s[2]
}

func unrolled(_ p: Tensor, _ steps: Int) -> Tensor {
  var s: [Tensor] = [1, 1, 1]
  for _ in 0..<steps { s = step(p, s) }
  return s[0] + s[1] + s[2]
}

let ways: [(name: String, run: (Tensor, Int) -> Tensor)] = [
  ("value alone", { p, n in scanned(p, n, nil) }),
  ("scan", { p, n in grad { scanned($0, n, nil) }(p) }),
  (".every(316)", { p, n in grad { scanned($0, n, .every(316)) }(p) }),
  (".every(1000)", { p, n in grad { scanned($0, n, .every(1000)) }(p) }),
  (".binomial(slots: 20)", { p, n in grad { scanned($0, n, .binomial(slots: 20)) }(p) }),
  (".binomial(slots: 10)", { p, n in grad { scanned($0, n, .binomial(slots: 10)) }(p) }),
  ("a Swift loop", { p, n in grad { unrolled($0, n) }(p) }),
]

/// The largest memory of this process so far, in kilobytes.
func peak() -> Int {
  let text = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
  let line = text.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
  return line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
}

/// Ten small steps, and the same by hand.
let short: [(name: String, run: (Tensor) -> Tensor)] = [
  ("scan, value", { w in scan({ h in (sin(h * w), []) }, 0.5, length: 10).state }),
  ("scan, gradient", grad { w in scan({ h in (sin(h * w), []) }, 0.5, length: 10).state }),
  ("scan, jvp", { w in jvp({ w in scan({ h in (sin(h * w), []) }, 0.5, length: 10).state }, at: w, along: 1).tangent }),
  (
    "scan, .every(5), gradient",
    grad { w in scan({ h in (sin(h * w), []) }, 0.5, length: 10, checkpoint: .every(5)).state }
  ),
  ("whileLoop, gradient", grad { w in whileLoop({ $0 .< 3 }, { $0 + 0.3 * w }, 0.1) }),
  (
    "a Swift loop, gradient",
    grad { w in
      var h: Tensor = 0.5
      for _ in 0..<10 { h = sin(h * w) }
      return h
    }
  ),
]

/// Microseconds for one run: the median of many.
func microseconds(_ run: () -> Void) -> Double {
  let clock = ContinuousClock()
  for _ in 0..<200 { run() }
  var times: [Duration] = []
  for _ in 0..<2000 { times.append(clock.measure(run)) }
  return times.sorted()[1000] / .microseconds(1)
}

let arguments = CommandLine.arguments
if arguments.dropFirst().first == "short" {
  for (name, run) in short {
    var number = 1.0
    let time = microseconds {
      number += 1e-6
      _ = run(Tensor(number))
    }
    print("\(name): \(time) us")
  }
  exit(0)
}
let steps = arguments.count > 1 ? Int(arguments[1]) ?? 100_000 : 100_000
if arguments.count > 2, let way = Int(arguments[2]), ways.indices.contains(way) {
  let (before, start) = (peak(), Date())
  let result = ways[way].run([10, 28, 8.0 / 3], steps).scalars(as: Double.self)
  let seconds = Date().timeIntervalSince(start)
  print("\(ways[way].name): \(seconds) s, \(peak() - before) kB, \(result)")
} else {
  // A million steps of a Swift loop do not fit into memory.
  for way in ways.indices where steps <= 200_000 || ways[way].name != "a Swift loop" {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: arguments[0])
    process.arguments = ["\(steps)", "\(way)"]
    try process.run()
    process.waitUntilExit()
  }
}
