/// Random bits under a key, or numbers with random digits: integers with all bits random, or reals that are evenly spread
/// over 0..<1.
///
/// The operands are the two words of a key, int32: scalars, or with batch axes each of the result's shape. ``Threefry``
/// hashes the counter i to two words for element i of a key, in row-major order behind the batch axes. An int32 is their
/// exclusive or, and an int64 consists of both. A float32 has the first 23 bits of the int32 as its digits, and a float64
/// the first 52 bits of the int64. These are the bits of JAX's partitionable Threefry.
public struct RandomBits: Primitive {
  public static let name = "randomBits"

  /// The element type of the result: int32, int64, float32 or float64.
  public let dtype: DType
  /// The sizes of the result.
  public let shape: [Int]
  /// The number of axes along which keys differ.
  public let batchRank: Int

  public init(_ dtype: DType, shape: [Int], batchRank: Int = 0) {
    self.dtype = dtype
    self.shape = shape
    self.batchRank = batchRank
  }

  public var traits: PrimitiveTraits { .discrete }

  private var layout: CounterLayout { CounterLayout(sizes: Array(shape[batchRank...]), batchRank: batchRank) }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    guard operands.count == 2 else {
      throw TensorError(.program, Self.name, "takes 2 operands, not \(operands.count)")
    }
    guard dtype.isReal || dtype.isInteger else {
      throw TensorError(
        .dtype, Self.name, "random bits have no form in \(dtype)", hint: "draw int32, int64, float32 or float64")
    }
    return [
      TensorType(dtype, try checkedKeyOperands(operands, Self.name, shape: shape, batchRank: batchRank))
    ]
  }

  public func lowering(of operands: [TensorType]) -> Lowering {
    typealias E = ScalarExpression
    let bits = Threefry.hash(layout.counter(from: nil), key: (.operand(0), .operand(1)))
    let mixed = E.exclusiveOr(bits.first, bits.second)
    switch dtype {
    case .int32: return .elementwise(mixed)
    case .float32:
      let digits = E.shiftRightLogical(mixed, .constant(9)).converted(to: .float32)
      return .elementwise(digits * .constant(0x1p-23))
    case .float64:
      // 20 digits from the first word and 32 behind them, each converted from an int32 in a register of its own half: to
      // convert an int64 is slow on most processors. The 32 are less by 2^31 as they have no sign; each step is exact.
      let high = E.shiftRightLogical(bits.first, .constant(12)).converted(to: .float64)
      let low = E.or(E.shiftLeft(bits.first, .constant(20)), E.shiftRightLogical(bits.second, .constant(12)))
      let signed = E.exclusiveOr(low, .constant(-0x1p31)).converted(to: .float64) + .constant(0x1p31)
      return .elementwise(high * .constant(0x1p-20) + signed * .constant(0x1p-52))
    default:
      let high = E.shiftLeft(bits.first.converted(to: .int64), .constant(32))
      let low = E.and(bits.second.converted(to: .int64), .constant(0x1p32 - 1))
      return .elementwise(.or(high, low))
    }
  }

  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    let keys = HostKeyWords(operands)
    switch dtype {
    case .int32: return [try filled(keys, Int32.self) { Int32(bitPattern: $0 ^ $1) }]
    case .float32: return [try filled(keys, Float.self) { Float(($0 ^ $1) &>> 9) * 0x1p-23 }]
    case .float64:
      return [
        try filled(keys, Double.self) { Double((UInt64($0) &<< 20) | UInt64($1 &>> 12)) * 0x1p-52 }
      ]
    default: return [try filled(keys, Int64.self) { Int64(bitPattern: (UInt64($0) &<< 32) | UInt64($1)) }]
    }
  }

  /// The result, each element computed from two random words.
  @inline(__always)
  private func filled<Scalar: TensorScalar>(
    _ keys: HostKeyWords, _: Scalar.Type, _ make: (UInt32, UInt32) -> Scalar
  ) throws(TensorError) -> HostTensor {
    let count = max(layout.count, 1)
    return try HostTensor(Shape(shape), of: Scalar.self, for: Self.name) { results in
      guard let key = keys.only else {
        for place in results.indices {
          let bits = Threefry.hash(UInt64(truncatingIfNeeded: place % count).words, key: keys[place])
          results.initializeElement(at: place, to: make(bits.first, bits.second))
        }
        return
      }
      // Hashed in blocks, in a loop of its own: compilers vectorize it.
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 2 * Self.blockSize) { words in
        guard let first = words.baseAddress else { return }
        let second = first + Self.blockSize
        var start = 0
        while start < results.count {
          let size = min(Self.blockSize, results.count - start)
          let counter = UInt64(truncatingIfNeeded: start).words
          for index in 0..<size {
            // A block begins at a multiple of its size, so that the low word does not overflow in it.
            let place = counter.second &+ UInt32(truncatingIfNeeded: index)
            let bits = Threefry.hash((counter.first, place), key: key)
            first[index] = bits.first
            second[index] = bits.second
          }
          for index in 0..<size {
            results.initializeElement(at: start + index, to: make(first[index], second[index]))
          }
          start += size
        }
      }
    }
  }

  /// So many elements are hashed together on the host; a power of two.
  private static var blockSize: Int { 1024 }

  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap { .zero }

  public func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
    RandomBits(dtype, shape: [size] + shape, batchRank: batchRank + 1)
      .bind(batchedKeyOperands(operands, isBatched, size, shape: shape, batchRank: batchRank))
  }

  public static var samples: [PrimitiveSample] {
    let dtypes: [DType] = [.int32, .int64, .float32, .float64]
    let shapes: [[Int]] = [[], [1], [7], [3, 5], [2, 1, 3], [0], [2, 0], [40]]
    return dtypes.flatMap { dtype in
      shapes.map {
        PrimitiveSample(RandomBits(dtype, shape: $0), [OperandSample([]), OperandSample([])], dtypes: [.int32])
      } + [
        PrimitiveSample(
          RandomBits(dtype, shape: [2, 3], batchRank: 1), [OperandSample([2, 3]), OperandSample([2, 3])],
          dtypes: [.int32]),
        PrimitiveSample(
          RandomBits(dtype, shape: [2, 2], batchRank: 2), [OperandSample([2, 2]), OperandSample([2, 2])],
          dtypes: [.int32]),
      ]
    }
  }
}
