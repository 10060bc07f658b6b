// How much memory derivatives take: whether many of them leave something behind, and what one long trace costs.
//
//     swift run --package-path Benchmarks -c release MemoryBenchmarks
import Foundation
import Jacobi

/// The memory of this process that is in use now, in bytes.
func residentBytes() -> Int {
  #if os(Linux)
    let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
    let fields = text.split(separator: " ")
    return (fields.count > 1 ? Int(fields[1]) ?? 0 : 0) * sysconf(Int32(_SC_PAGESIZE))
  #else
    var info = mach_task_basic_info()
    var count = mach_msg_type_number_t(MemoryLayout<mach_task_basic_info>.size / MemoryLayout<natural_t>.size)
    _ = withUnsafeMutablePointer(to: &info) { pointer in
      pointer.withMemoryRebound(to: integer_t.self, capacity: Int(count)) {
        task_info(mach_task_self_, task_flavor_t(MACH_TASK_BASIC_INFO), $0, &count)
      }
    }
    return Int(info.resident_size)
  #endif
}

func talk(_ x: Tensor) -> Tensor { log(x[0]) + x[0] * x[1] - sin(x[1]) }

let point = Tensor([2.0, 5])
let points = Tensor([[2.0, 5], [1, 2], [3, 4]])
let cases: [(String, () -> Tensor)] = [
  ("grad", { grad(talk)(point) }), ("jvp", { jvp(talk, at: point, along: [1, 0]).tangent }),
  ("vjp", { vjp(talk, at: point).pullback(1) }), ("vmap of grad", { vmap(grad(talk))(points) }),
  ("hessian", { hessian(talk)(point) }), ("hvp", { hvp(talk, at: point, along: [1, 0]) }),
  ("program", { program(of: talk, at: point)(point)[0] }),
  ("grad of a subprogram", { grad(subprogram("talk", talk))(point) }),
  (
    "an error",
    {
      let failed = try? catchingTensorErrors { grad { x in talk(x) + x[7] }(point) }
      return failed ?? 0
    }
  ),
]

print("100,000 times each: growth of the memory in use after the first 1,000")
for (name, run) in cases {
  for _ in 0..<1_000 { _ = run() }
  let before = residentBytes()
  for _ in 0..<99_000 { _ = run() }
  print("  \(name): \((residentBytes() - before) / 1024) KiB")
}

print("a chain x = x * 1.0000001 + sin(x), differentiated in reverse")
for count in [10_000, 100_000, 333_333] {
  let before = residentBytes()
  var peak = 0
  let clock = ContinuousClock()
  var slope = 0.0
  let time = clock.measure {
    slope = Double(
      grad { x in
        var x = x
        for _ in 0..<count { x = x * 1.0000001 + sin(x) * 1e-7 }
        peak = residentBytes()
        return x
      }(0.5))
  }
  let equations = 4 * count
  print(
    "  \(equations) equations: \(slope), \(time), traced \((peak - before) / equations) bytes for each,",
    "most \((peakBytes() - before) / equations) bytes for each")
}

/// The largest memory of this process so far, in bytes.
func peakBytes() -> Int {
  var usage = rusage()
  #if os(Linux)
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss * 1024
  #else
    getrusage(RUSAGE_SELF, &usage)
    return usage.ru_maxrss
  #endif
}
