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
/// Without it, a property that `forEachTensor` does not visit is an error.
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

/// The types whose trees have been found complete, or whose error has been reported.
private let checkedTypes = Lock<Set<ObjectIdentifier>>([])

extension TensorTree {
  /// Reports a tensor among the stored properties that ``forEachTensor(_:)`` does not visit: in debug builds each time, in
  /// release builds once for each type.
  package func checkCompleteness() {
    if Self.self == Tensor.self || Self.self == [Tensor].self { return }
    #if !DEBUG
      if !checkedTypes.withLock({ $0.insert(ObjectIdentifier(Self.self)).inserted }) { return }
    #endif
    guard let path = forgottenTensor else { return }
    report(
      TensorError(
        .transform, "\(Self.self)",
        "forEachTensor does not visit the tensor '\(path)', so that no transform would see it",
        hint: "visit it in forEachTensor: body(&\(path)); or, if it is a constant of all transforms, declare it as"
          + " @Static var \(path)"))
  }

  /// The path of properties to a tensor that is not visited.
  var forgottenTensor: String? {
    var copy = self
    // What is visited is marked; a tensor without a mark has been forgotten.
    copy.forEachTensor { $0 = Tensor(.invalid) }
    return unmarkedTensor(in: copy, depth: 0)
  }
}

/// The path to a tensor that is not marked. Objects are not looked into: they are shared, and not part of the value.
private func unmarkedTensor(in value: Any, depth: Int) -> String? {
  if let tensor = value as? Tensor { return tensor.isInvalid ? nil : "" }
  if value is any Opaque || depth > 16 { return nil }
  let mirror = Mirror(reflecting: value)
  switch mirror.displayStyle {
  case .collection, .set, .dictionary:
    // All elements are of one type, and are visited alike.
    guard let first = mirror.children.first else { return nil }
    return unmarkedTensor(in: first.value, depth: depth + 1).map { "[0]" + $0 }
  case .optional:
    return mirror.children.first.flatMap { unmarkedTensor(in: $0.value, depth: depth + 1) }
  case .struct, .tuple, .enum:
    for child in mirror.children {
      guard let path = unmarkedTensor(in: child.value, depth: depth + 1) else { continue }
      // The storage of a property wrapper is named after the property.
      let label = child.label.map { $0.hasPrefix("_") ? String($0.dropFirst()) : $0 } ?? ""
      return path.isEmpty || path.hasPrefix("[") ? label + path : label + "." + path
    }
    return nil
  default: return nil
  }
}
