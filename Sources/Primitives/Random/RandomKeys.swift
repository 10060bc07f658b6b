/// A source of keys for scripts: each call of ``next()`` returns a key that was never returned before.
///
/// ```swift
/// var keys = RandomKeys(seed: 7)
/// let x = Tensor.uniform([3], key: keys.next())
/// let y = Tensor.normal([2, 2], key: keys.next())
/// ```
///
/// It is a value: a copy returns the same keys again. As a tensor tree with one tensor it can be a part of the state of a
/// training loop.
public struct RandomKeys: TensorTree, Sendable {
  private var key: RandomKey

  /// Creates a source whose keys follow from a seed.
  public init(seed: Int) { key = RandomKey(seed: seed) }

  /// Creates a source whose keys follow from a key, which must not be used otherwise.
  public init(_ key: RandomKey) { self.key = key }

  /// Returns a source with a seed that the system's random number generator has drawn. No two runs have the same numbers.
  public static func system() -> RandomKeys { RandomKeys(seed: Int.random(in: .min ... .max)) }

  /// Returns the next key.
  public mutating func next() -> RandomKey {
    let (rest, next) = key.split()
    key = rest
    return next
  }

  /// Visits the tensor of the key from which the next ones follow.
  public mutating func forEachTensor(_ body: (inout Tensor) -> Void) { key.forEachTensor(body) }
}
