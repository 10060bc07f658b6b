// Transforms would treat a tensor that `forEachTensor` does not visit as a constant: its gradient would be the tensor
// itself. Therefore the visited tensors of each tree are compared with the tensors that reflection finds.

/// A property wrapper for a tensor that is a constant of all transforms, such as a table or a mask. `grad`, `vmap`, `scan`
/// and `jit` return it unchanged.
///
/// ```swift
/// struct Layer: TensorTree {
///   var weights: Tensor
///   @Static var mask: Tensor
///   mutating func forEachTensor(_ body: (inout Tensor) -> Void) { body(&weights) }
/// }
/// ```
///
/// An unvisited tensor without this wrapper is an error. To freeze a parameter during training, visit the parameter and
/// pass it through `stopGradient`.
@propertyWrapper
public struct Static<Value> {
  /// The wrapped value.
  public var wrappedValue: Value

  /// Creates a wrapper around a value.
  public init(wrappedValue: Value) { self.wrappedValue = wrappedValue }
}

extension Static: Sendable where Value: Sendable {}
extension Static: Equatable where Value: Equatable {}
extension Static: Hashable where Value: Hashable {}

/// A type whose values the search for tensors skips.
private protocol Opaque {}
extension Static: Opaque {}
extension HostTensor: Opaque {}

/// How often values of a type have been searched without a finding. Searches take longer than a compiled call.
private let searches = Lock<[ObjectIdentifier: Int]>([:])
/// So many values of a type are searched in release builds, where one does not tell of the others.
private let mostSearches = 32

extension TensorTree {
  /// Reports a tensor among the stored properties that ``forEachTensor(_:)`` does not visit: in debug builds each time, in
  /// release builds until the type is known to be complete, or many of its values are.
  package func checkCompleteness() {
    // Objects are shared: their tensors are not part of the value.
    if Self.self == Tensor.self || Self.self == [Tensor].self || Self.self is AnyClass { return }
    let id = ObjectIdentifier(Self.self)
    #if !DEBUG
      if searches.withLock({ $0[id, default: 0] }) >= mostSearches { return }
    #endif
    let search = TensorSearch(self)
    guard let path = search.forgotten else {
      searches.withLock { $0[id, default: 0] += search.isConclusive ? mostSearches : 1 }
      return
    }
    let isProperty = !path.contains(".") && !path.contains("[")
    report(
      TensorError(
        .transform, "\(Self.self)",
        "forEachTensor does not visit the tensor '\(path)'; transforms would treat it as a constant",
        hint: isProperty
          ? "call body(&\(path)) in forEachTensor, or declare a constant with @Static var \(path): Tensor"
          : "visit it in forEachTensor, or mark the property of a constant with @Static"))
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
