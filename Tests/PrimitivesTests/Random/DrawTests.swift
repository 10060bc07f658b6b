import Jacobi
import JacobiTesting
import Testing

/// Draws under transforms, their derivatives by parameters, and their frequencies.
@Suite("Random draws") struct DrawTests {
  /// All draws, as functions of a key.
  static let draws: [(name: String, draw: @Sendable (RandomKey) -> Tensor)] = [
    ("bits", { .bits([5], key: $0) }),
    ("bits of int64", { .bits([2, 3], key: $0, dtype: .int64) }),
    ("uniform", { .uniform([3, 5], key: $0) }),
    ("uniform between bounds", { .uniform([4], key: $0, from: [-1, 0, 2, 3], to: 7) }),
    ("uniform of float32", { .uniform([33], key: $0, dtype: .float32) }),
    ("a single uniform", { .uniform(key: $0) }),
    ("normal", { .normal([17], key: $0, mean: 2, standardDeviation: 0.5) }),
    ("normal of float32", { .normal([2, 2], key: $0, dtype: .float32) }),
    ("normal of complex64", { .normal([3], key: $0, dtype: .complex64) }),
    ("truncatedNormal", { .truncatedNormal([9], key: $0, from: -0.5, to: 2) }),
    ("exponential", { .exponential([9], key: $0, rate: 3) }),
    ("gumbel", { .gumbel([9], key: $0) }),
    ("logistic", { .logistic([9], key: $0, location: 1) }),
    ("laplace", { .laplace([9], key: $0, scale: 2) }),
    ("cauchy", { .cauchy([9], key: $0) }),
    ("bernoulli", { .bernoulli([20], key: $0, probability: 0.3) }),
    ("randomIntegers", { .randomIntegers([20], key: $0, in: -3..<10) }),
    ("randomIntegers of a wide range", { .randomIntegers([20], key: $0, in: -3..<(1 << 61)) }),
    ("randomIntegers of int32", { .randomIntegers([20], key: $0, in: 0...99, dtype: .int32) }),
    ("categorical", { .categorical([6], key: $0, logits: [0, 1, 2]) }),
    ("permutation", { $0.permutation(12) }),
    ("shuffled", { Tensor.arange(12).reshaped(3, 4).shuffled(key: $0, axis: 1, independently: true) }),
    ("choice", { Tensor([10, 20, 30]).choice([7], key: $0) }),
    ("choice with weights", { Tensor([10, 20, 30]).choice([7], key: $0, weights: [1, 2, 3]) }),
    ("choice without replacement", { Tensor.arange(9).choice([4], key: $0, replacing: false) }),
    (
      "choice without replacement with weights",
      { Tensor([10, 20, 30]).choice([2], key: $0, replacing: false, weights: [1, 2, 3]) }
    ),
    ("keys", { key in Tensor.stacked(key.split(count: 3).map(\.words)) }),
    ("a folded key", { $0.folding(in: 12).words }),
  ]

  @Test(arguments: draws.map(\.name)) func sameUnderAllTransforms(_ name: String) throws {
    let draw = try #require(Self.draws.first { $0.name == name }).draw
    func keys() -> RandomKey { RandomKey(seed: 3).split(into: 6) }
    let all = keys()
    let alone = Tensor.stacked((0..<6).map { draw(all[$0]) })
    let isExact = alone.dtype.isInteger || name.contains("uniform")
    func expectEqual(_ other: Tensor, _ way: String) {
      #expect(other.type == alone.type, "\(way)")
      // Elementary functions round differently in vectors.
      let tolerance = isExact ? 0 : alone.dtype == .float64 || alone.dtype == .bool ? 1e-14 : 1e-6
      let difference = abs(other.asComplex - alone.asComplex).max()
      let size = abs(alone.asComplex).max()
      #expect(Double(difference) <= tolerance * Double(size), "\(way): \(other)")
    }
    expectEqual(vmap { key in draw(key) }(keys()), "vmap")
    expectEqual(jit(vmap { key in draw(key) })(keys()), "jit of vmap")
    expectEqual(jit(vmap { key in draw(key) }, engine: ReferenceEngine())(keys()), "reference jit of vmap")
    let compiled = jit { (key: RandomKey) in draw(key) }
    let again = keys()
    expectEqual(Tensor.stacked((0..<6).map { compiled(again[$0]) }), "jit")
    expectEqual(
      scan({ (state: Tensor, key: RandomKey) in (state, draw(key)) }, Tensor(0.0), over: keys()).results, "scan")
    let squares = vmap { row in vmap { key in draw(key) }(row) }(RandomKey(words: keys().words.reshaped(2, 3, 2)))
    expectEqual(squares.reshaped([6] + alone.shape.dimensions.dropFirst()), "vmap of vmap")
  }

  @Test func parametersHaveClosedDerivatives() throws {
    func key() -> RandomKey { RandomKey(seed: 11) }
    let u = Tensor.uniform([4], key: key())
    func gradient(_ x: Tensor, _ draw: @escaping (Tensor) -> Tensor) -> Tensor {
      let weights: Tensor = [1, 10, 100, 1000]
      return grad { x in (weights * draw(x)).sum() }(x)
    }
    func expectEqual(_ a: Tensor, _ b: Tensor, _ name: String) {
      #expect(Double(abs(a - b).max()) <= 1e-12 * Double(abs(b).max()), "\(name)")
    }
    let (low, high): (Tensor, Tensor) = ([0, 1, 2, 3], [5, 6, 7, 9])
    let weights: Tensor = [1, 10, 100, 1000]
    expectEqual(gradient(low) { .uniform(key: key(), from: $0, to: high) }, weights * (1 - u), "low")
    expectEqual(gradient(high) { .uniform(key: key(), from: low, to: $0) }, weights * u, "high")
    let z = Tensor.normal([4], key: key())
    expectEqual(gradient(low) { .normal(key: key(), mean: $0, standardDeviation: 2) }, weights, "mean")
    expectEqual(gradient(low) { .normal(key: key(), mean: 2, standardDeviation: $0) }, weights * z, "deviation")
    let e = Tensor.exponential([4], key: key())
    expectEqual(gradient(high) { .exponential(key: key(), rate: $0) }, -weights * e / square(high), "rate")
    for (name, draw) in [
      ("gumbel", Tensor.gumbel(_:key:location:scale:dtype:)), ("laplace", Tensor.laplace(_:key:location:scale:dtype:)),
      ("logistic", Tensor.logistic(_:key:location:scale:dtype:)),
      ("cauchy", Tensor.cauchy(_:key:location:scale:dtype:)),
    ] {
      let standard = draw([4], key(), 0, 1, nil)
      expectEqual(gradient(low) { draw(nil, key(), $0, 2, nil) }, weights, name)
      expectEqual(gradient(high) { draw(nil, key(), 2, $0, nil) }, weights * standard, name)
    }
    // x = √2 erfinv(u) has the derivative of the inverse of the distribution function: differences say so, to order 2.
    try checkGradients(
      { (p: [Tensor]) in
        Tensor.truncatedNormal([4], key: key(), from: p[0], to: p[1], mean: p[2], standardDeviation: p[3])
      }, at: [Tensor(-0.7), Tensor(1.5), Tensor(0.2), Tensor(1.3)])
  }

  /// Means and variances of 20,000 numbers are within five standard errors of what they should be.
  @Test func moments() {
    let count = 20_000
    func key(_ number: Int) -> RandomKey { RandomKey(seed: 5).folding(in: number) }
    let cases: [(name: String, numbers: Tensor, mean: Double, variance: Double, fourth: Double)] = [
      ("uniform", .uniform([count], key: key(0), from: -1, to: 3), 1, 4.0 / 3, 16.0 / 5),
      ("normal", .normal([count], key: key(1), mean: 2, standardDeviation: 3), 2, 9, 243),
      ("exponential", .exponential([count], key: key(2), rate: 2), 0.5, 0.25, 9.0 / 16),
      ("gumbel", .gumbel([count], key: key(3)), 0.5772156649015329, .pi * .pi / 6, 14.6),
      ("logistic", .logistic([count], key: key(4)), 0, .pi * .pi / 3, 45.5),
      ("laplace", .laplace([count], key: key(5), location: 1, scale: 2), 1, 8, 384),
      ("bernoulli", Tensor.bernoulli([count], key: key(6), probability: 0.2).asType(.float64), 0.2, 0.16, 0.0832),
      ("integers", Tensor.randomIntegers([count], key: key(7), in: 0..<10).asType(.float64), 4.5, 8.25, 120.8),
    ]
    for (name, numbers, mean, variance, fourth) in cases {
      let deviation = abs(Double(numbers.mean()) - mean)
      #expect(deviation < 5 * (variance / Double(count)).squareRoot(), "the mean of \(name) is off by \(deviation)")
      let spread = abs(Double(square(numbers - mean).mean()) - variance)
      let error = ((fourth - variance * variance) / Double(count)).squareRoot()
      #expect(spread < 5 * error, "the variance of \(name) is off by \(spread)")
    }
    let truncated = Tensor.truncatedNormal([count], key: key(8), from: -1, to: 2)
    #expect(Bool((truncated .>= -1).all()) && Bool((truncated .<= 2).all()))
    // (φ(-1) - φ(2)) / (Φ(2) - Φ(-1))
    #expect(abs(Double(truncated.mean()) - 0.2296372) < 5 * 0.7 / Double(count).squareRoot())
  }

  /// Bounds that are infinite, far from the mean, or one and the same.
  @Test func farBounds() {
    for dtype in [DType.float64, .float32] {
      func draw(_ low: Double, _ high: Double) -> Tensor {
        .truncatedNormal(
          [2000], key: RandomKey(seed: 9), from: Tensor(low).asType(dtype), to: Tensor(high).asType(dtype))
      }
      let whole = draw(-.infinity, .infinity)
      let normal = Tensor.normal([2000], key: RandomKey(seed: 9), dtype: dtype)
      #expect(Double(abs(whole - normal).max()) < (dtype == .float64 ? 1e-10 : 1e-3))
      for (low, high) in [(3, .infinity), (-.infinity, -4), (8.5, 9), (20, 30), (-30, -20), (0.5, 0.5)] {
        let numbers = draw(low, high).asType(.float64)
        #expect(Bool(isFinite(numbers).all()), "\(low), \(high)")
        #expect(Bool((numbers .>= low).all()) && Bool((numbers .<= high).all()), "\(low), \(high)")
      }
      // φ(3) / Φ(-3), and the variance by it.
      let tail = draw(3, .infinity).asType(.float64)
      #expect(abs(Double(tail.mean()) - 3.283098) < 5 * 0.2644 / (2000.0).squareRoot())
    }
  }

  /// The sum of (observed - expected)² / expected is as large as chance makes it: for so many classes the mean is about
  /// their number, with a variance of twice that.
  private func expectEven(_ counts: [Int], _ probabilities: [Double]?, _ name: String) {
    let total = Double(counts.reduce(0, +))
    let chi = counts.enumerated().reduce(0.0) { sum, item in
      let expected = total * (probabilities?[item.offset] ?? 1 / Double(counts.count))
      return sum + (Double(item.element) - expected) * (Double(item.element) - expected) / expected
    }
    let freedom = Double(counts.count - 1)
    #expect(abs(chi - freedom) < 5 * (2 * freedom).squareRoot(), "\(name): χ² is \(chi) for \(freedom) degrees")
  }

  @Test func frequencies() {
    func key(_ number: Int) -> RandomKey { RandomKey(seed: 8).folding(in: number) }
    func histogram(_ x: Tensor, _ count: Int) -> [Int] {
      x.flattened().bincount(minimumLength: count).scalars(as: Int64.self).map { Int($0) }
    }
    expectEven(histogram(.randomIntegers([30_000], key: key(0), in: 0..<7), 7), nil, "integers")
    let probabilities = [0.1, 0.2, 0.3, 0.4]
    expectEven(
      histogram(.categorical([30_000], key: key(1), logits: log(Tensor(probabilities))), 4), probabilities,
      "categorical")
    let weighted = Tensor.arange(4, dtype: .int64).choice([30_000], key: key(2), weights: Tensor(probabilities) * 3)
    expectEven(histogram(weighted, 4), probabilities, "weighted choice")
    // Wide ranges: the thirds of the largest one that has thirds.
    let wide = Tensor.randomIntegers([30_000], key: key(3), in: 0..<(3 << 61))
    expectEven(histogram(wide / Tensor(Int64(1 << 61)), 3), nil, "wide range")
    // All orders of four, and the ordered pairs of a choice without replacement.
    let orders = vmap { key in key.permutation(4) }(key(4).split(into: 12_000))
    let codes = (orders * Tensor([64, 16, 4, 1] as [Int64])).sum(axis: 1)
    let counts = histogram(codes, 256).filter { $0 > 0 }
    #expect(counts.count == 24)
    expectEven(counts, nil, "permutations")
    let first = vmap { key in
      Tensor.arange(3, dtype: .int64).choice([2], key: key, replacing: false, weights: [0.5, 0.3, 0.2])
    }(key(5).split(into: 12_000))
    let pairs = histogram((first * Tensor([3, 1] as [Int64])).sum(axis: 1), 9)
    #expect(pairs[0] == 0 && pairs[4] == 0 && pairs[8] == 0)
    expectEven(
      [1, 2, 3, 5, 6, 7].map { pairs[$0] },
      [0.5 * 0.3 / 0.5, 0.5 * 0.2 / 0.5, 0.3 * 0.5 / 0.7, 0.3 * 0.2 / 0.7, 0.2 * 0.5 / 0.8, 0.2 * 0.3 / 0.8],
      "pairs without replacement")
  }

  /// In the range -2⁶³ to 2⁶³-1, and in ranges of one number.
  @Test func extremeRanges() {
    let whole = Tensor.randomIntegers([1000], key: RandomKey(seed: 1), in: Int.min...Int.max)
    #expect(Bool((whole .< 0).any()) && Bool((whole .> 0).any()))
    let large = Tensor.randomIntegers([1000], key: RandomKey(seed: 1), in: (Int.max - 1)...Int.max)
    #expect(Bool((large .>= Tensor(Int64(Int.max - 1))).all()))
    #expect(Tensor.randomIntegers([3], key: RandomKey(seed: 1), in: 5...5).scalars(as: Int64.self) == [5, 5, 5])
    let short = Tensor.randomIntegers(
      [1000], key: RandomKey(seed: 1), in: Int(Int32.min)...Int(Int32.max), dtype: .int32)
    #expect(Bool((short .< 0).any()) && Bool((short .> 0).any()))
  }

  /// The 128-bit product that wide ranges use, on numbers whose product Swift knows.
  @Test func wideRangesAreUpperParts() {
    let range = -5..<(Int.max - 12345)
    let size = UInt64(range.count)
    let keys = RandomKey(seed: 2).split()
    let high = Tensor.bits([500], key: keys.0, dtype: .int64).patterns
    let low = Tensor.bits([500], key: keys.1, dtype: .int64).patterns
    let expected = zip(high, low).map { high, low -> Int64 in
      let (upper, middle) = high.multipliedFullWidth(by: size)
      let carried = low.multipliedFullWidth(by: size).high
      return Int64(upper + (middle.addingReportingOverflow(carried).overflow ? 1 : 0)) - 5
    }
    #expect(Tensor.randomIntegers([500], key: RandomKey(seed: 2), in: range).scalars(as: Int64.self) == expected)
  }

  @Test func sourcesOfKeys() {
    var keys = RandomKeys(seed: 4)
    let copy = keys
    let words = (0..<100).map { _ in keys.next().words.words }
    #expect(Set(words).count == 100)
    var again = copy
    #expect(KeyReuse.withReporting(.ignored) { (0..<100).map { _ in again.next().words.words } } == words)
    var (first, second) = (RandomKeys.system(), RandomKeys.system())
    #expect(first.next().words.words != second.next().words.words)
    // As the state of a loop.
    let summed = scan(
      { (state: RandomKeys) in
        var state = state
        return (state, [Tensor.uniform([2], key: state.next())])
      }, RandomKeys(seed: 4), length: 3)
    #expect(summed.results[0].shape == [3, 2])
  }
}

extension Tensor {
  /// Any numbers as complex128.
  fileprivate var asComplex: Tensor { asType(.complex128) }
}
