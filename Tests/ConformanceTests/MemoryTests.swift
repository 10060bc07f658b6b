#if compiler(>=6.2) && (os(Linux) || os(macOS))
  import Foundation
  import Jacobi
  import Testing

  /// Derivatives leave nothing behind, and a long trace takes little. Each test is a process of its own, whose memory
  /// nobody else changes.
  @Suite(.serialized) struct MemoryTests {
    /// The address sanitizer holds back what was freed, to see accesses to it.
    @Test(.enabled(if: Sanitizer.current != .address)) func manyDerivatives() async {
      await #expect(processExitsWith: .success) {
        let point = Tensor([2.0, 5])
        let points = Tensor([[2.0, 5], [1, 2], [3, 4]])
        let run = {
          _ = grad(talk)(point)
          _ = jvp(talk, at: point, along: [1, 0])
          _ = vjp(talk, at: point).pullback(1)
          _ = hvp(talk, at: point, along: [1, 0])
          _ = vmap(grad(talk))(points)
          _ = hessian(talk)(point)
          _ = program(of: talk, at: point)(point)
          _ = grad(subprogram("talk", talk))(point)
          _ = try? catchingTensorErrors { grad { x in talk(x) + x[7] }(point) }
        }
        for _ in 0..<50 { run() }
        let before = residentBytes()
        for _ in 0..<500 { run() }
        // 200 bytes left behind by each of the nine would be 900 KB.
        let growth = residentBytes() - before
        #expect(growth < 800_000, "\(growth) bytes after 4,500 derivatives")
      }
    }

    /// Most of the memory at once is the trace and its linearization: some 200 bytes for each equation of scalars. A
    /// sanitizer keeps notes about each byte.
    @Test(.enabled(if: Sanitizer.current == nil)) func aLongTrace() async {
      await #expect(processExitsWith: .success) {
        let (steps, before) = (50_000, residentBytes())
        let slope = grad { x in
          var x = x
          for _ in 0..<steps { x = x * 1.000001 + sin(x) * 1e-7 }
          return x
        }
        #expect(Double(slope(0.5)).isFinite)
        let bytes = (peakBytes() - before) / (4 * steps)
        #expect(bytes < 400, "\(bytes) bytes for each equation")
      }
    }
  }

  /// The talk's function.
  @Sendable private func talk(_ x: Tensor) -> Tensor { log(x[0]) + x[0] * x[1] - sin(x[1]) }

  /// The memory of this process that is in use now, in bytes.
  private func residentBytes() -> Int {
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

  /// The largest memory of this process so far, in bytes.
  private func peakBytes() -> Int {
    #if os(Linux)
      // Not `getrusage`, which counts what the process had been before it became this one.
      let text = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
      let line = text.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
      return (line.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) } ?? 0) * 1024
    #else
      var usage = rusage()
      getrusage(RUSAGE_SELF, &usage)
      return usage.ru_maxrss
    #endif
  }
#endif
