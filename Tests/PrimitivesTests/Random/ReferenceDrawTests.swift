import Jacobi
import Numerics
import Testing

/// Keys and draws are those of JAX: words and evenly spread numbers bit for bit, eagerly and on each engine.
@Suite("Random numbers, against JAX") struct ReferenceDrawTests {
  /// How a function of a key is run.
  enum Way: String, CaseIterable, Sendable {
    case eagerly, reference, native

    func function(_ draw: @escaping (RandomKey) -> Tensor) -> (RandomKey) -> Tensor {
      switch self {
      case .eagerly: draw
      case .reference: jit(draw, engine: ReferenceEngine())
      case .native: jit(draw, engine: NativeEngine())
      }
    }

    static let available = allCases.filter { $0 != .native || NativeEngine().availability.isAvailable }
  }

  @Test(arguments: RandomFixtures.all.keys) func keys(_ fixture: RandomFixtures.Keys) {
    #expect(fixture.key.words.words == fixture.words)
    let pair = fixture.key.split()
    #expect(pair.0.words.words + pair.1.words.words == fixture.split)
    let five = fixture.key.split(count: 5)
    #expect(five.flatMap(\.words.words) == fixture.splitFive)
    #expect(fixture.key.split(into: 5).words.words == fixture.splitFive)
    for fold in fixture.fold {
      #expect(fixture.key.folding(in: fold.number).words.words == fold.words)
      #expect(fixture.key.folding(in: Tensor(Int64(fold.number))).words.words == fold.words)
    }
  }

  @Test(arguments: Way.available) func compiledKeys(_ way: Way) {
    let split = way.function { key in
      let pair = key.split()
      return Tensor.stacked([pair.0.words, pair.1.words])
    }
    for (number, fold) in RandomFixtures.all.keys[0].fold.enumerated() {
      let folding = way.function { $0.folding(in: fold.number).words }
      for fixture in RandomFixtures.all.keys { #expect(folding(fixture.key).words == fixture.fold[number].words) }
    }
    for fixture in RandomFixtures.all.keys { #expect(split(fixture.key).words == fixture.split) }
  }

  @Test(arguments: Way.available) func bitsAndUniforms(_ way: Way) {
    for (number, draw) in RandomFixtures.all.keys[0].draws.enumerated() {
      let shape = draw.shape
      let bits32 = way.function { .bits(shape, key: $0) }
      let bits64 = way.function { .bits(shape, key: $0, dtype: .int64) }
      let uniform32 = way.function { .uniform(shape, key: $0, dtype: .float32) }
      let uniform64 = way.function { .uniform(shape, key: $0) }
      for fixture in RandomFixtures.all.keys {
        let expected = fixture.draws[number]
        #expect(bits32(fixture.key).type == TensorType(.int32, Shape(shape)))
        #expect(bits32(fixture.key).words == expected.bits32)
        #expect(bits64(fixture.key).patterns.map { "\($0)" } == expected.bits64)
        #expect(uniform32(fixture.key).scalars(as: Float.self) == expected.uniform32)
        #expect(uniform64(fixture.key).scalars(as: Double.self) == expected.uniform64)
      }
    }
  }

  @Test(arguments: Way.available) func largeDraws(_ way: Way) {
    for (number, sums) in RandomFixtures.all.keys[0].checksums.enumerated() {
      let shape = sums.shape
      let draws = [
        way.function { .bits(shape, key: $0) }, way.function { .bits(shape, key: $0, dtype: .int64) },
        way.function { .uniform(shape, key: $0, dtype: .float32) }, way.function { .uniform(shape, key: $0) },
      ]
      for fixture in RandomFixtures.all.keys {
        let expected = fixture.checksums[number]
        #expect(
          draws.map { checksum($0(fixture.key).patterns) }
            == [expected.bits32, expected.bits64, expected.uniform32, expected.uniform64])
      }
    }
  }

  /// Up to the rounding of erfinv, which in JAX is good to some units in the last place.
  @Test(arguments: Way.available) func normals(_ way: Way) {
    for (number, draw) in RandomFixtures.all.keys[0].draws.enumerated() {
      let shape = draw.shape
      let single = way.function { .normal(shape, key: $0, dtype: .float32) }
      let double = way.function { .normal(shape, key: $0) }
      for fixture in RandomFixtures.all.keys {
        let expected = fixture.draws[number]
        expectClose(double(fixture.key).scalars(as: Double.self), expected.normal64, 16 * Double.ulpOfOne, "float64")
        expectClose(
          single(fixture.key).scalars(as: Float.self).map(Double.init), expected.normal32.map(Double.init), 0x1p-20,
          "float32")
      }
    }
  }

  @Test(arguments: RandomFixtures.all.keys) func permutations(_ fixture: RandomFixtures.Keys) {
    for permutation in fixture.permutations {
      #expect(fixture.key.permutation(permutation.count).scalars(as: Int64.self) == permutation.order)
    }
    for permutation in fixture.permutationChecksums {
      #expect(checksum(fixture.key.permutation(permutation.count).patterns) == permutation.sums)
    }
  }

  @Test(arguments: RandomFixtures.all.distributions) func distributions(_ fixture: RandomFixtures.Distributions) {
    for dtype in [DType.float64, .float32] {
      func check(
        _ name: String, _ draw: (RandomKey) -> Tensor, _ double: [Double], _ single: [Double], _ tolerance: Double = 8
      ) {
        let numbers = draw(fixture.key).asType(.float64).scalars(as: Double.self)
        let ulp = dtype == .float64 ? Double.ulpOfOne : 8 * Double(Float.ulpOfOne)
        expectClose(numbers, dtype == .float64 ? double : single, tolerance * ulp, "\(name) in \(dtype)")
      }
      check("range", { .uniform([20], key: $0, from: -4, to: 12, dtype: dtype) }, fixture.range64, fixture.range32, 0)
      // XLA's log(1 + x) is off by up to 120 units in the last place, as mpmath says of the fixtures.
      check(
        "exponential", { .exponential([20], key: $0, dtype: dtype) }, fixture.exponential64, fixture.exponential32, 32)
      check("gumbel", { .gumbel([20], key: $0, dtype: dtype) }, fixture.gumbel64, fixture.gumbel32, 32)
      check("laplace", { .laplace([20], key: $0, dtype: dtype) }, fixture.laplace64, fixture.laplace32, 160)
      check("logistic", { .logistic([20], key: $0, dtype: dtype) }, fixture.logistic64, fixture.logistic32, 32)
      check("cauchy", { .cauchy([20], key: $0, dtype: dtype) }, fixture.cauchy64, fixture.cauchy32, 128)
      check(
        "truncatedNormal", { .truncatedNormal([20], key: $0, from: -1, to: 0.5, dtype: dtype) }, fixture.truncated64,
        fixture.truncated32, 64)
    }
    let u = Tensor.uniform([20], key: fixture.key).scalars(as: Double.self)
    let e = Tensor.exponential([20], key: fixture.key).scalars(as: Double.self)
    expectClose(e, u.map { -Double.log(onePlus: -$0) }, 2 * Double.ulpOfOne, "exponential of the system's logarithm")
    let z = Tensor.normal([20], key: fixture.key, dtype: .complex128)
    expectClose(realPart(z).scalars(as: Double.self), fixture.complex[0], 0x1p-48, "real parts")
    expectClose(imaginaryPart(z).scalars(as: Double.self), fixture.complex[1], 0x1p-48, "imaginary parts")
  }

  @Test(arguments: RandomFixtures.all.distributions) func choices(_ fixture: RandomFixtures.Distributions) {
    #expect(
      Tensor.bernoulli([20], key: fixture.key, probability: 0.3).scalars(as: Bool.self) == fixture.bernoulli)
    let logits = Tensor([[0, 1, -1], [2, -.infinity, 0.5]])
    func integers(_ tensor: Tensor) -> [Int64] { tensor.asType(.int64).scalars(as: Int64.self) }
    #expect(integers(.categorical(key: fixture.key, logits: logits)) == fixture.categorical)
    #expect(integers(.categorical([10], key: fixture.key, logits: logits)) == fixture.categoricalMany)
    #expect(
      integers(.categorical([10], key: fixture.key, logits: logits.transposed(), axis: 0)) == fixture.categoricalAxis)
    for example in fixture.integers {
      let drawn = Tensor.randomIntegers([20], key: fixture.key, in: example.range, dtype: example.dtype)
      #expect(drawn.dtype == example.dtype)
      #expect(integers(drawn) == example.numbers, "\(example.range) in \(example.dtype)")
    }
    let matrix = Tensor.arange(12, dtype: .int64).reshaped(4, 3)
    #expect(integers(matrix.shuffled(key: fixture.key)) == fixture.shuffled)
    #expect(integers(matrix.shuffled(key: fixture.key, axis: 1)) == fixture.shuffledAxis)
    #expect(
      integers(matrix.shuffled(key: fixture.key, axis: 1, independently: true)) == fixture.shuffledIndependently)
    let numbers = Tensor.arange(7, dtype: .int64)
    let weights: Tensor = [0.5, 0.25, 0.125, 0.125]
    #expect(integers(numbers.choice([10], key: fixture.key)) == fixture.choice)
    #expect(integers(numbers.choice([5], key: fixture.key, replacing: false)) == fixture.choiceOnce)
    #expect(integers(numbers[..<4].choice([2, 10], key: fixture.key, weights: weights)) == fixture.choiceWeighted)
    #expect(
      integers(numbers[..<4].choice([3], key: fixture.key, replacing: false, weights: weights))
        == fixture.choiceWeightedOnce)
    #expect(integers(matrix.choice([2], key: fixture.key, replacing: false, axis: 1)) == fixture.choiceRows)
  }

  private func expectClose(
    _ numbers: [Double], _ expected: [Double], _ tolerance: Double, _ name: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(numbers.count == expected.count, sourceLocation: sourceLocation)
    let worst = zip(numbers, expected).map { abs($0 - $1) / max(abs($1), 1e-300) }.max() ?? 0
    #expect(worst <= tolerance, "\(name): relative error \(worst)", sourceLocation: sourceLocation)
  }
}
