import ControlPrimitives

/// The paths for one signature, by the values of their guards in the order in which they are read.
///
/// A function that read the same values so far reads the same thing next. So the first guard that differs from those of a
/// path tells where the path to take branches off.
struct PathTree<Result: TensorTree> {
  private final class Node {
    var children: [HostTensor: Node] = [:]
    /// The path that reads nothing more.
    var path: JITPath<Result>?
    /// The path through this node that was taken last.
    var recent: JITPath<Result>?
  }

  private let root = Node()
  private(set) var count = 0

  /// The path that was taken last.
  var recent: JITPath<Result>? { root.recent }

  /// Adds a path, which is the one taken last.
  ///
  /// - Returns: the path with the same guards that was there before; it stays.
  mutating func insert(_ path: JITPath<Result>) -> JITPath<Result>? {
    var node = root
    for value in path.guards {
      let next = node.children[value] ?? Node()
      node.children[value] = next
      node = next
    }
    if let known = node.path { return known }
    node.path = path
    count += 1
    touch(path)
    return nil
  }

  /// Notes that a path was taken.
  func touch(_ path: JITPath<Result>) {
    if root.recent === path { return }
    root.recent = path
    var node = root
    for value in path.guards {
      guard let next = node.children[value] else { return }
      next.recent = path
      node = next
    }
  }

  /// A path that reads what another reads up to a guard, and there a given value.
  func path(like other: JITPath<Result>, upTo index: Int, then value: HostTensor) -> JITPath<Result>? {
    var node = root
    for value in other.guards[..<index] {
      guard let next = node.children[value] else { return nil }
      node = next
    }
    return node.children[value]?.recent
  }
}
