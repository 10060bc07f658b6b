import Linearization

/// One of two functions, chosen by a truth value at run time; only the chosen one runs.
///
/// ```swift
/// cond(x .> 0) { sqrt(x) } else: { -x }
/// ```
///
/// Both are recorded, as programs of one equation. Where the truth value is known in Swift, `if` does as well. Under
/// `vmap` with a truth value for each example both run for all examples, and for each the result of its own is chosen;
/// the other gives neither values nor derivatives, even where it is infinite or not a number.
///
/// - Parameters:
///   - predicate: one truth value.
///   - then: the function where it is `true`. It may use tensors from outside.
///   - else: the function where it is `false`; it gives the same types.
public func cond(_ predicate: Tensor, then: () -> Tensor, else otherwise: () -> Tensor) -> Tensor {
  chosen(predicate, then, otherwise)
}

/// One of two functions whose results are any ``TensorTree``, chosen by a truth value at run time.
@_disfavoredOverload
public func cond<Result: TensorTree>(
  _ predicate: Tensor, then: () -> Result, else otherwise: () -> Result
) -> Result {
  chosen(predicate, then, otherwise)
}

/// One of several functions, chosen by an index at run time; only the chosen one runs.
///
/// - Parameters:
///   - index: an integer scalar, from 0; one outside the branches is an error.
///   - branches: the functions, which give the same types. They may use tensors from outside.
public func switchCase(_ index: Tensor, _ branches: [() -> Tensor]) -> Tensor {
  if branches.isEmpty {
    return invalidTensor(
      TensorError(.value, "switchCase", "there are no branches to choose from", hint: "give at least one function"))
  }
  return chosen(index, branches)
}

/// One of several functions whose results are any ``TensorTree``, chosen by an index at run time. An
/// empty list stops the process, also inside `catchingTensorErrors`: there is no result to go on with.
@_disfavoredOverload
public func switchCase<Result: TensorTree>(_ index: Tensor, _ branches: [() -> Result]) -> Result {
  chosen(index, branches)
}

private func chosen<Result: TensorTree>(
  _ predicate: Tensor, _ then: () -> Result, _ otherwise: () -> Result
) -> Result {
  withoutActuallyEscaping(then) { then in
    withoutActuallyEscaping(otherwise) { otherwise in
      switching("cond", [otherwise, then]) {
        if predicate.isInvalid { return poisoned("cond") }
        if predicate.type == TensorType(.bool, .scalar) { return predicate.settled }
        return invalidTensor(
          TensorError(
            predicate.shape.isScalar ? .dtype : .shape, "cond",
            "the predicate has type \(predicate.type); it must be one truth value (bool[])",
            hint: "compare: x .> 0; choose element by element with Tensor.where(mask, a, b)"))
      }
    }
  }
}

private func chosen<Result: TensorTree>(_ index: Tensor, _ branches: [() -> Result]) -> Result {
  precondition(!branches.isEmpty, "switchCase: there are no branches to choose from")
  return switching("switchCase", branches) {
    if index.isInvalid { return poisoned("switchCase") }
    let type = index.type
    if type.shape.isScalar && (index.isLiteral || type.dtype == .int64 || type.dtype == .int32) {
      return index.asType(.int64)
    }
    return invalidTensor(
      TensorError(
        type.shape.isScalar ? .dtype : .shape, "switchCase", "the index has type \(type); it must be one integer",
        hint: "convert it with .asType(.int64)"))
  }
}

private func switching<Result: TensorTree>(
  _ operation: String, _ branches: [() -> Result], _ index: () -> Tensor
) -> Result {
  var structure: Result?
  /// The element types that the branches give where their result is not a literal.
  var dtypes: [DType?] = []
  func results(_ branch: () -> Result) -> [Tensor]? {
    let result = branch()
    if let structure, structure.treeStructure != result.treeStructure {
      report(
        TensorError(
          .structure, operation,
          "the branches give different structures: \(structure.treeStructure) and \(result.treeStructure)",
          hint: "return the same structure from all branches"))
      return nil
    }
    structure = structure ?? result
    let tensors = result.tensors
    if dtypes.isEmpty { dtypes = tensors.map { _ in nil } }
    for (place, tensor) in tensors.enumerated() where !tensor.isLiteral && !tensor.isInvalid {
      dtypes[place] = dtypes[place] ?? tensor.dtype
    }
    var adopted: [Tensor] = []
    for (tensor, dtype) in zip(tensors, dtypes) {
      guard let dtype else {
        adopted.append(tensor.settled)
        continue
      }
      do throws(TensorError) { adopted.append(try tensor.literal(adopting: dtype, operation)) } catch { report(error) }
    }
    return adopted.count == tensors.count ? adopted : nil
  }
  var bodies: [RecordedFunction] = []
  func recordAll() -> Bool {
    bodies = []
    for (place, branch) in branches.enumerated() {
      let body = RecordedFunction.body("branch\(place)", of: operation, []) { _ in
        results(branch) ?? [Tensor(.invalid)]
      }
      guard let body else { return false }
      bodies.append(body)
    }
    return true
  }
  func failed() -> Result { (structure ?? branches[0]()).mapTensors { _ in Tensor(.invalid) } }
  let chosen = index()
  guard recordAll() else { return failed() }
  // A literal before the first tensor of its place has the wrong type the first time.
  let types = Set(bodies.map { $0.program.outputTypes.map(\.dtype) })
  if types.count > 1, !recordAll() { return failed() }
  guard !chosen.isInvalid, let structure else { return failed() }
  let (programs, captures) = RecordedFunction.unified(bodies)
  let results = Switch(programs.map { Subprogram($0) }).bind([chosen] + captures)
  if results.contains(where: \.isInvalid) { return failed() }
  return structure.replacingTensors(with: results)
}
