import Dispatch
import HostLibraries

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The threads that share large loops: those of Dispatch, which persist.
enum Threads {
  /// As many as there are processors, or what the environment says.
  static let usualCount: Int = {
    if let text = DynamicLibrary.environment("JACOBI_THREADS"), let count = Int(text), count > 0 { return count }
    return max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  }()

  /// Runs a function for each block of a number; each thread has consecutive ones.
  static func run(
    _ count: Int, on threadCount: Int, _ shared: UnsafeMutableRawPointer,
    _ body: @escaping @convention(c) (UnsafeMutableRawPointer, Int) -> Void
  ) {
    let parts = min(threadCount, count)
    if parts <= 1 {
      for block in 0..<count { body(shared, block) }
      return
    }
    // `nonisolated(unsafe)`, as the compiler cannot judge pointers: what is shared is only read, the code of different
    // blocks writes to different places, and this returns when all have ended.
    nonisolated(unsafe) let shared = shared
    DispatchQueue.concurrentPerform(iterations: parts) { part in
      for block in (part * count / parts)..<((part + 1) * count / parts) { body(shared, block) }
    }
  }
}
