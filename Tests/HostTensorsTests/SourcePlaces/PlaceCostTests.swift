#if os(Linux) && canImport(Glibc) && compiler(>=6.2)
  import Foundation
  import Glibc
  import HostTensors
  import Testing

  /// What it costs to find a place, in a process that has not found one before: the executable of all tests is the largest
  /// that there is.
  @Suite struct PlaceCostTests {
    /// The processor time in seconds, and the memory in MiB that was used at most.
    fileprivate static func usage() -> (time: Double, memory: Int) {
      var usage = rusage()
      getrusage(0, &usage)
      let microseconds = Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec)
      return (Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) + microseconds * 1e-6, usage.ru_maxrss / 1024)
    }

    fileprivate static func here(_ line: Int = #line) -> String { "PlaceCostTests.swift:\(line)" }

    fileprivate static func findFirst() {
      let before = usage()
      let place = CapturedStack.capture()?.place
      let expected = here(#line - 1)
      precondition(place == expected, place ?? "no place")
      let after = usage()
      // It was 380 MiB and more than a second.
      precondition(after.memory - before.memory < 64, "\(after.memory - before.memory) MiB")
      precondition(after.time - before.time < 3, "\(after.time - before.time) s")
    }

    @Test func memoryAndTimeOfTheFirst() async {
      await #expect(processExitsWith: .success) { PlaceCostTests.findFirst() }
    }

    fileprivate static func findInThreads() {
      precondition(CapturedStack.capture()?.place != nil)
      let before = usage()
      for _ in 0..<100 {
        let done = DispatchSemaphore(value: 0)
        let thread = Thread {
          for _ in 0..<100 { _ = CapturedStack.capture() }
          let place = CapturedStack.capture()?.place
          precondition(place == here(#line - 1), place ?? "no place")
          done.signal()
        }
        thread.start()
        done.wait()
      }
      precondition(usage().time - before.time < 3)
    }

    /// What was found is known in all threads, and what nobody asks for is not looked up.
    @Test func hundredThreads() async {
      await #expect(processExitsWith: .success) { PlaceCostTests.findInThreads() }
    }

    fileprivate static func findWithLittleMemory() throws {
      let text = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
      guard let pages = text.split(separator: " ").first.flatMap({ UInt($0) }) else { preconditionFailure("statm") }
      var limit = rlimit(rlim_cur: pages * 4096 + (1 << 20), rlim_max: pages * 4096 + (1 << 20))
      // RLIMIT_AS: the address space.
      precondition(setrlimit(__rlimit_resource_t(9), &limit) == 0)
      let place = CapturedStack.capture()?.place
      precondition(place == nil || place == here(#line - 1), place ?? "no place")
    }

    /// With a MiB left a place is found, or there is none; nothing aborts.
    @Test func littleMemory() async {
      await #expect(processExitsWith: .success) { try PlaceCostTests.findWithLittleMemory() }
    }
  }
#endif
