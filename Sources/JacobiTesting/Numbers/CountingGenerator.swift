/// Random numbers from a seed and a counter: number `n` of a seed is the same on every machine and at every time.
///
/// It is SplitMix64, whose state is a counter (Steele, Lea and Flood, "Fast splittable pseudorandom number generators",
/// 2014). The seed is printed with every failure, so that a failure can be repeated.
public struct CountingGenerator: RandomNumberGenerator, Sendable {
  /// What the numbers are made from.
  public let seed: UInt64
  /// How many numbers have been drawn.
  public private(set) var counter: UInt64 = 0

  /// The generator of a seed, at its first number.
  public init(seed: UInt64) { self.seed = seed }

  /// The generator of a seed that is new in each run, and printed with the purpose.
  package static func fresh(for purpose: String) -> CountingGenerator {
    let seed = UInt64.random(in: 0...UInt64.max)
    print("\(purpose): seed \(seed)")
    return CountingGenerator(seed: seed)
  }

  /// The next number.
  public mutating func next() -> UInt64 {
    counter &+= 1
    return Self.mixed(seed &+ counter &* 0x9E37_79B9_7F4A_7C15)
  }

  /// A number between 0 and 1, without 1.
  public mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A number between -1 and 1 whose size is at least 1/4, so that nothing it is multiplied with can hide.
  public mutating func weight() -> Double {
    let size = 0.25 + 0.75 * unit()
    return next() & 1 == 0 ? size : -size
  }

  /// An independent generator for a purpose that a text names.
  public func split(_ purpose: String) -> CountingGenerator {
    var hash = seed
    for byte in purpose.utf8 { hash = Self.mixed(hash ^ UInt64(byte)) }
    return CountingGenerator(seed: hash)
  }

  private static func mixed(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
