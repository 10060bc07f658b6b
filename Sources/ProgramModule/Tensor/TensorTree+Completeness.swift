// A tensor that `forEachTensor` forgets would be a constant of every transform: its gradient would be the tensor itself.
// So trees of other people's types are compared with what reflection finds in them.

/// A tensor that belongs to a tree but is no argument of transforms: a constant, such as a table or a mask. `grad`, `vmap`,
/// `scan` and `jit` leave it as it is.
///
/// ```swift
/// struct Layer: TensorTree {
///   var weights: Tensor
///   @Static var mask: Tensor
///   mutating func forEachTensor(_ body: (inout Tensor) -> Void) { body(&weights) }
/// }
/// ```
///
/// Without it, a property that `forEachTensor` does not visit is an error. A tensor that is an argument but is not to be
/// changed by training is visited, and used through `stopGradient`.
@propertyWrapper
public struct Static<Value> {
  /// The value.
  public var wrappedValue: Value

  /// Wraps a value.
  public init(wrappedValue: Value) { self.wrappedValue = wrappedValue }
}

extension Static: Sendable where Value: Sendable {}
extension Static: Equatable where Value: Equatable {}
extension Static: Hashable where Value: Hashable {}

/// What the search for tensors does not look into.
private protocol Opaque {}
extension Static: Opaque {}
extension HostTensor: Opaque {}

/// The types whose trees have been found complete, whatever their values.
private let completeTypes = Lock<Set<ObjectIdentifier>>([])

extension TensorTree {
  /// Reports a tensor among the stored properties that ``forEachTensor(_:)`` does not visit: in debug builds each time, in
  /// release builds until the type is known to be complete.
  package func checkCompleteness() {
    // Objects are shared: their tensors are not part of the value.
    if Self.self == Tensor.self || Self.self == [Tensor].self || Self.self is AnyClass { return }
    let id = ObjectIdentifier(Self.self)
    #if !DEBUG
      if completeTypes.withLock({ $0.contains(id) }) { return }
    #endif
    let search = TensorSearch(self)
    guard let path = search.forgotten else {
      if search.isConclusive { completeTypes.withLock { _ = $0.insert(id) } }
      return
    }
    let isProperty = !path.contains(".") && !path.contains("[")
    report(
      TensorError(
        .transform, "\(Self.self)",
        "forEachTensor does not visit the tensor '\(path)', so that no transform would see it",
        hint: isProperty
          ? "visit it in forEachTensor: body(&\(path)); or, if it is a constant of all transforms, declare it as"
            + " @Static var \(path)"
          : "visit it in forEachTensor; or, if it is a constant of all transforms, declare the property as @Static"))
  }
}

/// Looks for a tensor that a tree does not visit.
private struct TensorSearch {
  /// The path of properties to it.
  private(set) var forgotten: String?
  /// Whether another value of the same type would have given the same.
  private(set) var isConclusive = true

  init(_ tree: some TensorTree) {
    var copy = tree
    var originals: [Tensor] = []
    // What is visited is marked; a tensor without a mark has been forgotten.
    copy.forEachTensor {
      originals.append($0)
      $0 = Tensor(.invalid)
    }
    forgotten = unmarkedTensor(in: copy, depth: 0)
    // A tree may hold objects, which are not copied.
    var index = 0
    copy.forEachTensor {
      if index < originals.count { $0 = originals[index] }
      index += 1
    }
  }

  /// The path to a tensor that is not marked.
  private mutating func unmarkedTensor(in value: Any, depth: Int) -> String? {
    if let tensor = value as? Tensor { return tensor.isInvalid ? nil : "" }
    if value is any Opaque || depth > 16 { return nil }
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .collection, .set, .dictionary:
      isConclusive = false
      for (index, child) in mirror.children.prefix(1000).enumerated() {
        // Long lists of plain numbers hold no tensor.
        if child.value is any Numeric || child.value is String || child.value is Bool { return nil }
        if let path = unmarkedTensor(in: child.value, depth: depth + 1) {
          return "[\(index)]" + (path.isEmpty || path.hasPrefix("[") ? path : "." + path)
        }
      }
      return nil
    case .optional:
      isConclusive = false
      return mirror.children.first.flatMap { unmarkedTensor(in: $0.value, depth: depth + 1) }
    case .enum:
      isConclusive = false
      return propertyPath(mirror, depth)
    case .struct, .tuple: return propertyPath(mirror, depth)
    default: return nil
    }
  }

  private mutating func propertyPath(_ mirror: Mirror, _ depth: Int) -> String? {
    for child in mirror.children {
      guard let path = unmarkedTensor(in: child.value, depth: depth + 1) else { continue }
      var label = child.label ?? ""
      // Elements of tuples are called ".0".
      if label.hasPrefix(".") { label.removeFirst() }
      return path.isEmpty || path.hasPrefix("[") ? label + path : label + "." + path
    }
    return nil
  }
}
