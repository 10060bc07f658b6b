import Foundation
import Jacobi
import Synchronization
import TestSupport
import Testing

/// Many threads call one compiled function at once.
@Suite struct JITThreadTests {
  @Test func eightThreads() {
    let fast = CompiledFunction<Tensor, Tensor> { x in
      let y = Bool(x[0] .> 0) ? x * x : -x
      return Bool(x[1] .> 0) ? y.sum() : y.sum() * 2
    }
    @Sendable func expected(_ a: Double, _ b: Double) -> Double {
      let sum = a > 0 ? a * a + b * b : -a - b
      return b > 0 ? sum : 2 * sum
    }
    let wrong = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: 8) { thread in
      for call in 0..<1000 {
        let a = Double((call + thread) % 4) - 1.5
        let b = Double((call / 4 + thread) % 4) - 1.5
        if Double(fast(Tensor([a, b]))) != expected(a, b) { wrong.add(1, ordering: .relaxed) }
      }
    }
    #expect(wrong.load(ordering: .relaxed) == 0)
    let statistics = fast.statistics
    #expect((statistics.calls, statistics.paths, statistics.eagerCalls) == (8000, 4, 0), "\(statistics)")
    #expect(statistics.hits + statistics.traces == 8000 && statistics.traces <= 32)
  }

  @Test func gradientsInThreads() {
    let fast = CompiledFunction(talk)
    let wrong = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: 8) { thread in
      for call in 0..<50 {
        let x = Tensor([Double(call + 1), Double(thread)])
        let gradient = grad(fast.function)(x).scalars(as: Double.self)
        let expected = grad(talk)(x).scalars(as: Double.self)
        if gradient != expected { wrong.add(1, ordering: .relaxed) }
      }
    }
    #expect(wrong.load(ordering: .relaxed) == 0)
  }

  /// Equal programs are compiled once, by whoever comes first.
  @Test func compiledOnce() {
    let engine = CountingEngine("counting once")
    let fast = CompiledFunction<Tensor, Tensor>({ x in sin(x) * 12.25 }, engine: engine)
    DispatchQueue.concurrentPerform(iterations: 8) { _ in
      for _ in 0..<100 { _ = fast([1, 2]) }
    }
    #expect(engine.count.load(ordering: .relaxed) == 1)
    #expect(fast.statistics.engine == EngineID("counting once") && fast.statistics.calls == 800)
  }
}

/// The reference engine, counting what it compiles.
final class CountingEngine: Engine {
  let id: EngineID
  let count = Atomic(0)

  init(_ name: String) { id = EngineID(name) }

  var availability: EngineAvailability { .available("") }

  func compile(_ program: Program) throws(TensorError) -> any Executable {
    count.add(1, ordering: .relaxed)
    return try ReferenceEngine().compile(program)
  }
}
