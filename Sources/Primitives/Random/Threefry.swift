/// The Threefry-2x32 function with 20 rounds: two words under a key of two words.
///
/// It makes a counter into bits that look random: equal counters under different keys, or different counters under one
/// key, have nothing in common. Every element of a random tensor is computed from its own counter, so that elements do
/// not depend on threads, on engines, or on one another.
///
/// Source: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3" (2011).
enum Threefry {
  /// Two words of 32 bits.
  typealias Pair<Word> = (first: Word, second: Word)

  /// The rotations of four rounds, and those of the next four.
  private static let rotations: [[Double]] = [[13, 15, 26, 6], [17, 29, 16, 24]]

  /// What is added to both words after each four rounds; the third word of a key follows from the other two.
  private static let parity: UInt32 = 0x1BD1_1BDA

  /// The function on the host.
  @inline(__always)
  static func hash(_ counter: Pair<UInt32>, key: Pair<UInt32>) -> Pair<UInt32> {
    let third = key.first ^ key.second ^ parity
    var (x, y) = (counter.first &+ key.first, counter.second &+ key.second)
    mix(&x, &y, 13, 15, 26, 6)
    (x, y) = (x &+ key.second, y &+ third &+ 1)
    mix(&x, &y, 17, 29, 16, 24)
    (x, y) = (x &+ third, y &+ key.first &+ 2)
    mix(&x, &y, 13, 15, 26, 6)
    (x, y) = (x &+ key.first, y &+ key.second &+ 3)
    mix(&x, &y, 17, 29, 16, 24)
    (x, y) = (x &+ key.second, y &+ third &+ 4)
    mix(&x, &y, 13, 15, 26, 6)
    return (x &+ third, y &+ key.first &+ 5)
  }

  /// Four rounds. A closure over the words would be shorter, and in debug builds forty times slower.
  @inline(__always)
  private static func mix(_ x: inout UInt32, _ y: inout UInt32, _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: UInt32) {
    x = x &+ y
    y = ((y &<< a) | (y &>> (32 &- a))) ^ x
    x = x &+ y
    y = ((y &<< b) | (y &>> (32 &- b))) ^ x
    x = x &+ y
    y = ((y &<< c) | (y &>> (32 &- c))) ^ x
    x = x &+ y
    y = ((y &<< d) | (y &>> (32 &- d))) ^ x
  }

  /// The function as an expression for engines, of words in int32. `ExpressionLaw` compares it with the one above.
  static func hash(_ counter: Pair<ScalarExpression>, key: Pair<ScalarExpression>) -> Pair<ScalarExpression> {
    typealias E = ScalarExpression
    let third = E.exclusiveOr(E.exclusiveOr(key.first, key.second), .constant(Double(parity)))
    let keys = [key.first, key.second, third]
    var (x, y) = (counter.first + keys[0], counter.second + keys[1])
    for group in 0..<5 {
      for count in rotations[group % 2] {
        x = x + y
        y = .exclusiveOr(.or(.shiftLeft(y, .constant(count)), .shiftRightLogical(y, .constant(32 - count))), x)
      }
      x = x + keys[(group + 1) % 3]
      y = y + (keys[(group + 2) % 3] + .constant(Double(group + 1)))
    }
    return (x, y)
  }
}

/// The keys and counters of random tensors: how an element's place becomes the counter that is hashed.
///
/// Elements are counted in row-major order, apart from leading batch axes: each member of a batch is what its key draws
/// alone. A counter has 64 bits, the high word first.
struct CounterLayout {
  /// The sizes of the counted axes.
  let sizes: [Int]
  /// The number of batch axes in front of them.
  let batchRank: Int

  /// How many elements one key has.
  var count: Int { sizes.reduce(1, &*) }

  /// The counter of the element that is computed, in int32: its place, from a first counter on, an int64.
  func counter(from first: ScalarExpression?) -> Threefry.Pair<ScalarExpression> {
    var place = first
    for (axis, stride) in Shape(sizes).strides.enumerated() where sizes[axis] != 1 {
      let index = ScalarExpression.index(axis: batchRank + axis)
      let step = stride == 1 ? index : index * .constant(Double(stride))
      place = place.map { $0 + step } ?? step
    }
    guard let place else { return (.constant(0), .constant(0)) }
    let isShort = first == nil && count <= 1 << 32
    return (isShort ? .constant(0) : place.highWord, place.lowWord)
  }
}

extension ScalarExpression {
  /// The low 32 bits of an int64, in int32.
  var lowWord: ScalarExpression {
    ScalarExpression.shiftRight(.shiftLeft(self, .constant(32)), .constant(32)).converted(to: .int32)
  }

  /// The high 32 bits of an int64, in int32.
  var highWord: ScalarExpression { ScalarExpression.shiftRight(self, .constant(32)).converted(to: .int32) }
}

/// Words of keys on the host: of one key, or of one key for each place.
struct HostKeyWords {
  private let first: [Int32]
  private let second: [Int32]
  /// The key, where there is only one.
  let only: Threefry.Pair<UInt32>?

  init(_ operands: [HostTensor]) {
    first = operands[0].elements(as: Int32.self)
    second = operands[1].elements(as: Int32.self)
    only = first.count == 1 ? (UInt32(bitPattern: first[0]), UInt32(bitPattern: second[0])) : nil
  }

  subscript(place: Int) -> Threefry.Pair<UInt32> {
    (UInt32(bitPattern: first[place]), UInt32(bitPattern: second[place]))
  }
}

extension UInt64 {
  /// Both halves, the high one first.
  @inline(__always)
  var words: Threefry.Pair<UInt32> { (UInt32(truncatingIfNeeded: self &>> 32), UInt32(truncatingIfNeeded: self)) }
}

/// The shapes that keys, and what is drawn with them, must have.
///
/// - Returns: the result's shape.
func checkedKeyOperands(
  _ operands: [TensorType], _ operation: String, shape: [Int], batchRank: Int
) throws(TensorError) -> Shape {
  guard (0...shape.count).contains(batchRank), shape.allSatisfy({ $0 >= 0 }), Shape(shape).checkedCount != nil else {
    throw TensorError(.shape, operation, "\(shape) with \(batchRank) batch axes are not the sizes of a tensor")
  }
  for operand in operands {
    let expected = batchRank == 0 ? Shape([]) : Shape(shape)
    guard operand.shape == expected else {
      throw TensorError(
        .shape, operation, "the word of a key must have the shape \(expected), got \(operand.shape)")
    }
  }
  for word in operands.prefix(2) where word.dtype != .int32 {
    throw TensorError(
      .dtype, operation, "the words of a key must be int32, got \(word.dtype)",
      hint: "it takes int32; convert with x.asType(.int32)")
  }
  return Shape(shape)
}

/// Operands of a batch for keys: each example's word at all its places.
func batchedKeyOperands(
  _ operands: [Tensor], _ isBatched: [Bool], _ size: Int, shape: [Int], batchRank: Int
) -> [Tensor] {
  let all = allBatched(operands, isBatched, size)
  if batchRank > 0 { return all }
  return all.map { Broadcast(shape: [size] + shape, axes: [0]).bind($0) }
}
