import Jacobi
import Synchronization
import TestSupport
import Testing

@testable import Transforms

/// What `jit` gives is what the function gives, for every kind of argument and result.
@Suite struct JITTests {
  @Test func valuesAndGradients() {
    let x: Tensor = [2, 5]
    let statistics = JITStatistics()
    let fast = jit(grad(talk), statistics: statistics)
    for _ in 0..<3 { #expect(fast(x).scalars(as: Double.self) == [5.5, 1.7163378145367738]) }
    #expect((statistics.calls, statistics.traces, statistics.hits) == (3, 1, 2))
    #expect((statistics.paths, statistics.signatures, statistics.guards) == (1, 1, 0))
    #expect(
      statistics.engine == EngineRegistry.preferred.id && statistics.compileTime > .zero && statistics.traceTime > .zero
    )
    expectClose(jit(talk)(x), talk(x))
    expectClose(jit { x in x * x }(3.0), 9.0)
  }

  @Test func functionRunsOncePerType() {
    var runs = 0
    let fast = jit { x in
      runs += 1
      return x * 2
    }
    _ = (fast([1, 2]), fast([3, 4]), fast([5, 6]))
    #expect(runs == 1)
    #expect("\(fast([1, 2, 3]))" == "[2. 4. 6.]" && runs == 2)
    #expect(fast(Tensor([1] as [Float])).dtype == .float32 && runs == 3)
    #expect("\(fast([7, 8]))" == "[14. 16.]" && runs == 3)
  }

  @Test func elementTypes() {
    let integers = Tensor([3, 4] as [Int64])
    #expect(jit { x in x + x }(integers).scalars(as: Int64.self) == [6, 8])
    #expect(jit { x in x .== x }(integers).scalars(as: Bool.self) == [true, true])
    let truths = Tensor([true, false])
    #expect(jit { x in .!x }(truths).scalars(as: Bool.self) == [false, true])
    let z = complex(Tensor([1.0, 2]), Tensor([3.0, -1]))
    let f = { (z: Tensor) in z * conjugate(z) + z }
    #expect("\(jit(f)(z))" == "\(f(z))")
    let empty = Tensor.zeros([0, 3])
    #expect(jit { x in sin(x) }(empty).shape == [0, 3])
    #expect(Double(jit { x in x.sum() }(empty)) == 0)
  }

  struct Model: TensorTree {
    var weights: Tensor
    var degree: Int
    mutating func forEachTensor(_ body: (inout Tensor) -> Void) { body(&weights) }
  }

  @Test func treesAndSeveralArguments() {
    let two = jit { (x: Tensor, y: Tensor) in x * y + 1 }
    #expect(Double(two(Tensor([3.0])[0], Tensor([4.0])[0])) == 13)
    let three = jit { (x: Tensor, y: [Tensor], z: [String: Tensor]) in x * y[0] - y[1] + z["a"]! }
    #expect("\(three([1, 2], [3, 4], ["a": [10, 20]]))" == "[ 9. 22.]")
    let tree = jit { (x: [String: Tensor]) in [x["a"]!.sum(), x["b"]! * 2] }
    let result = tree(["a": [1, 2], "b": 4])
    #expect(Double(result[0]) == 3 && Double(result[1]) == 8)
    let optional = jit { (x: Tensor?) -> [Tensor] in x.map { [$0 * 2] } ?? [] }
    #expect(optional(nil).count == 0 && Double(optional(Tensor(2.0))[0]) == 4)
  }

  @Test func partsOfArgumentsThatAreNoTensors() {
    let statistics = JITStatistics()
    let fast = jit(
      { (m: Model) in (0..<m.degree).reduce(Tensor(1.0)) { y, _ in y * m.weights } }, statistics: statistics)
    #expect(Double(fast(Model(weights: 2, degree: 3))) == 8)
    #expect(Double(fast(Model(weights: 2, degree: 4))) == 16)
    #expect(Double(fast(Model(weights: 3, degree: 3))) == 27)
    #expect((statistics.traces, statistics.hits) == (2, 1))
    #expect(statistics.lastRetrace == "a static argument, or a part of an argument, was 3, and is 4")
  }

  struct Lists: TensorTree {
    var a: [Tensor]
    var b: [Tensor]
    mutating func forEachTensor(_ body: (inout Tensor) -> Void) {
      a.forEachTensor(body)
      b.forEachTensor(body)
    }
  }

  /// As many tensors can be distributed in several ways.
  @Test func listsInStructs() {
    let f = { (x: Lists) in x.a.reduce(Tensor(0.0)) { $0 + $1 } - x.b.reduce(Tensor(0.0)) { $0 + $1 } }
    let fast = jit(f)
    let x = Tensor([1.0, 10, 100])
    for _ in 0..<2 {
      for split in 0...3 {
        let lists = Lists(a: (0..<split).map { x[$0] }, b: (split..<3).map { x[$0] })
        #expect(Double(fast(lists)) == Double(f(lists)))
        let nested = jit { (x: [[Tensor]]) in x[0].count * (x.first?.first ?? 7) }
        #expect(Double(nested([lists.a, lists.b])) == Double(split) * (split == 0 ? 7 : 1))
      }
    }
  }

  struct Frozen: TensorTree {
    var weights: Tensor
    @Static var table: Tensor
    mutating func forEachTensor(_ body: (inout Tensor) -> Void) { body(&weights) }
  }

  /// Tensors that are not visited are compared like other parts.
  @Test func tensorsThatAreNotVisited() {
    let statistics = JITStatistics()
    let fast = jit({ (x: Frozen) in x.weights * x.table }, statistics: statistics)
    for table in [[1.0, 2], [3, 4], [1, 2]] {
      for weight in [1.0, 2] {
        let result = fast(Frozen(weights: Tensor([weight])[0], table: Tensor(table)))
        #expect("\(result)" == "\(Tensor(table.map { $0 * weight }))")
      }
    }
    #expect((statistics.traces, statistics.hits) == (2, 4))
  }

  struct Layer: TensorTree {
    var weights: Tensor
    var bias: Tensor
    mutating func forEachTensor(_ body: (inout Tensor) -> Void) {
      body(&weights)
      body(&bias)
    }
  }

  struct Scaled: TensorTree {
    var x: Tensor
    var factor: Double
    mutating func forEachTensor(_ body: (inout Tensor) -> Void) { body(&x) }
  }

  struct Shifted: TensorTree {
    var x: Tensor
    var shift: Double
    mutating func forEachTensor(_ body: (inout Tensor) -> Void) { body(&x) }
  }

  struct Holder: TensorTree {
    var inner: any TensorTree
    mutating func forEachTensor(_ body: (inout Tensor) -> Void) { inner.forEachTensor(body) }
  }

  /// Trees in which there is nothing but tensors, whose number says how they lie, take a short way.
  @Test func countedTrees() {
    let (x, y) = (Tensor(1.0), Tensor(2.0))
    let layer = Layer(weights: x, bias: y)
    #expect(CountedTrees.contain(x) && CountedTrees.contain([x, y] as [Tensor]) && CountedTrees.contain(layer))
    #expect(CountedTrees.contain([layer, layer]) && CountedTrees.contain(Optional(layer)))
    #expect(!CountedTrees.contain(Scaled(x: x, factor: 2)) && !CountedTrees.contain(Frozen(weights: x, table: y)))
    #expect(!CountedTrees.contain([[x], [y]]) && !CountedTrees.contain(Lists(a: [x], b: [y])))
    #expect(!CountedTrees.contain(Holder(inner: x)) && !CountedTrees.contain(Holder(inner: layer)))
    #expect(!CountedTrees.contain(["a": x]) && !CountedTrees.contain([Layer]()))
  }

  @Test func treesOfDifferentTypesInOneProperty() {
    let fast = jit { (x: Holder) in
      switch x.inner {
      case let inner as Scaled: inner.x * inner.factor
      case let inner as Shifted: inner.x + inner.shift
      case let inner as Layer: inner.weights + inner.bias
      default: x.tensors[0]
      }
    }
    let x = Tensor([3.0])[0]
    for _ in 0..<3 {
      #expect(Double(fast(Holder(inner: x))) == 3)
      #expect(Double(fast(Holder(inner: Scaled(x: x, factor: 2)))) == 6)
      #expect(Double(fast(Holder(inner: Scaled(x: x, factor: 5)))) == 15)
      #expect(Double(fast(Holder(inner: Shifted(x: x, shift: 5)))) == 8)
      #expect(Double(fast(Holder(inner: Layer(weights: x, bias: x)))) == 6)
    }
  }

  /// Numbers of elements of lists, types and shapes change between calls that take the short way.
  @Test func shortWays() {
    let statistics = JITStatistics()
    let sum = jit(
      { (x: [Tensor], y: Layer?) in
        x.reduce(Tensor(0.0)) { $0 + $1.sum() } + (y.map { $0.weights * $0.bias } ?? 100)
      }, statistics: statistics)
    let (one, two) = (Tensor([1.0, 2]), Tensor([1.0, 2, 3]))
    let layer = Layer(weights: Tensor([2.0])[0], bias: Tensor([3.0])[0])
    for _ in 0..<3 {
      for (list, sum1) in [([one], 3.0), ([one, two], 9), ([two], 6), ([], 0), ([two, two], 12)] {
        #expect(Double(sum(list, layer)) == sum1 + 6)
        #expect(Double(sum(list, layer)) == sum1 + 6)
        #expect(Double(sum(list, nil)) == sum1 + 100)
      }
    }
    #expect((statistics.traces, statistics.calls, statistics.eagerCalls) == (10, 45, 0))
    #expect(Double(grad { x in sum([x, one], layer) }(two)[1]) == 1)
  }

  @Test func partsThatCannotBeCompared() {
    struct Activated: TensorTree {
      var x: Tensor
      var function: (Tensor) -> Tensor
      mutating func forEachTensor(_ body: (inout Tensor) -> Void) { body(&x) }
    }
    let statistics = JITStatistics()
    let fast = jit({ (a: Activated) in a.function(a.x) }, statistics: statistics)
    #expect(Double(fast(Activated(x: 2) { $0 * 3 })) == 6)
    #expect(Double(fast(Activated(x: 2) { $0 * 5 })) == 10)
    #expect((statistics.eagerCalls, statistics.traces, statistics.hits) == (2, 0, 0))
    #expect(statistics.lastEagerCall?.contains("(Tensor) -> Tensor, which cannot be compared") == true)
  }

  @Test func staticArguments() {
    let statistics = JITStatistics()
    let power = jit({ (n: Int, x: Tensor) in (0..<n).reduce(Tensor(1.0)) { y, _ in y * x } }, statistics: statistics)
    #expect(Double(power(3, 2)) == 8 && Double(power(5, 2)) == 32 && Double(power(3, 4)) == 64)
    #expect((statistics.traces, statistics.hits) == (2, 1))
    let named = jit { (name: String, x: [Tensor]) in name == "sum" ? x[0] + x[1] : x[0] * x[1] }
    #expect(Double(named("sum", [3, 4])) == 7 && Double(named("product", [3, 4])) == 12)
    #expect(Double(grad { x in power(3, x) }(2)) == 12)
  }

  @Test func resultsThatAreNoOutputs() {
    let captured = Tensor([1.0, 2])
    #expect("\(jit { _ in captured }(5))" == "[1. 2.]")
    #expect("\(jit { x in x }([3, 4]))" == "[3. 4.]")
    let mixed = jit { (x: [Tensor]) in [x[1], x[0] * 2, captured, x[0] * 2, 7] }
    for shift in [0.0, 1] {
      let result = mixed([[1 + shift, 2], 9])
      #expect(
        "\(result)" == "\([Tensor(9.0), Tensor([2 + 2 * shift, 4]), captured, Tensor([2 + 2 * shift, 4]), Tensor(7.0)])"
      )
    }
    #expect(jit { (x: [Tensor]) in [Tensor]() }([1]).isEmpty)
    #expect(Double(jit { (x: [Tensor]) in Tensor(3.0) * 2 }([])) == 6)
    // A literal stays one, as without jit.
    #expect((jit { _ in 2 }(1) * Tensor([1] as [Float])).dtype == .float32)
  }

  @Test func resultsWhoseStructureDependsOnThePath() {
    let fast = jit { (x: Tensor) -> [Tensor] in Bool(x .> 0) ? [x, x * x] : [-x] }
    for _ in 0..<2 {
      #expect("\(fast(3))" == "[Tensor(3.0), Tensor(9.0)]")
      #expect("\(fast(-3))" == "[Tensor(3.0)]")
    }
  }

  @Test func capturedTensorsAreSharedConstants() throws {
    let table = Tensor(shape: [1000], scalars: (0..<1000).map(Double.init))
    let fast = jit { x in table * x }
    #expect(Double(fast(2)[999]) == 1998)
    let recorded = program(of: fast, at: 2)
    let inner = try #require(recorded.subprograms.first)
    #expect(inner.program.description.contains("multiply"))
  }

  @Test func signaturesAreForgotten() {
    let statistics = JITStatistics()
    let fast = jit({ x in x + 1 }, statistics: statistics)
    for count in 1...300 { #expect(fast(Tensor.zeros([count])).count == count) }
    #expect(statistics.signatures == 256 && statistics.traces == 300)
    #expect(fast(Tensor.zeros([1])).count == 1 && statistics.traces == 301)
  }
}
