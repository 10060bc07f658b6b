import ControlPrimitives

/// Types of trees of which the number of tensors says all that is to know beside the tensors: there is nothing else in
/// them, and no second way to distribute so many.
///
/// They are tensors; structs whose stored properties are such structs or tensors, which have a fixed number of them; and
/// lists and optionals of these.
enum CountedTrees {
  /// Whether the type of a tree is one of them, as far as this tree tells: an empty list does not.
  static func contain<Tree: TensorTree>(_ tree: Tree) -> Bool {
    if Tree.self == Tensor.self || Tree.self == [Tensor].self { return true }
    if let list = tree as? any TreeContainer { return list.fixedElementCount != nil }
    return fixedCount(of: tree) != nil
  }

  private static let fixedCounts = Lock<[ObjectIdentifier: Int?]>([:])

  /// The number of tensors that all trees of a tree's type have, all of which are visited, where there is nothing else.
  static func fixedCount(of tree: any TensorTree) -> Int? {
    let type = ObjectIdentifier(type(of: tree))
    if let known = fixedCounts.withLock({ $0[type] }) { return known }
    let stored = storedCount(of: tree)
    let count = stored == tree.tensors.count ? stored : nil
    fixedCounts.withLock { $0[type] = .some(count) }
    return count
  }

  /// The number of tensors that every value of a value's type stores; nothing where there may be something else.
  private static func storedCount(of value: Any) -> Int? {
    if value is Tensor { return 1 }
    let mirror = Mirror(reflecting: value)
    guard value is any TensorTree, !(value is any CustomReflectable), mirror.displayStyle == .struct else { return nil }
    let words = words(of: value)
    var count = 0
    for child in mirror.children {
      // Where a property may hold values of several types, the type's address lies beside the value.
      guard let stored = storedCount(of: child.value),
        !words.contains(unsafeBitCast(type(of: child.value), to: UInt.self))
      else { return nil }
      count += stored
    }
    return count
  }

  /// What lies in the memory of a value, word by word.
  private static func words(of value: Any) -> [UInt] {
    func open<Value>(_ value: Value) -> [UInt] {
      withUnsafeBytes(of: value) { bytes in
        stride(from: 0, through: bytes.count - MemoryLayout<UInt>.size, by: MemoryLayout<UInt>.size).map {
          bytes.loadUnaligned(fromByteOffset: $0, as: UInt.self)
        }
      }
    }
    return _openExistential(value, do: open)
  }
}

/// A list or an optional of trees.
protocol TreeContainer {
  var elementCount: Int { get }
  /// The number of tensors of every element, where that is a fixed one; an empty list does not tell.
  var fixedElementCount: Int? { get }
}

extension TreeContainer {
  /// Elements of one type, not of any that a list may hold.
  fileprivate func fixedCount<Element>(of element: Element?) -> Int? {
    guard let element, let tree = element as? any TensorTree, type(of: tree) == Element.self else { return nil }
    return CountedTrees.fixedCount(of: tree)
  }
}

extension Array: TreeContainer {
  var elementCount: Int { count }
  var fixedElementCount: Int? { fixedCount(of: first) }
}

extension Optional: TreeContainer {
  var elementCount: Int { self == nil ? 0 : 1 }
  var fixedElementCount: Int? { fixedCount(of: self) }
}
