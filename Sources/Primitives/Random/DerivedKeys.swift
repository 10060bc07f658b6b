/// Keys derived from a key: key number i consists of the two words to which ``Threefry`` hashes the counter i.
///
/// The operands are the two words of a key, int32: scalars, or with batch axes each of the result's shape. A third one,
/// int64, is the counter of the first key, which else is 0. The result has one more axis than there are keys, of the two
/// words.
public struct DerivedKeys: Primitive {
  public static let name = "derivedKeys"

  /// The sizes of the result; the last one is 2.
  public let shape: [Int]
  /// The number of axes along which the operands' keys differ.
  public let batchRank: Int

  public init(shape: [Int], batchRank: Int = 0) {
    self.shape = shape
    self.batchRank = batchRank
  }

  public var traits: PrimitiveTraits { .discrete }

  private var layout: CounterLayout {
    CounterLayout(sizes: Array(shape[batchRank...].dropLast()), batchRank: batchRank)
  }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    guard operands.count == 2 || operands.count == 3 else {
      throw TensorError(.program, Self.name, "takes 2 or 3 operands, not \(operands.count)")
    }
    let result = try checkedKeyOperands(operands, Self.name, shape: shape, batchRank: batchRank)
    guard shape.last == 2, batchRank < shape.count else {
      throw TensorError(.shape, Self.name, "keys have two words along the last axis, not the shape \(result)")
    }
    if operands.count == 3, operands[2].dtype != .int64 {
      throw TensorError(
        .dtype, Self.name, "the counter must be int64, got \(operands[2].dtype)",
        hint: "it takes int64; convert with x.asType(.int64)")
    }
    return [TensorType(.int32, result)]
  }

  public func lowering(of operands: [TensorType]) -> Lowering {
    let counter = layout.counter(from: operands.count == 3 ? .operand(2) : nil)
    let words = Threefry.hash(counter, key: (.operand(0), .operand(1)))
    let isFirst = ScalarExpression.isEqual(.index(axis: shape.count - 1), .constant(0))
    return .elementwise(.select(isFirst, words.first, words.second))
  }

  public func evaluate(_ operands: [HostTensor]) throws(TensorError) -> [HostTensor] {
    let keys = HostKeyWords(operands)
    let starts = operands.count == 3 ? operands[2].elements(as: Int64.self) : []
    let count = max(layout.count, 1)
    return [
      try HostTensor(Shape(shape), of: Int32.self, for: Self.name) { results in
        for place in results.indices {
          let start = starts.count > 1 ? starts[place] : starts.first ?? 0
          let counter = UInt64(bitPattern: start) &+ UInt64(truncatingIfNeeded: place / 2 % count)
          let words = Threefry.hash(counter.words, key: keys.only ?? keys[place])
          results.initializeElement(at: place, to: Int32(bitPattern: place % 2 == 0 ? words.first : words.second))
        }
      }
    ]
  }

  public func differential(of operand: Int, at point: EquationPoint) -> LinearMap { .zero }

  public func batched(_ operands: [Tensor], isBatched: [Bool], size: Int) -> [Tensor] {
    DerivedKeys(shape: [size] + shape, batchRank: batchRank + 1)
      .bind(batchedKeyOperands(operands, isBatched, size, shape: shape, batchRank: batchRank))
  }

  public static var samples: [PrimitiveSample] {
    let word = OperandSample([])
    let shapes: [[Int]] = [[2], [1, 2], [3, 2], [2, 2, 2], [0, 2], [20, 2]]
    return shapes.flatMap {
      [
        PrimitiveSample(DerivedKeys(shape: $0), [word, word], dtypes: [.int32]),
        PrimitiveSample(
          DerivedKeys(shape: $0), [word, word, OperandSample([], dtype: .int64)], dtypes: [.int32]),
      ]
    } + [
      PrimitiveSample(
        DerivedKeys(shape: [3, 2], batchRank: 1),
        [OperandSample([3, 2]), OperandSample([3, 2]), OperandSample([3, 2], dtype: .int64)], dtypes: [.int32])
    ]
  }
}
