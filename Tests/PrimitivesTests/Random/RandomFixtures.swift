import Foundation
import Jacobi
import Testing

/// What JAX draws: `Fixtures/random.py` writes it.
struct RandomFixtures: Decodable, Sendable {
  struct Keys: Decodable, Sendable, CustomTestStringConvertible {
    let seed: String
    let words, split, splitFive: [UInt32]
    let fold: [Fold]
    let draws: [Draw]
    let checksums: [Checksums]
    let permutations: [Permutation]
    let permutationChecksums: [PermutationChecksum]

    var testDescription: String { "seed \(seed)" }
    var key: RandomKey { RandomKey(seed: Int(seed)!) }
  }

  struct Fold: Decodable, Sendable {
    let number: Int
    let words: [UInt32]

    init(from decoder: any Decoder) throws {
      var container = try decoder.unkeyedContainer()
      number = Int(try container.decode(String.self))!
      words = try container.decode([UInt32].self)
    }
  }

  struct Draw: Decodable, Sendable {
    let shape: [Int]
    let bits32: [UInt32]
    let bits64: [String]
    let uniform32, normal32: [Float]
    let uniform64, normal64: [Double]
  }

  struct Checksums: Decodable, Sendable {
    let shape: [Int]
    let bits32, bits64, uniform32, uniform64: [String]
  }

  struct Permutation: Decodable, Sendable {
    let count: Int
    let order: [Int64]

    init(from decoder: any Decoder) throws {
      var container = try decoder.unkeyedContainer()
      count = try container.decode(Int.self)
      order = try container.decode([Int64].self)
    }
  }

  struct PermutationChecksum: Decodable, Sendable {
    let count: Int
    let sums: [String]

    init(from decoder: any Decoder) throws {
      var container = try decoder.unkeyedContainer()
      count = try container.decode(Int.self)
      sums = try container.decode([String].self)
    }
  }

  struct Distributions: Decodable, Sendable, CustomTestStringConvertible {
    let seed: String
    let exponential64, gumbel64, laplace64, logistic64, cauchy64, truncated64, range64: [Double]
    let exponential32, gumbel32, laplace32, logistic32, cauchy32, truncated32, range32: [Double]
    let complex: [[Double]]
    let bernoulli: [Bool]
    let categorical, categoricalMany, categoricalAxis: [Int64]
    let integers: [Integers]
    let shuffled, shuffledAxis, shuffledIndependently: [Int64]
    let choice, choiceOnce, choiceWeighted, choiceWeightedOnce, choiceRows: [Int64]

    var testDescription: String { "seed \(seed)" }
    /// A key that is not shared with other draws.
    var key: RandomKey { RandomKey(seed: Int(seed)!) }
  }

  struct Integers: Decodable, Sendable {
    let range: Range<Int>
    let dtype: DType
    let numbers: [Int64]

    init(from decoder: any Decoder) throws {
      var container = try decoder.unkeyedContainer()
      let low = Int(try container.decode(String.self))!
      range = low..<Int(try container.decode(String.self))!
      dtype = DType(name: try container.decode(String.self))!
      numbers = try container.decode([String].self).map { Int64($0)! }
    }
  }

  let keys: [Keys]
  let distributions: [Distributions]

  static let all: RandomFixtures = {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Fixtures/random.json")
    do { return try JSONDecoder().decode(RandomFixtures.self, from: Data(contentsOf: file)) } catch {
      fatalError("random.json: \(error)")
    }
  }()
}

/// The sum of words, and their sum weighted by the place, as the fixtures have them.
func checksum(_ words: some Sequence<UInt64>) -> [String] {
  var (sum, weighted): (UInt64, UInt64) = (0, 0)
  for (place, word) in words.enumerated() {
    sum &+= word
    weighted &+= word &* UInt64(place + 1)
  }
  return ["\(sum)", "\(weighted)"]
}

extension Tensor {
  /// The bits of integers of 32 bits.
  var words: [UInt32] { scalars(as: Int32.self).map { UInt32(bitPattern: $0) } }

  /// The bits of each element.
  var patterns: [UInt64] {
    switch dtype {
    case .int32: words.map { UInt64($0) }
    case .int64: scalars(as: Int64.self).map { UInt64(bitPattern: $0) }
    case .float32: scalars(as: Float.self).map { UInt64($0.bitPattern) }
    default: scalars(as: Double.self).map(\.bitPattern)
    }
  }
}
