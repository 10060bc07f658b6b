import Jacobi
import TestSupport
import Testing

/// What is wrong under `jit` is told as without it.
@Suite struct JITErrorTests {
  @Test func forbiddenGuards() {
    let statistics = JITStatistics()
    let fast = jit({ x in Bool(x .> 0) ? x : -x }, guards: .forbidden, statistics: statistics)
    let expected =
      "jit: the function reads the value of a traced tensor, which guards: .forbidden does not allow | choose with "
      + "Tensor.where or cond instead of if, repeat with whileLoop instead of while, or take the number as a static "
      + "argument: jit { (n: Int, x: Tensor) in ... }"
    #expect(message { _ = fast(1) } == expected)
    #expect(message { _ = fast(1) } == expected)
    #expect(message { _ = grad(fast)(1) } == expected)
    #expect(statistics.paths == 0)
    #if canImport(Runtime)
      do {
        try catchingTensorErrors { _ = fast(1) }
      } catch {
        #expect((error as? TensorError)?.location?.hasPrefix("JITErrorTests.swift:") == true)
      }
    #endif
    let allowed = jit({ x in Tensor.where(x .> 0, x, -x) }, guards: .forbidden)
    #expect(Double(allowed(-2)) == 2)
  }

  @Test func shapesAndIndices() {
    let mistaken: (Tensor) -> Tensor = { x in x + Tensor([1.0, 2, 3]) }
    for _ in 0..<2 {
      #expect(message { _ = jit(mistaken)([1, 2]) } == message { _ = mistaken([1, 2]) })
      #expect(message { _ = grad(jit { mistaken($0).sum() })([1, 2]) } == message { _ = mistaken([1, 2]) })
    }
    // An index that is out of range is found when the program runs; the message is the ordinary one.
    let statistics = JITStatistics()
    let pick: (Tensor) -> Tensor = { i in Tensor([1.0, 2, 3]).take(i) }
    let fast = jit(pick, statistics: statistics)
    #expect(Double(fast(Tensor([2] as [Int64]))[0]) == 3)
    let bad = Tensor([7] as [Int64])
    #expect(message { _ = fast(bad) } == message { _ = pick(bad) } && message { _ = pick(bad) } != "no error")
    #expect(Double(fast(Tensor([1] as [Int64]))[0]) == 2)
    #expect(statistics.eagerCalls == 1 && statistics.lastEagerCall?.hasPrefix("the program failed: ") == true)
    // A mistake in the first call does not keep later ones from being compiled.
    let second = jit(pick)
    #expect(message { _ = second(bad) } == message { _ = pick(bad) })
    #expect(Double(second(Tensor([1] as [Int64]))[0]) == 2)
  }

  @Test func mistakesAreNotRemembered() {
    // The result does not depend on what failed; each scope has the error all the same.
    let fast = jit { (x: Tensor) in
      _ = x + Tensor([1.0, 2, 3])
      return x * 2
    }
    for _ in 0..<3 { #expect(message { _ = fast([1, 2]) }.contains("do not broadcast")) }
  }

  @Test func invalidAndEscapedArguments() {
    let fast = jit { x in x * 2 }
    #expect(message { _ = fast(Tensor([1.0, 2]) + Tensor([1.0, 2, 3])) }.contains("do not broadcast"))
    var escaped = Tensor(0.0)
    _ = fast(1)
    _ = jit { x in
      escaped = x
      return x * 3
    }(1)
    #expect(message { _ = escaped * 2 }.contains("outside the transform"))
    #expect(message { _ = fast(escaped) }.contains("outside the transform"))
    #expect(message { _ = jit { x in x * escaped }(2) }.contains("outside the transform"))
    #expect(message { _ = jit { _ in escaped }(2) * 3 }.contains("outside the transform"))
  }

  @Test func readingUnderVMap() {
    let fast = jit { x in Bool(x .> 0) ? x : -x }
    let expected =
      "vmap: the function reads the value of a tensor that stands for all examples of the batch | choose with "
      + "where(condition, a, b) instead of if, and keep numbers as tensors instead of Double(x)"
    #expect(message { _ = vmap(fast)([1, -1]) } == expected)
    #expect(Double(fast(1)) == 1 && Double(fast(-1)) == 1)
    #expect(message { _ = vmap(fast)([1, -1]) } == expected)
    #expect(message { _ = jit(vmap(fast))([1, -1]) } == expected)
    #expect(
      message { _ = scan({ s, _ in (fast(s), s) }, 1, over: Tensor([1.0])).state }.contains("while it is recorded"))
    // What does not depend on the example can be read.
    let flag: Tensor = 1
    expectClose(vmap { x in jit { y in Bool(flag .> 0) ? y * 2 : y }(x) }([1, 2]), [2, 4])
  }

  @Test func errorsThatTheFunctionCatches() {
    let pick: (Tensor) -> Tensor = { i in
      (try? catchingTensorErrors { Tensor([1.0, 2, 3]).take(i) }) ?? Tensor([-1.0])
    }
    let fast = jit(pick)
    for index in [2, 7, 1, 9] as [Int64] {
      expectClose(fast(Tensor([index])), pick(Tensor([index])))
    }
  }

  @Test func engines() {
    struct Absent: Engine {
      var id: EngineID { EngineID("absent") }
      var availability: EngineAvailability { .unavailable(reason: "no library", remedy: "install it") }
      func compile(_ program: Program) throws(TensorError) -> any Executable {
        throw TensorError(.program, "absent", "the engine is not available: no library", hint: "install it")
      }
    }
    let fast = jit({ x in x * 2 }, engine: Absent())
    #expect(message { _ = fast(1) } == "absent: the engine is not available: no library | install it")
    #expect(message { _ = grad(fast)(1) } == "absent: the engine is not available: no library | install it")
    let engine = CountingEngine("counting derivatives")
    let slope = grad(jit({ x in sin(x) * 3.75 }, engine: engine))
    expectClose(slope(Tensor(0.5)), Tensor(3.75) * cos(Tensor(0.5)))
    let count = engine.count.load(ordering: .relaxed)
    #expect(count == 2)  // the known part and the transposed one
    _ = slope(Tensor(0.75))
    #expect(engine.count.load(ordering: .relaxed) == count)
  }

  @Test func reasons() {
    let statistics = JITStatistics()
    let fast = jit({ (x: [Tensor]) in x[0] * 2 }, engine: ReferenceEngine(), statistics: statistics)
    _ = fast([Tensor([1.0])])
    #expect(statistics.lastRetrace == "the first call")
    _ = fast([Tensor([1.0, 2])])
    #expect(statistics.lastRetrace == "argument tensor 0 was float64[1], and is float64[2]")
    _ = fast([Tensor([1.0, 2]), Tensor([1.0])])
    #expect(statistics.lastRetrace == "the structure of the arguments was [tensor], and is [tensor, tensor]")
    #expect(
      statistics.description == """
        3 calls: 0 hits, 3 traces, 0 not compiled
        3 paths for 3 signatures, 0 guards
        engine: reference
        last trace: the structure of the arguments was [tensor], and is [tensor, tensor]
        """)
  }
}
