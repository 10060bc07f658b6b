import ControlPrimitives

/// What calls that share compiled programs have in common: the types of the tensors, and all else about the arguments.
///
/// `Sendable`: the parts, whose types need not be `Sendable`, are only compared, and a key is a value.
struct JITSignature: Hashable, @unchecked Sendable {
  var types: [TensorType]
  var structure: JITStructure
}

/// What is known about arguments besides their tensors.
struct JITStructure: Hashable {
  /// The structure of each tree.
  var trees: [TreeStructure] = []
  /// What the trees hold besides tensors, and static arguments.
  var parts: [AnyHashable] = []
}

/// The arguments of a call: tensors, and what else the function could depend on.
struct JITArguments {
  var tensors: [Tensor] = []
  var structure = JITStructure()
  /// The number of tensors of each tree.
  var counts: [Int] = []
  /// The static argument.
  var parameters: AnyHashable?
  /// The type of a part that cannot be compared with that of another call.
  var incomparable: String?

  /// Adds a tree.
  mutating func add<Tree: TensorTree>(_ tree: Tree) {
    // Compared first: a cast takes far longer.
    if Tree.self == Tensor.self, let tensor = tree as? Tensor {
      tensors.append(tensor)
      counts.append(1)
      structure.trees.append(.leaf)
      return
    }
    let found = tree.tensors
    tensors += found
    counts.append(found.count)
    if tree is any TensorsOnly {
      structure.trees.append(tree.treeStructure)
      return
    }
    structure.trees.append(.named("\(Tree.self)", leaves: found.count, parts: []))
    let mark = structure.parts.count
    if collect(tree) == found.count || Tree.self is AnyClass { return }
    // What is visited is marked, so that other tensors are seen.
    structure.parts.removeSubrange(mark...)
    var marked = tree
    marked.forEachTensor { $0 = Tensor(.invalid) }
    _ = collect(marked, isMarked: true)
  }

  /// Adds the static argument.
  mutating func add(static value: some Hashable) {
    parameters = AnyHashable(value)
    structure.parts.append(AnyHashable(value))
  }

  /// Collects what a value holds besides tensors: a tree may have a number or a flag on which the function depends, and
  /// lists of any length.
  ///
  /// - Parameter isMarked: whether tensors that are visited have been marked; others are collected.
  /// - Returns: the number of tensors in it.
  private mutating func collect(_ value: Any, isMarked: Bool = false) -> Int {
    if let tensor = value as? Tensor {
      if isMarked, let part = tensor.part { structure.parts.append(part) }
      return 1
    }
    if let tree = value as? any TensorTree, !isMarked {
      if let container = tree as? any TreeContainer {
        if let count = container.fixedElementCount {
          structure.parts.append(AnyHashable(container.elementCount))
          return container.elementCount * count
        }
      } else if let count = CountedTrees.fixedCount(of: tree) {
        structure.parts.append(AnyHashable(ObjectIdentifier(type(of: tree))))
        return count
      }
    } else if !(value is any TensorTree), let part = value as? AnyHashable {
      structure.parts.append(part)
      return 0
    }
    // A property may hold values of several types.
    structure.parts.append(AnyHashable(ObjectIdentifier(type(of: value))))
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .class:
      if !(value is any TensorTree) {
        structure.parts.append(AnyHashable(SameObject(object: value as AnyObject)))
        return 0
      }
    case .enum: structure.parts.append(AnyHashable(mirror.children.first?.label ?? "\(value)"))
    case .collection, .set, .dictionary, .optional: structure.parts.append(AnyHashable(mirror.children.count))
    case nil:
      incomparable = incomparable ?? "\(type(of: value))"
      return 0
    default: break
    }
    var count = 0
    var ancestor: Mirror? = mirror
    while let mirror = ancestor {
      for child in mirror.children { count += collect(child.value, isMarked: isMarked) }
      ancestor = mirror.superclassMirror
    }
    return count
  }
}

extension Tensor {
  /// This as a part of an argument that is compared with that of another call; nothing where it was marked.
  fileprivate var part: AnyHashable? {
    isInvalid ? nil : AnyHashable(identity)
  }
}

/// An object that is compared by its identity, and kept alive so that no other one gets its address.
private struct SameObject: Hashable {
  let object: AnyObject

  static func == (a: SameObject, b: SameObject) -> Bool { a.object === b.object }

  func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(object)) }
}
