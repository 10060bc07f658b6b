import JacobiTesting
import Testing

/// Random numbers are the same everywhere, and depend on seed and counter alone.
@Suite struct CountingGeneratorTests {
  /// The first numbers of SplitMix64 with seed 1234567, as in the test of its reference implementation
  /// (https://rosettacode.org/wiki/Pseudo-random_numbers/Splitmix64).
  @Test func isSplitMix64() {
    var random = CountingGenerator(seed: 1_234_567)
    let expected: [UInt64] = [
      6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423, 4_593_380_528_125_082_431,
      16_408_922_859_458_223_821,
    ]
    for number in expected { #expect(random.next() == number) }
    #expect(random.counter == 5)
  }

  @Test func numbersLieInTheirRanges() {
    var random = CountingGenerator(seed: 3)
    for _ in 0..<1000 {
      #expect((0..<1).contains(random.unit()))
      #expect((0.25...1).contains(random.weight().magnitude))
    }
  }

  @Test func splitsAreIndependentOfTheCounter() {
    var random = CountingGenerator(seed: 3)
    let before = random.split("operands").seed
    _ = random.next()
    #expect(random.split("operands").seed == before && random.split("tangents").seed != before)
  }
}
