// Compiled functions and their derivatives beside other systems, in one run.
//
//   pip install -r Benchmarks/Peers/requirements.txt
//   taskset -c 0 swift run --package-path Benchmarks -c release PeerBenchmarks [python]
//
// Every system gets the same processors (one, with taskset). Each result is compared with the others' before anything is
// timed; rounds of all systems take turns, and medians of seven are printed, as tables in Markdown. What is not installed
// is left out, and said.
import Foundation
import Jacobi

if CommandLine.arguments.count == 4, CommandLine.arguments[1] == "explain" {
  // explain <function> <kind>: what our side does.
  guard let function = allFunctions.first(where: { $0.name == CommandLine.arguments[2] }),
    let kind = Kind(rawValue: CommandLine.arguments[3])
  else { exit(64) }
  let plan = try explain(kind.computed(function), at: kind.arguments(function))
  print(plan.program, plan, separator: "\n")
  exit(0)
}

let python = CommandLine.arguments.dropFirst().first ?? "python3"
let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().appendingPathComponent("Peers").path
setenv("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false", 0)
setenv("OMP_NUM_THREADS", "1", 0)
setenv("JACOBI_THREADS", "1", 0)

/// Compiles the C++; nothing where there is no compiler.
func compiledPeer(_ options: [String]) -> String? {
  let output = NSTemporaryDirectory() + "jacobi-peer" + options.joined()
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = ["g++", "-O3", "-march=native", "-std=c++17", folder + "/peer.cpp", "-o", output] + options
  guard (try? process.run()) != nil else { return nil }
  process.waitUntilExit()
  return process.terminationStatus == 0 ? output : nil
}

var contestants: [any Contestant] = [Ours()]
@MainActor func add(_ name: String, _ command: [String]?) {
  if let command, let peer = Peer(name, command, folder: folder) {
    contestants.append(peer)
  } else {
    print("not here: \(name)")
  }
}
add("C++", compiledPeer([]).map { [$0] })
add("C++, -ffast-math", compiledPeer(["-ffast-math"]).map { [$0] })
for system in ["jax", "torch", "autograd"] { add(system, [python, "peer.py", system]) }

/// The time of one call, in nanoseconds, by system and kind.
var times: [String: [Kind: [String: Double]]] = [:]
var firsts: [String: [Kind: [String: Double]]] = [:]

@MainActor func measure(_ function: String, _ kind: Kind) {
  var ready: [(contestant: any Contestant, count: Int, times: [Double])] = []
  var expected: Preparation?
  for contestant in contestants {
    guard let made = contestant.prepare(function, kind) else { continue }
    if let expected, !made.agrees(with: expected) {
      print("\(contestant.name) gives another \(kind) of \(function): \(made), not \(expected)")
      exit(1)
    }
    expected = expected ?? made
    firsts[function, default: [:]][kind, default: [:]][contestant.name] = made.nanoseconds
    // Rounds of about 20 ms.
    var count = 1
    while count < 1 << 22, contestant.run(count) < 1e7 { count *= 2 }
    ready.append((contestant, count, []))
  }
  for _ in 0..<7 {
    for index in ready.indices {
      ready[index].times.append(ready[index].contestant.run(ready[index].count) / Double(ready[index].count))
    }
  }
  for entry in ready {
    times[function, default: [:]][kind, default: [:]][entry.contestant.name] = entry.times.sorted()[3]
  }
}

func text(_ nanoseconds: Double?) -> String {
  guard let nanoseconds else { return "" }
  let (value, unit) =
    nanoseconds < 1e3 ? (nanoseconds, "ns") : nanoseconds < 1e6 ? (nanoseconds / 1e3, "us") : (nanoseconds / 1e6, "ms")
  return (value < 10 ? "\((value * 10).rounded() / 10)" : "\(Int(value.rounded()))") + " \(unit)"
}

func ratio(_ value: Double?) -> String { value.map { "\(($0 * 100).rounded() / 100)" } ?? "" }

let names = contestants.map(\.name)
for function in allFunctions { for kind in Kind.allCases { measure(function.name, kind) } }
measure(product.name, .value)
for kind in Kind.allCases {
  print("\n| \(kind == .gradient ? "value and gradient" : kind.rawValue) | \(names.joined(separator: " | ")) |")
  print("|---|" + names.map { _ in "---:|" }.joined())
  for function in kind == .value ? allFunctions + [product] : allFunctions {
    let row = times[function.name]?[kind] ?? [:]
    print("| \(function.name) | \(names.map { text(row[$0]) }.joined(separator: " | ")) |")
  }
}
print("\n| Jacobi, over the function | value and gradient | jvp | hvp |\n|---|---:|---:|---:|")
var products: [Kind: [Double]] = [:]
for function in allFunctions {
  let own = times[function.name] ?? [:]
  let value = own[.value]?["Jacobi"] ?? .nan
  let ratios = [Kind.gradient, .jvp, .hvp].map { kind -> Double in
    let quotient = (own[kind]?["Jacobi"] ?? .nan) / value
    products[kind, default: []].append(quotient)
    return quotient
  }
  print("| \(function.name) | \(ratios.map { ratio($0) }.joined(separator: " | ")) |")
}
let means = [Kind.gradient, .jvp, .hvp].map { kind -> String in
  let logarithms = (products[kind] ?? []).map { Foundation.log($0) }
  return ratio(Foundation.exp(logarithms.reduce(0, +) / Double(logarithms.count)))
}
print("| geometric mean | \(means.joined(separator: " | ")) |")
print(
  "\n| first call of the gradient | \(names.joined(separator: " | ")) |\n|---|" + names.map { _ in "---:|" }.joined())
for function in allFunctions {
  let row = firsts[function.name]?[.gradient] ?? [:]
  print("| \(function.name) | \(names.map { text(row[$0]) }.joined(separator: " | ")) |")
}
