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
  /// The type of a part that cannot be compared with that of another call.
  var incomparable: String?

  /// Adds a tree.
  mutating func add<Tree: TensorTree>(_ tree: Tree) {
    // Compared first: a cast takes far longer.
    if Tree.self == Tensor.self, let tensor = tree as? Tensor {
      tensors.append(tensor)
      structure.trees.append(.leaf)
      return
    }
    tensors += tree.tensors
    structure.trees.append(tree.treeStructure)
    if !(tree is any TensorsOnly) { collect(tree) }
  }

  /// Adds a static argument.
  mutating func add(static value: some Hashable) { structure.parts.append(AnyHashable(value)) }

  /// Collects what a value holds besides tensors. A tree may have a number or a flag on which the function depends.
  private mutating func collect(_ value: Any) {
    if value is any TensorsOnly { return }
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

/// A tree that holds nothing but tensors.
private protocol TensorsOnly {}
extension Tensor: TensorsOnly {}
extension Array: TensorsOnly where Element: TensorsOnly {}
extension Optional: TensorsOnly where Wrapped: TensorsOnly {}
extension Dictionary: TensorsOnly where Value: TensorsOnly {}
