import Jacobi
import Synchronization
import TestSupport
import Testing

/// Swift's own control flow under `jit`.
@Suite struct JITGuardTests {
  @Test func eachBranchIsAPath() {
    let statistics = JITStatistics()
    var runs = 0
    let fast = jit(
      { x in
        runs += 1
        return Bool(x .> 0) ? sqrt(x) : -x
      }, statistics: statistics)
    for _ in 0..<5 { #expect(Double(fast(4)) == 2 && Double(fast(-3)) == 3 && Double(fast(9)) == 3) }
    #expect(runs == 2)
    #expect((statistics.traces, statistics.paths, statistics.guards, statistics.hits) == (2, 2, 2, 13))
    #expect(statistics.lastRetrace?.hasPrefix("the function reads false") == true, "\(statistics)")
    #if canImport(Runtime)
      #expect(statistics.lastRetrace?.contains(" at JITGuardTests.swift:") == true, "\(statistics)")
    #endif
  }

  @Test func treesOfPaths() {
    func f(_ x: Tensor) -> Tensor {
      if Bool(x[0] .> 0) { return Bool(x[1] .> 0) ? x[0] * x[1] : x[0] - x[1] }
      if Bool(x[1] .> 1) { return x[0] + 10 }
      return Bool(x[0] + x[1] .> -3) ? x[1] * 7 : x[0] ** 2
    }
    let statistics = JITStatistics()
    let fast = jit(f, statistics: statistics)
    let points: [[Double]] = [[1, 2], [1, -2], [-1, 2], [-1, 0.5], [-5, 0.5], [3, 4], [-2, 5], [-7, 1]]
    for _ in 0..<3 { for point in points { expectClose(fast(Tensor(point)), f(Tensor(point))) } }
    #expect((statistics.paths, statistics.traces, statistics.eagerCalls) == (5, 5, 0))
  }

  @Test func loopsAreAPathForEachNumberOfSteps() {
    func root(_ a: Tensor) -> Tensor {
      var x = a
      while Bool(abs(x * x - a) .> 1e-12) { x = (x + a / x) / 2 }
      return x
    }
    let statistics = JITStatistics()
    let fast = jit(root, statistics: statistics)
    for a in [4.0, 2, 9, 100, 4, 2] { expectClose(fast(Tensor(a)), Tensor(a.squareRoot())) }
    #expect(statistics.traces <= 4 && statistics.eagerCalls == 0)
    for a in [4.0, 2, 100] { expectClose(jit(grad(root))(Tensor(a)), grad(root)(Tensor(a))) }
    for a in [4.0, 2, 100] { expectClose(grad(fast)(Tensor(a)), grad(root)(Tensor(a))) }
  }

  @Test func numbersThatAreRead() {
    let statistics = JITStatistics()
    func f(_ x: Tensor) -> Tensor {
      let numbers = Double(x[0]) * Double(Int(x[1]))
      return x * numbers + x.scalars(as: Double.self)[0]
    }
    let fast = jit(f, statistics: statistics)
    expectClose(fast([2, 3]), [14, 20])
    expectClose(fast([2, 3]), [14, 20])
    expectClose(fast([4, 3]), [52, 40])
    #expect((statistics.traces, statistics.hits) == (2, 1))
    #expect(statistics.lastRetrace?.contains("reads 4.0") == true)
    #expect(statistics.lastRetrace?.contains("compare before reading") == true)
  }

  @Test func guardsAreComparedBitByBit() {
    let statistics = JITStatistics()
    let fast = jit({ (x: Tensor) in Double(x).isNaN ? Tensor(1.0) : x * 1 + Double(1 / x) }, statistics: statistics)
    let nan = Double.nan
    #expect(Double(fast(Tensor(nan))) == 1 && Double(fast(Tensor(nan))) == 1)
    #expect((statistics.traces, statistics.hits) == (1, 1))
    #expect(Double(fast(Tensor(0.0 as Double))) == .infinity)
    let negative = -0.0
    #expect(Double(fast(Tensor(negative))) == -.infinity)
    #expect(statistics.traces == 3)
  }

  @Test func boundedPaths() {
    let statistics = JITStatistics()
    let fast = jit({ x in x * Double(x) }, guards: .paths(atMost: 3), statistics: statistics)
    for value in 1...10 { #expect(Double(fast(Tensor(Double(value)))) == Double(value * value)) }
    for value in 1...10 { #expect(Double(fast(Tensor(Double(value)))) == Double(value * value)) }
    #expect((statistics.paths, statistics.traces, statistics.eagerCalls, statistics.hits) == (3, 3, 14, 3))
    #expect(statistics.lastEagerCall?.hasPrefix("no path fits, and there are 3 for these types") == true)
    let other = JITStatistics()
    let many = jit({ x in x * Double(x) }, statistics: other)
    for value in 1...70 { #expect(Double(many(Tensor(Double(value)))) == Double(value * value)) }
    #expect((other.paths, other.eagerCalls) == (64, 6))
  }

  @Test func manyReadsAreComputedOnce() {
    let evaluations = Atomic(0)
    let counted = pureCallback(name: "counted") { (x: HostTensor) in
      evaluations.add(1, ordering: .relaxed)
      return x
    }
    let fast = jit { x in
      var y = x
      for _ in 0..<100 where Bool(counted(y) .> 0) { y = counted(y) * 0.999 }
      return y
    }
    let first = Double(fast(2))
    // Once where they are read; in the program; and to compare the guards: 200 each, were it not for equal equations.
    #expect(evaluations.load(ordering: .relaxed) <= 600)
    #expect(Double(fast(2)) == first)
    #expect(evaluations.load(ordering: .relaxed) <= 1000)
  }

  @Test func readsInsideTransformsInside() {
    let g = { (x: Tensor) in Bool(x[0] .> 0) ? (x * x * x).sum() : -x.sum() }
    for point in [[1.0, 2], [-1, 2]] {
      let x = Tensor(point)
      let fast = [
        jit(grad(g)), jit { jvp(g, at: $0, along: [1, 0]).tangent }, jit(hessian(g)),
        jit { hvp(g, at: $0, along: [0, 1]) },
      ]
      let slow: [(Tensor) -> Tensor] = [
        grad(g), { jvp(g, at: $0, along: [1, 0]).tangent }, hessian(g), { hvp(g, at: $0, along: [0, 1]) },
      ]
      for (fast, slow) in zip(fast, slow) { for _ in 0..<2 { expectClose(fast(x), slow(x)) } }
    }
  }

  @Test func readsInFunctionsThatBecomeEquations() {
    let branch = { (x: Tensor) in Bool(x .> 0) ? sin(x) : x * x }
    let derivative = { (x: Tensor) in Bool(x .> 0) ? cos(x) : 2 * x }
    let functions: [(Tensor) -> Tensor] = [
      subprogram("branch", branch), checkpoint(branch),
      customJVP(branch) { x, dx in (branch(x), dx * derivative(x)) },
      customVJP(branch, { x in (branch(x), x) }) { x, ct in ct * derivative(x) },
      { x in scan({ s, _ in (Bool(x .> 0) ? s + x : s - x, s) }, x, over: Tensor.zeros([3])).state },
      { x in Bool(x .> 0) ? cond(x .> 1, then: { x * 3 }, else: { x }) : -x },
    ]
    for (number, f) in functions.enumerated() {
      let statistics = JITStatistics()
      let fast = jit(f, statistics: statistics)
      let gradient = jit(grad(f))
      for x in [0.5, -0.5, 0.75, -1.5, 2] {
        expectClose(fast(Tensor(x)), f(Tensor(x)))
        expectClose(gradient(Tensor(x)), grad(f)(Tensor(x)))
        expectClose(grad(fast)(Tensor(x)), grad(f)(Tensor(x)))
        expectClose(jit(jit(grad(fast)))(Tensor(x)), grad(f)(Tensor(x)))
      }
      #expect((statistics.paths, statistics.eagerCalls) == (2, 0), "function \(number): \(statistics)")
    }
  }

  /// A loop of another path, which never ends for these arguments, is not run to find out.
  @Test func guardsComeBeforeLoops() {
    let fast = jit { x in
      if Bool(x .> 0) { return whileLoop({ y in y .> 0 }, { y in y - 1 }, x) }
      return x * 2
    }
    let loops = jit { x in
      let steps = Bool(x .< 100) ? whileLoop({ y in y .!= 8 }, { y in y * 2 }, x) : x
      return Bool(steps .> 5) ? x : -x
    }
    for _ in 0..<2 { #expect(Double(fast(2.5)) == -0.5 && Double(fast(-3)) == -6) }
    for _ in 0..<2 { #expect(Double(loops(1)) == 1 && Double(loops(300)) == 300) }
  }

  @Test func failuresOfAnotherPath() {
    let statistics = JITStatistics()
    let data = Tensor([10.0, 20, 30])
    let fast = jit(
      { (i: Tensor) in Bool(i[0] .< 3) ? data.take(i) : i.asType(.float64) }, statistics: statistics)
    for _ in 0..<2 {
      #expect("\(fast(Tensor([1, 2] as [Int64])))" == "[20. 30.]")
      #expect("\(fast(Tensor([7, 2] as [Int64])))" == "[7. 2.]")
    }
    #expect((statistics.eagerCalls, statistics.traces) == (0, 2), "\(statistics)")
  }

  @Test func printingIsNoGuard() {
    let statistics = JITStatistics()
    var printed = ""
    let fast = jit(
      { x in
        printed += "\(x * 2) "
        return x + 1
      }, statistics: statistics)
    #expect(Double(fast(1)) == 2 && Double(fast(5)) == 6)
    #expect(printed == "2.0 " && statistics.guards == 0)
  }

  /// What the function reads is computed on the host while it is traced, and by the engine later.
  @Test func enginesThatRoundOtherwise() {
    let statistics = JITStatistics()
    let fast = jit(
      { x in x * Double(x.sum()) }, engine: ChangingEngine("rounding") { $0.nextUp }, statistics: statistics)
    for _ in 0..<3 { expectClose(fast([1, 2]), [3, 6]) }
    #expect((statistics.traces, statistics.hits, statistics.eagerCalls) == (1, 2, 0), "\(statistics)")
    // More than rounding: the path is not kept, and the function runs as it is.
    let other = JITStatistics()
    let wrong = jit({ x in x * Double(x.sum()) }, engine: ChangingEngine("wrong") { $0 + 1 }, statistics: other)
    for _ in 0..<3 { #expect(wrong([1, 2]).scalars(as: Double.self) == [3, 6]) }
    #expect((other.paths, other.hits, other.eagerCalls) == (0, 0, 3), "\(other)")
    #expect(other.lastEagerCall?.contains("is not what the host computes") == true)
  }
}

/// The reference engine with other numbers in the results.
private struct ChangingEngine: Engine {
  let id: EngineID
  let change: @Sendable (Double) -> Double

  init(_ name: String, _ change: @escaping @Sendable (Double) -> Double) {
    id = EngineID(name)
    self.change = change
  }

  var availability: EngineAvailability { .available("") }

  func compile(_ program: Program) throws(TensorError) -> any Executable {
    Changed(executable: try ReferenceEngine().compile(program), change: change)
  }

  private struct Changed: Executable {
    let executable: any Executable
    let change: @Sendable (Double) -> Double

    func run(_ arguments: [HostTensor]) throws(TensorError) -> [HostTensor] {
      var changed: [HostTensor] = []
      for result in try executable.run(arguments) {
        changed.append(try HostTensor(result.shape, result.elements(as: Double.self).map(change)))
      }
      return changed
    }
  }
}
