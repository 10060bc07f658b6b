/// A value made of tensors: what differentiated functions take and return.
///
/// Tensors, arrays, dictionaries and optionals of trees are trees. A struct becomes one by visiting its tensors, always
/// in the same order:
///
/// ```swift
/// struct Layer: TensorTree {
///   var weights: Tensor
///   var bias: Tensor
///   mutating func forEachTensor(_ body: (inout Tensor) -> Void) {
///     body(&weights)
///     body(&bias)
///   }
/// }
/// ```
///
/// An unvisited tensor is an error at the first use. Mark constants with ``Static``.
public protocol TensorTree {
  /// Calls the closure with every tensor, in an order that depends on the structure alone.
  mutating func forEachTensor(_ body: (inout Tensor) -> Void)

  /// What two trees must share to be of one structure. Structs have a default.
  var treeStructure: TreeStructure { get }
}

/// The structure of a ``TensorTree`` without its tensors.
public indirect enum TreeStructure: Hashable, Sendable {
  /// A tensor.
  case leaf
  /// Elements in order, such as those of an array.
  case list([TreeStructure])
  /// Elements by key.
  case keyed([String: TreeStructure])
  /// An optional without a value.
  case none
  /// Another type with a number of tensors, and the structures of its properties that are trees.
  case named(String, leaves: Int, parts: [TreeStructure])
}

extension TreeStructure: CustomStringConvertible {
  /// Such as `[tensor, {b: tensor, w: tensor}]`, `Layer (2 tensors)`, or `Model([Layer (2 tensors)], tensor)`.
  public var description: String {
    switch self {
    case .leaf: "tensor"
    case .list(let elements): "[" + elements.map(\.description).joined(separator: ", ") + "]"
    case .keyed(let elements):
      "{" + elements.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ") + "}"
    case .none: "nil"
    case .named(let name, let leaves, let parts):
      parts.allSatisfy { $0 == .leaf }
        ? "\(name) (\(leaves) tensors)" : "\(name)(" + parts.map(\.description).joined(separator: ", ") + ")"
    }
  }
}

extension TensorTree {
  /// The type's name, its number of tensors, and the structures of its stored properties that are trees.
  public var treeStructure: TreeStructure {
    // The number alone does not tell `([a], [b, c])` from `([a, b], [c])`.
    let parts = Mirror(reflecting: self).children.compactMap { ($0.value as? any TensorTree)?.treeStructure }
    return .named("\(Self.self)", leaves: tensors.count, parts: parts)
  }

  /// The tensors in order.
  public var tensors: [Tensor] {
    checkCompleteness()
    var collected: [Tensor] = []
    var copy = self
    copy.forEachTensor { collected.append($0) }
    return collected
  }

  /// The same structure with other tensors: `model.mapTensors { $0 * 0.5 }`.
  public func mapTensors(_ transform: (Tensor) -> Tensor) -> Self {
    var copy = self
    copy.forEachTensor { $0 = transform($0) }
    return copy
  }

  /// The same structure with tensors made of those of two trees, such as a step of gradient descent:
  ///
  /// ```swift
  /// model = model.mapTensors(with: gradient) { w, g in w - 0.1 * g }
  /// ```
  ///
  /// - Parameter other: a tree of the same structure; another one is an error.
  public func mapTensors(with other: Self, _ transform: (Tensor, Tensor) -> Tensor) -> Self {
    let others = other.tensors
    guard tensors.count == others.count, treeStructure == other.treeStructure else {
      report(
        TensorError(
          .structure, "mapTensors", "the trees have the structures \(treeStructure) and \(other.treeStructure)",
          hint: "both trees must have the same tensors, and lists of the same lengths"))
      return mapTensors { _ in Tensor(.invalid) }
    }
    var rest = others[...]
    return mapTensors { transform($0, rest.removeFirst()) }
  }

  /// The same structure with other tensors, in order; their number must be that of the tree.
  public func replacingTensors(with replacements: [Tensor]) -> Self {
    var index = 0
    return mapTensors { original in
      defer { index += 1 }
      return index < replacements.count ? replacements[index] : original
    }
  }
}

extension Tensor: TensorTree {
  /// Calls the closure with the tensor itself.
  @inlinable
  public mutating func forEachTensor(_ body: (inout Tensor) -> Void) { body(&self) }

  /// A leaf.
  public var treeStructure: TreeStructure { .leaf }
}

extension Array: TensorTree where Element: TensorTree {
  /// Visits the elements in order.
  public mutating func forEachTensor(_ body: (inout Tensor) -> Void) {
    // Counted by hand: where this is not specialized, a range and its iterator cost more than the visit.
    var index = 0
    while index < count {
      self[index].forEachTensor(body)
      index += 1
    }
  }

  /// The list of the elements' structures.
  public var treeStructure: TreeStructure { .list(map(\.treeStructure)) }
}

extension Dictionary: TensorTree where Value: TensorTree, Key: Comparable {
  /// Visits the values in the order of their keys.
  public mutating func forEachTensor(_ body: (inout Tensor) -> Void) {
    for key in keys.sorted() { self[key]?.forEachTensor(body) }
  }

  /// The values' structures by key.
  public var treeStructure: TreeStructure {
    .keyed(Dictionary<String, TreeStructure>(map { ("\($0.key)", $0.value.treeStructure) }) { a, _ in a })
  }
}

extension Optional: TensorTree where Wrapped: TensorTree {
  /// Visits the value, if there is one.
  public mutating func forEachTensor(_ body: (inout Tensor) -> Void) { self?.forEachTensor(body) }

  /// The value's structure, or none.
  public var treeStructure: TreeStructure { self?.treeStructure ?? .none }
}
