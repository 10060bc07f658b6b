import Primitives

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
    structure.trees.append(tree.treeStructure)
    if tree is any TensorsOnly { return }
    // What is visited is marked, so that other tensors are seen.
    var marked = tree
    if !(Tree.self is AnyClass) { marked.forEachTensor { $0 = Tensor(.invalid) } }
    collect(marked)
  }

  /// Adds a static argument.
  mutating func add(static value: some Hashable) { structure.parts.append(AnyHashable(value)) }

  /// Collects what a value holds besides the tensors that are visited. A tree may have a number or a flag on which the
  /// function depends, or a tensor that is none of its arguments.
  private mutating func collect(_ value: Any) {
    if let tensor = value as? Tensor {
      switch tensor.payload {
      case .invalid: return
      case .host(let host), .literal(let host), .integerLiteral(let host): structure.parts.append(AnyHashable(host))
      case .traced(let variable): structure.parts.append(AnyHashable(variable))
      }
      return
    }
    if !(value is any TensorTree), let part = value as? AnyHashable {
      structure.parts.append(part)
      return
    }
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .class:
      if !(value is any TensorTree) {
        structure.parts.append(AnyHashable(SameObject(object: value as AnyObject)))
        return
      }
    case .enum: structure.parts.append(AnyHashable(mirror.children.first?.label ?? "\(value)"))
    case .collection, .set, .dictionary, .optional: structure.parts.append(AnyHashable(mirror.children.count))
    case nil:
      incomparable = incomparable ?? "\(type(of: value))"
      return
    default: break
    }
    for child in mirror.children { collect(child.value) }
    var ancestor = mirror.superclassMirror
    while let mirror = ancestor {
      for child in mirror.children { collect(child.value) }
      ancestor = mirror.superclassMirror
    }
  }
}

/// An object that is compared by its identity, and kept alive so that no other one gets its address.
private struct SameObject: Hashable {
  let object: AnyObject

  static func == (a: SameObject, b: SameObject) -> Bool { a.object === b.object }

  func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(object)) }
}
