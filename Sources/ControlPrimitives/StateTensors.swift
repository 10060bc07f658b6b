import Linearization

// The states of loops: which types they have, and what a step may give back in their place.

/// Tensors that a control primitive takes, and what their types may still become: a literal adopts the element type that
/// the function gives back in its place.
struct StateTensors {
  private(set) var tensors: [Tensor]
  let operation: String

  init(_ tensors: [Tensor], _ operation: String) {
    self.tensors = tensors
    self.operation = operation
  }

  var types: [TensorType] { tensors.map(\.type) }
  var settled: [Tensor] { tensors.map(\.settled) }

  /// What a step gave back, with its literals in the types of the state.
  ///
  /// - Returns: `nil` when the types do not fit, which has been reported.
  func adopted(_ results: [Tensor]) -> [Tensor]? {
    var adopted: [Tensor] = []
    for (result, tensor) in zip(results, tensors) {
      do throws(TensorError) { adopted.append(try result.literal(adopting: tensor.dtype, operation)) } catch {
        report(error)
        return nil
      }
    }
    return adopted
  }

  /// Gives literals the element types that a step gives back in their place, by recording it with the literals
  /// themselves.
  ///
  /// - Parameters:
  ///   - others: the types of what the step takes after the state.
  ///   - step: the next state; `nil` when it is invalid, which has been reported.
  mutating func adopt(_ others: [TensorType], _ step: ([Tensor]) -> [Tensor]?) {
    for _ in tensors where tensors.contains(where: \.isLiteral) {
      var results: [Tensor] = []
      var dtypes: [DType?] = []
      let known = tensors
      let types = known.filter { !$0.isLiteral }.map(\.type) + others
      _ = Program.tracing(operation, types, unreadable: .readInBody(of: operation), outside: .recorded) { inputs in
        var rest = inputs[...]
        let state = known.map { $0.isLiteral ? $0 : rest.removeFirst() }
        results = step(state + rest) ?? []
        dtypes = results.map { $0.isInvalid || $0.isLiteral ? nil : $0.dtype }
        return []
      }
      var hasChanged = false
      for (index, dtype) in dtypes.enumerated() where tensors[index].isLiteral {
        guard let dtype, let adopted = try? tensors[index].literal(adopting: dtype, operation) else { continue }
        tensors[index] = adopted
        hasChanged = true
      }
      if !hasChanged { break }
    }
    tensors = settled
  }

  /// Whether a step gives back the types that it took; an error has been reported when it does not.
  func matches(_ results: [TensorType]) -> Bool {
    for (index, (before, after)) in zip(types, results).enumerated() where before != after {
      let place = results.count > 1 ? "tensor \(index) of the state" : "the state"
      report(
        TensorError(
          before.shape == after.shape ? .dtype : .shape, operation,
          "\(place) has type \(before) before a step and \(after) after it",
          hint: before.shape == after.shape
            ? "convert one of them with .asType(.\(after.dtype))"
            : "begin with the shape that a step gives: .broadcast(to: \(after.shape))"))
      return false
    }
    return true
  }
}

/// Whether two trees have one structure; an error has been reported when they do not.
func haveSameStructure(_ given: some TensorTree, _ result: some TensorTree, _ operation: String) -> Bool {
  let (before, after) = (given.treeStructure, result.treeStructure)
  if before == after { return true }
  report(
    TensorError(
      .structure, operation, "the state has the structure \(before) before a step and \(after) after it",
      hint: "return the same structure that the function takes"))
  return false
}

extension TensorTree {
  /// The tree with every tensor invalid.
  var poisonedTree: Self { mapTensors { _ in Tensor(.invalid) } }
}
