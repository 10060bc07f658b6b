/// An operation that a library computes as a whole, such as a sort, a factorization or a transform; over leading axes it is
/// a batch of independent ones.
///
/// An engine hands those that it has a library for to that, and has the host evaluate the others. Nothing is computed where
/// a result is read, and the operands and the results lie in memory.
public enum LibraryOperation: Hashable, Sendable {
  /// One operand, one result of its shape, int64: the indices along an axis in the order of their elements; stable, `nan`
  /// last.
  case argSort(axis: Int, descending: Bool)
}
