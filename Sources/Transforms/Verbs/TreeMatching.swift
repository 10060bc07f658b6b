import ControlPrimitives

/// The tensors of a tree that must match another in structure, shapes and element types, such as a tangent; literals
/// adopt the element type. An error has been reported when it does not match.
func matchingTensors<Tree: TensorTree>(
  _ tree: Tree, to model: Tree, types: [TensorType], _ operation: String, _ what: String
) -> [Tensor]? {
  let structure = tree.treeStructure
  let expected = model.treeStructure
  guard structure == expected else {
    report(
      TensorError(
        .structure, operation, "the \(what) has the structure \(structure), but \(expected) is needed",
        hint: "give one tensor for each tensor of the \(what == "cotangent" ? "result" : "argument")"))
    return nil
  }
  var matched: [Tensor] = []
  for (index, (tensor, type)) in zip(tree.tensors, types).enumerated() {
    guard let tensor = matching(tensor, type, operation, what, index: types.count > 1 ? index : nil) else { return nil }
    matched.append(tensor)
  }
  return matched
}

private func matching(
  _ tensor: Tensor, _ type: TensorType, _ operation: String, _ what: String, index: Int?
) -> Tensor? {
  if tensor.isInvalid {
    _ = poisoned(operation)
    return nil
  }
  let place = index.map { " number \($0)" } ?? ""
  do throws(TensorError) {
    let adopted = try tensor.literal(adopting: type.dtype, operation)
    let given = adopted.type
    if given == type { return adopted.settled }
    throw TensorError(
      given.shape == type.shape ? .dtype : .shape, operation,
      "the \(what)\(place) has type \(given), but \(type) is needed",
      hint: "a \(what) has the shape and the element type of what it belongs to")
  } catch {
    report(error)
    return nil
  }
}

extension TensorTree {
  /// The tree with every tensor invalid: the result of a transform that failed.
  var invalidated: Self { mapTensors { _ in Tensor(.invalid) } }

  /// Whether an operation that this tree comes from has failed; reported outside of scopes.
  func isPoisoned(_ operation: String) -> Bool {
    var isInvalid = false
    var copy = self
    copy.forEachTensor { if $0.isInvalid { isInvalid = true } }
    if isInvalid { _ = poisoned(operation) }
    return isInvalid
  }
}

/// A tree with its tensors replaced by the first of a list, which are taken off.
func taking<Tree: TensorTree>(_ tree: Tree, _ rest: inout ArraySlice<Tensor>) -> Tree {
  tree.mapTensors { _ in rest.popFirst() ?? Tensor(.invalid) }
}
