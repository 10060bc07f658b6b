import Jacobi
import Testing

/// Compiled functions that change their first argument.
@Suite struct JITInPlaceTests {
  /// Where a tensor's elements are.
  private func address(_ tensor: Tensor) throws -> UInt {
    try tensor.hostValue().withElements(as: Double.self) { UInt(bitPattern: $0.baseAddress) }
  }

  private static let canHandOver = NativeEngine().availability.isAvailable

  @Test func stepsOfAnOptimization() throws {
    func loss(_ w: Tensor, _ x: Tensor) -> Tensor { ((w - x) ** 2).sum() }
    let step = { (w: inout Tensor, x: Tensor) -> Tensor in
      let (value, slope) = valueAndGrad { loss($0, x) }(w)
      w = w - 0.1 * slope
      return value
    }
    let compiled = jitInPlace(step)
    var (w, expected) = (Tensor((0..<1000).map { Double($0) }), Tensor((0..<1000).map { Double($0) }))
    let x = Tensor((0..<1000).map { Double($0 % 7) })
    for _ in 0..<5 {
      let (a, b) = (compiled(&w, x), step(&expected, x))
      #expect(abs(Double(a) - Double(b)) <= 1e-12 * abs(Double(b)))
      #expect(Double(abs(w - expected).max()) < 1e-10)
    }
  }

  @Test(.enabled(if: canHandOver)) func memoryStays() throws {
    let compiled = jitInPlace({ (w: inout [Tensor], g: Tensor) in
      w[0] = w[0] - 0.1 * g
      w[1] = w[1] * 2
    })
    var w = [Tensor((0..<3000).map { Double($0) }), Tensor([1.0, 2])] as [Tensor]
    let g = Tensor([Double](repeating: 1, count: 3000))
    compiled(&w, g)
    let before = try w.map(address)
    for _ in 0..<3 { compiled(&w, g) }
    #expect(try w.map(address) == before)
    #expect(w[1].scalars(as: Double.self) == [16, 32])
    #expect(abs(w[0].scalars(as: Double.self)[10] - 9.6) < 1e-12)
  }

  /// What somebody else refers to is left as it was.
  @Test func othersSeeNothing() {
    let compiled = jitInPlace({ (w: inout Tensor) in w = w * 2 })
    var w = Tensor([1.0, 2, 3])
    var seen: [Tensor] = []
    for _ in 0..<4 {
      seen.append(w)
      compiled(&w)
    }
    #expect(seen.map { $0.scalars(as: Double.self) } == [[1, 2, 3], [2, 4, 6], [4, 8, 12], [8, 16, 24]])
    // The same tensor twice, and as another argument.
    let both = jitInPlace({ (w: inout [Tensor], x: Tensor) in w = [w[0] + x, w[1] - x] })
    var pair = [w, w] as [Tensor]
    for _ in 0..<3 { both(&pair, pair[0]) }
    #expect(pair[0].scalars(as: Double.self) == [128, 256, 384])
    #expect(w.scalars(as: Double.self) == [16, 32, 48])
  }

  /// An element of a large tensor is written where it is.
  @Test(.enabled(if: canHandOver)) func elements() throws {
    let compiled = jitInPlace({ (w: inout Tensor, i: Tensor) in w[3] = w[4] + i.asType(.float64) })
    var w = Tensor((0..<100_000).map { Double($0) })
    compiled(&w, Tensor(1))
    let before = try address(w)
    for _ in 0..<3 { compiled(&w, Tensor(1)) }
    #expect(try address(w) == before && Double(w[3]) == 5 && Double(w[99_999]) == 99_999)
  }

  /// A value that is read at other places than its own cannot be overwritten.
  @Test func neighbours() {
    let shift = { (u: inout Tensor) in u = Tensor.concatenated([u[1...], u[0..<1]]) + u }
    let compiled = jitInPlace(shift)
    var (u, expected) = (Tensor((0..<5000).map { Double($0) }), Tensor((0..<5000).map { Double($0) }))
    for _ in 0..<4 {
      compiled(&u)
      shift(&expected)
    }
    #expect(u.scalars(as: Double.self) == expected.scalars(as: Double.self))
    // Values exchanged: each is read where the other is written.
    let exchange = jitInPlace({ (u: inout [Tensor]) in u = [u[1] * 2, u[0] * 3] })
    var pair = [Tensor([1.0, 2]), Tensor([3.0, 4])] as [Tensor]
    for _ in 0..<3 { exchange(&pair) }
    #expect(pair.map { $0.scalars(as: Double.self) } == [[36, 48], [18, 36]])
  }

  /// What fails leaves the state as it was, and says why.
  @Test func failures() throws {
    let compiled = jitInPlace({ (w: inout Tensor, i: Tensor) in w = w * 2 + w[i] })
    let places = Tensor([0, 1, 7] as [Int64])
    var w = Tensor([1.0, 2, 3])
    compiled(&w, places[0])
    compiled(&w, places[1])
    #expect(w.scalars(as: Double.self) == [11, 15, 19])
    let before = w
    let error = #expect(throws: TensorError.self) {
      try catchingTensorErrors {
        var copy = w
        compiled(&copy, places[2])
        return copy
      }
    }
    #expect(error?.description.contains("7") == true)
    #expect(w.scalars(as: Double.self) == before.scalars(as: Double.self))
  }

  struct Model: TensorTree {
    var layers: [Tensor]
    var rate = 0.5
    mutating func forEachTensor(_ body: (inout Tensor) -> Void) { layers.forEachTensor(body) }
  }

  /// A state that holds numbers besides tensors, which the function reads and writes.
  @Test func structs() throws {
    let compiled = jitInPlace({ (m: inout Model, x: Tensor) -> Tensor in
      for index in m.layers.indices { m.layers[index] = m.layers[index] - m.rate * x }
      return m.layers[0].sum()
    })
    var model = Model(layers: [Tensor([1.0, 2]), Tensor([3.0, 4])] as [Tensor])
    let x = Tensor([1.0, 1])
    #expect(Double(compiled(&model, x)) == 2)
    let before = try model.layers.map(address)
    #expect(Double(compiled(&model, x)) == 1)
    model.rate = 1
    #expect(Double(compiled(&model, x)) == -1)
    #expect(Double(compiled(&model, x)) == -3)
    #expect(model.layers[1].scalars(as: Double.self) == [0, 1])
    if Self.canHandOver { #expect(try model.layers.map(address).count == before.count) }
  }

  /// What stays as it was may be read at any time.
  @Test func partsThatStay() {
    let compiled = jitInPlace({ (w: inout [Tensor]) -> Tensor in
      let old = w[0]
      w = [w[1] + old, old] as [Tensor]
      return old * 10
    })
    var w = [Tensor([1.0, 2]), Tensor([3.0, 5])] as [Tensor]
    var results: [[Double]] = []
    for _ in 0..<4 { results.append(compiled(&w).scalars(as: Double.self)) }
    // Fibonacci's numbers.
    #expect(results == [[10, 20], [40, 70], [50, 90], [90, 160]])
  }

  @Test func derivativesThroughIt() {
    let compiled = jitInPlace({ (w: inout Tensor, x: Tensor) in w = w * x })
    let f = { (x: Tensor) -> Tensor in
      var w = Tensor([1.0, 1])
      for _ in 0..<3 { compiled(&w, x) }
      return w.sum()
    }
    #expect(grad(f)(Tensor([2.0, 3])).scalars(as: Double.self) == [12, 27])
    #expect(vmap(f)(Tensor([[1.0, 2], [2, 3]])).scalars(as: Double.self) == [9, 35])
  }
}
