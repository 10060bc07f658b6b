import Foundation
import Jacobi
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The time for long formulas grows about as their length. Times of one process are compared, as those of machines differ:
/// four times the length may take ten times as long, where the square would be sixteen.
@Suite(.serialized) struct GrowthTests {
  private func processorTime(_ arguments: [String]) -> Double {
    let start = threadTime
    #expect(jacobi(arguments).status == 0)
    return threadTime - start
  }

  /// The processor time of this thread in nanoseconds: other tests run beside this one.
  private var threadTime: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
  }

  private func ratio(_ short: [String], _ long: [String]) -> Double {
    // The first run of all does what is done once.
    _ = processorTime(short)
    return processorTime(long) / max(min(processorTime(short), processorTime(short)), 1)
  }

  private static let hasNativeEngine = EngineRegistry.engine(.native)?.isAvailable == true

  @Test(.enabled(if: hasNativeEngine)) func gradientsOfLongChains() {
    func arguments(_ count: Int) -> [String] {
      ["grad", String(repeating: "x^", count: count) + "x", "--at", "x=0.9", "--engine", "native"]
    }
    #expect(ratio(arguments(150), arguments(600)) < 10)
  }

  @Test(.enabled(if: hasNativeEngine)) func hessiansOfLongSums() {
    func arguments(_ count: Int) -> [String] {
      let sum = (1...count).map { "sin(x*\($0))*cos(y)" }.joined(separator: "+")
      return ["hessian", sum, "--at", "x=0.9,y=1", "--engine", "native"]
    }
    #expect(ratio(arguments(50), arguments(200)) < 10)
  }

  @Test func manyOutputs() {
    func arguments(_ count: Int) -> [String] {
      ["explain", String(repeating: "x;", count: count), "--at", "x=1", "--engine", "reference"]
    }
    #expect(ratio(arguments(500), arguments(2000)) < 10)
  }
}
