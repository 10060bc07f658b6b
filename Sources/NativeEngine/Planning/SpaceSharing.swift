/// When loops over one space also compute what has a smaller one.
///
/// The values of a stencil have spaces of nearly one size: the differences of `n` numbers have `n - 1` places, and their
/// gradient `n`. Loops over the larger space, cut where the smaller one ends, read what both need once.
package struct SpaceSharing: Hashable, Sendable {
  /// Spaces with fewer places have loops of their own: what these read stays in the cache until the next ones.
  private let smallestSpace: Int
  /// So do those with shorter lines, which are better made one with the lines next to them: a space that ends elsewhere
  /// prevents it.
  private let shortestLine: Int
  /// The largest part of the larger space's axis that the smaller one may lack.
  private let largestDifference: Double

  /// Where it saves time.
  package static var usual: SpaceSharing {
    SpaceSharing(smallestSpace: 1 << 12, shortestLine: 256, largestDifference: 1 / 16)
  }

  /// Wherever it is possible.
  package static var always: SpaceSharing { SpaceSharing(smallestSpace: 1, shortestLine: 1, largestDifference: 1) }

  /// Whether one of two spaces is the other but for the last indices of one axis, and loops may share them.
  func allows(_ first: [Int], _ second: [Int]) -> Bool {
    let different = zip(first, second).filter { $0 != $1 }
    guard first.count == second.count, different.count == 1, let (a, b) = different.first else { return false }
    return min(first.reduce(1, *), second.reduce(1, *)) >= smallestSpace
      && min(first.last ?? 0, second.last ?? 0) >= shortestLine
      && Double(max(a, b) - min(a, b)) <= largestDifference * Double(max(a, b))
  }
}
