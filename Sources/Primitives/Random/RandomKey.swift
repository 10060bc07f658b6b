/// A key for random numbers: a value from which they follow, with no hidden state anywhere.
///
/// Equal keys give equal numbers, on every engine, on any number of threads, and in a batch or out of it. So each key is
/// used once, for one draw or for one split:
///
/// ```swift
/// let key = RandomKey(seed: 7)
/// let (a, b) = key.split()
/// let x = Tensor.uniform([3], key: a)
/// let y = Tensor.normal([2, 2], key: b)
/// ```
///
/// A key that is used twice is reported in debug builds; see ``KeyReuse``. A key is a tensor tree with one tensor, so it
/// is an argument, a result or a loop's state like any other, under every transform. With leading axes it is a batch of
/// keys, for `vmap` and `scan`.
///
/// The numbers are those of JAX for the same seed, with its default generator and 64-bit types enabled.
public struct RandomKey: TensorTree, Sendable {
  /// The two words of the key, int32[2], or with leading axes those of a batch of keys. Their bits are those of unsigned
  /// numbers.
  public private(set) var words: Tensor

  /// Creates the key of a seed. The words are the upper and the lower half of its 64 bits.
  public init(seed: Int) {
    let words = UInt64(bitPattern: Int64(seed)).words
    self.words = Tensor([Int32(bitPattern: words.first), Int32(bitPattern: words.second)])
  }

  /// Creates a key from its words, such as those that another program has written.
  ///
  /// - Parameter words: int32[2], or with leading axes a batch of keys.
  public init(words: Tensor) {
    self.words = reporting { () throws(TensorError) in
      if words.isInvalid { return poisoned("RandomKey") }
      let words = try words.literal(adopting: .int32, "RandomKey")
      guard words.dtype == .int32 else {
        throw TensorError(
          .dtype, "RandomKey", "the words of a key must be int32, got \(words.dtype)",
          hint: "unsigned words keep their bits in int32: Tensor([Int32(bitPattern: a), Int32(bitPattern: b)])")
      }
      guard words.shape.dimensions.last == 2 else {
        throw TensorError(
          .shape, "RandomKey", "a key must have two words along its last axis, got the shape \(words.shape)")
      }
      return words
    }
  }

  private init(checked words: Tensor) { self.words = words }

  /// Visits the tensor of words.
  public mutating func forEachTensor(_ body: (inout Tensor) -> Void) { body(&words) }

  /// The sizes of the axes of a batch of keys; none for a single key.
  public var batchShape: [Int] { Array(words.shape.dimensions.dropLast()) }

  /// Accesses a key of a batch, along its first axis.
  public subscript(index: Int) -> RandomKey {
    guard words.isInvalid || words.rank > 1 else {
      return RandomKey(
        checked: invalidTensor(
          TensorError(
            .index, "RandomKey", "a single key has no axis to index",
            hint: "key.split(into: 3) creates a batch of keys")))
    }
    return RandomKey(checked: words[index])
  }
}

extension RandomKey {
  /// Returns two new keys, which are unrelated to each other and to this one. This key must not be used afterwards.
  public func split() -> (RandomKey, RandomKey) {
    let keys = derived([2], "split")
    return (RandomKey(checked: keys[0]), RandomKey(checked: keys[1]))
  }

  /// Returns new keys in an array. This key must not be used afterwards.
  ///
  /// - Parameter count: the number of keys; the first ones are the same for every number.
  public func split(count: Int) -> [RandomKey] {
    let keys = derived([count], "split")
    if keys.isInvalid { return Array(repeating: RandomKey(checked: keys), count: Swift.max(count, 0)) }
    return (0..<count).map { RandomKey(checked: keys[$0]) }
  }

  /// Returns new keys in a batch, the keys of ``split(count:)``, for `vmap` and `scan`. This key must not be used
  /// afterwards.
  ///
  /// - Parameter count: the number of keys.
  public func split(into count: Int) -> RandomKey { RandomKey(checked: derived([count], "split")) }

  /// Returns the key that belongs to a number, such as that of a step or of a worker. Different numbers give unrelated
  /// keys; this key may be folded with any of them, but must not be drawn from or split.
  ///
  /// - Parameter data: the number. From 0 to 2³²-1 the key is that of JAX's `fold_in`.
  public func folding(in data: Int) -> RandomKey { folding(in: Tensor(Int64(data))) }

  /// Returns the key that belongs to a number, which may be traced; see ``folding(in:)-(Int)``.
  ///
  /// - Parameter data: a scalar, int32 or int64.
  public func folding(in data: Tensor) -> RandomKey {
    RandomKey(
      checked: reporting { () throws(TensorError) in
        if words.isInvalid || data.isInvalid { return poisoned("folding") }
        let data = try data.literal(adopting: .int64, "folding")
        guard data.dtype.isInteger, data.rank == 0 else {
          throw TensorError(
            .dtype, "folding", "the number must be an integer scalar, got \(data.type)",
            hint: "vmap folds a key with each of several numbers")
        }
        let (first, second) = try pair("folding")
        return DerivedKeys(shape: [2], batchRank: 0).bound([first, second, data.asType(.int64)])
      })
  }

  /// Keys with the numbers from 0 on.
  private func derived(_ sizes: [Int], _ operation: String) -> Tensor {
    reporting { () throws(TensorError) in
      if words.isInvalid { return poisoned(operation) }
      let (first, second) = try pair(operation)
      _ = try Shape(checking: sizes, for: operation)
      try MemoryLimit.check(TensorType(.int32, Shape(sizes + [2])), for: operation)
      try noteUse(operation)
      return DerivedKeys(shape: sizes + [2]).bound([first, second])
    }
  }

  /// The two words of a single key.
  func pair(_ operation: String) throws(TensorError) -> (Tensor, Tensor) {
    guard words.rank == 1 else {
      throw TensorError(
        .shape, operation, "takes a single key, not a batch of shape \(Shape(batchShape))",
        hint: "vmap { key in ... }(keys) draws with each key, keys[0] is one of them")
    }
    return (words[0], words[1])
  }
}

extension Primitive {
  /// The only result.
  func bound(_ operands: [Tensor]) -> Tensor { bind(operands)[0] }
}

extension RandomKey: CustomStringConvertible {
  /// Such as `RandomKey(0, 7)`, with the words as unsigned numbers.
  public var description: String {
    guard words.rank == 1, let host = words.host else { return "RandomKey(\(words.type))" }
    let words = host.elements(as: Int32.self).map { "\(UInt32(bitPattern: $0))" }
    return "RandomKey(" + words.joined(separator: ", ") + ")"
  }
}
