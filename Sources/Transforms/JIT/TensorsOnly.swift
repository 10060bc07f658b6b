import Primitives

/// A tree that holds nothing but tensors, by its type alone.
protocol TensorsOnly {}
extension Tensor: TensorsOnly {}
extension Array: TensorsOnly where Element: TensorsOnly {}
extension Optional: TensorsOnly where Wrapped: TensorsOnly {}
extension Dictionary: TensorsOnly where Value: TensorsOnly {}

/// Types of trees of which the number of tensors says all that is to know beside the tensors: there is nothing else in
/// them, and no second way to distribute so many.
///
/// They are tensors; structs whose stored properties are such structs or tensors, which have a fixed number of them; and
/// lists and optionals of these.
enum CountedTrees {
  /// Whether the type of a tree is one of them, as far as this tree tells: an empty list does not.
  static func contain<Tree: TensorTree>(_ tree: Tree) -> Bool {
    if Tree.self == Tensor.self || Tree.self == [Tensor].self { return true }
    guard let list = tree as? any Container else { return isFixed(tree) }
    guard let element = list.anyElement as? any TensorTree else { return false }
    return type(of: element) == type(of: list).elementType && isFixed(element)
  }

  /// Whether all values of a tree's type have the same number of tensors, all of which are visited, and nothing else.
  private static func isFixed(_ tree: any TensorTree) -> Bool { storedCount(of: tree) == tree.tensors.count }

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

/// A list or an optional.
private protocol Container {
  static var elementType: Any.Type { get }
  var anyElement: Any? { get }
}

extension Array: Container {
  static var elementType: Any.Type { Element.self }
  var anyElement: Any? { first }
}

extension Optional: Container {
  static var elementType: Any.Type { Wrapped.self }
  var anyElement: Any? { self }
}
