import ControlPrimitives

/// A function with rules, which becomes one equation where it is applied under a transform.
final class CustomFunction<Argument: TensorTree, Result: TensorTree> {
  private let operation: String
  private let function: (Argument) -> Result
  private let rule: CustomRule<Argument, Result>
  private let firstUse: FirstUse

  init(
    _ operation: String, _ function: @escaping (Argument) -> Result, _ rule: CustomRule<Argument, Result>,
    _ firstUse: FirstUse = FirstUse()
  ) {
    self.operation = operation
    self.function = function
    self.rule = rule
    self.firstUse = firstUse
  }

  /// The function's result; when something is being traced, as the results of a call with rules.
  func callAsFunction(_ argument: Argument) -> Result {
    let tensors = argument.tensors
    // Without a trace nothing is recorded; with an invalid operand nothing can be.
    if ThreadState.current.traces.isEmpty || tensors.contains(where: \.isInvalid) { return function(argument) }
    var recording = RuleRecording<Argument, Result>(operation, argument)
    guard let call = recording.record(function, rule) else {
      return (recording.result ?? function(argument.invalidated)).invalidated
    }
    #if DEBUG
      if let hosts = call.hosts, firstUse.begins() {
        let check = RuleCheck(operation, call.primitive, hosts, isExact: rule.isExact)
        if let error = check.error() {
          report(error)
          return (recording.result ?? function(argument.invalidated)).invalidated
        }
      }
    #endif
    let results = call.primitive.bind(call.operands, known: call.known)
    guard let result = recording.result, results.count == result.tensors.count else {
      return (recording.result ?? function(argument.invalidated)).invalidated
    }
    return result.replacingTensors(with: results)
  }
}

/// Whether rules have been used before.
final class FirstUse {
  private var hasBegun = false

  /// Whether this is the first time.
  func begins() -> Bool {
    defer { hasBegun = true }
    return !hasBegun
  }
}

/// A call with rules, with what it is applied to.
struct CustomApplication {
  var primitive: CustomCall
  var operands: [Tensor]
  /// The results where they are known.
  var known: [Tensor]?

  /// The numbers of the operands where all are known.
  var hosts: [HostTensor]? {
    var hosts: [HostTensor] = []
    for operand in operands {
      guard let host = try? operand.hostValue(.free) else { return nil }
      hosts.append(host)
    }
    return hosts
  }
}

/// Records a function and its rules as programs.
private struct RuleRecording<Argument: TensorTree, Result: TensorTree> {
  /// What the function gave; its tensors belong to a trace that has ended.
  private(set) var result: Result?
  private let operation: String
  private let argument: Argument
  /// The argument's tensors but for literals, which stay what they are: in the function they adopt the element type that
  /// they meet.
  private let operands: [Tensor]
  private let types: [TensorType]
  private var resultTypes: [TensorType] = []

  init(_ operation: String, _ argument: Argument) {
    self.operation = operation
    self.argument = argument
    operands = argument.tensors.filter { !$0.isLiteral }
    types = operands.map(\.type)
  }

  private var active: [Int] { types.indices.filter { types[$0].dtype.isDifferentiable } }
  private var activeResults: [Int] { resultTypes.indices.filter { resultTypes[$0].dtype.isDifferentiable } }

  /// The call; `nil` when an operation was invalid or does not fit, which has been reported.
  mutating func record(
    _ function: @escaping (Argument) -> Result, _ rule: CustomRule<Argument, Result>
  ) -> CustomApplication? {
    guard let main = recorded(function) else { return nil }
    resultTypes = Array(main.program.outputTypes)
    var functions = [main]
    var places: (tangent: Int?, forward: Int?, transpose: Int?)
    var rules = RulePrograms()
    // Without anything that can have a tangent there is nothing to rule.
    let isActive = !active.isEmpty && !activeResults.isEmpty
    if isActive, let jvp = rule.jvp {
      guard let tangent = recorded(jvp) else { return nil }
      places.tangent = functions.count
      functions.append(tangent)
    }
    if isActive, let vjp = rule.vjp {
      guard let (forward, backward) = recorded(vjp) else { return nil }
      places.forward = functions.count
      functions.append(forward)
      rules.backward = Subprogram(backward)
    }
    if isActive, let transpose = rule.transpose {
      guard let transpose = recorded(transpose: transpose) else { return nil }
      places.transpose = functions.count
      functions.append(transpose)
    }
    let (programs, captures) = RecordedFunction.unified(functions)
    // The tangents come after the tensors from outside.
    rules.tangent = places.tangent.map {
      Subprogram(programs[$0].movingInputs(operands.count..<(operands.count + active.count)))
    }
    rules.forward = places.forward.map { Subprogram(programs[$0]) }
    rules.transpose = places.transpose.map { Subprogram(programs[$0]) }
    var primitive = CustomCall(
      Subprogram(programs[0]), argumentCount: operands.count, ruledCount: resultTypes.count, rules: rules,
      batching: rule.vmap.map { batching($0) })
    if !rule.isExact { primitive = primitive.withGivenBackwardRule() }
    if let error = primitive.linearityError(operation) {
      report(error)
      return nil
    }
    return CustomApplication(primitive: primitive, operands: operands + captures, known: main.known)
  }

  /// The function itself.
  private mutating func recorded(_ function: (Argument) -> Result) -> RecordedFunction? {
    var unreadable = TensorError(.tracing, operation, "the function reads the value of a tensor that has none")
    for operand in operands {
      if let error = operand.readingError { unreadable = error }
    }
    let dtype = active.first.map { types[$0].dtype }
    var found: Result?
    let name = operation == "withRule" ? "function" : "\(operation)_function"
    let recorded = RecordedFunction(name, operands.map { .tensor($0) }, .partial(unreadable: unreadable)) {
      inputs in
      let result = function(tree(inputs[...]))
      found = result
      return result.tensors.map { tensor in
        dtype.flatMap { try? tensor.literal(adopting: $0, operation) } ?? tensor.settled
      }
    }
    result = found
    return recorded
  }

  /// The rule for tangents: from the operands and the tangents of those that can have one.
  private func recorded(_ rule: (Argument, Argument) -> (Result, Result)) -> RecordedFunction? {
    let inputs = operands.map { RecordedFunction.Input.tensor($0) } + active.map { .type(types[$0]) }
    return RecordedFunction("\(operation)_tangent", inputs, .partial(unreadable: unreadable("tangent"))) { inputs in
      let dx = tangentTree(Array(inputs[operands.count...]))
      let (y, dy) = rule(tree(inputs[..<operands.count]), dx)
      guard let values = matched(y, "value"), let tangents = matched(dy, "tangent") else { return nil }
      return values + activeResults.map { tangents[$0] }
    }
  }

  /// The rules for reverse mode: from the operands to the results and residuals; from the cotangents of the results and
  /// the residuals to those of the operands.
  private func recorded(
    _ rule: (Argument) -> (Result, (Result) -> Argument)
  ) -> (forward: RecordedFunction, backward: Program)? {
    var backward: Program?
    let inputs = operands.map { RecordedFunction.Input.tensor($0) }
    let forward = RecordedFunction("\(operation)_forward", inputs, .partial(unreadable: unreadable("cotangent"))) {
      inputs in
      let (y, pullback) = rule(tree(inputs[...]))
      guard let values = matched(y, "value") else { return nil }
      let recorded = adjoint("\(operation)_backward", pullback)
      backward = recorded?.program
      return recorded.map { values + $0.captures }
    }
    guard let forward, let backward else { return nil }
    return (forward, backward)
  }

  private func recorded(transpose: (Result) -> Argument) -> RecordedFunction? {
    if active.count != operands.count {
      report(
        TensorError(
          .dtype, operation, "a transpose rule is for functions of floating-point tensors, not of \(types)",
          hint: "let the function capture integers and booleans instead of taking them as arguments"))
      return nil
    }
    return adjoint("\(operation)_transpose", transpose)
  }

  private func adjoint(_ name: String, _ pullback: (Result) -> Argument) -> RecordedFunction? {
    let inputs = activeResults.map { RecordedFunction.Input.type(resultTypes[$0]) }
    return RecordedFunction(name, inputs, .partial(unreadable: unreadable("cotangent"))) { inputs in
      guard let cotangents = matchedArgument(pullback(cotangentTree(inputs))) else { return nil }
      return active.map { cotangents[$0] }
    }
  }

  /// The rule for batches as a function of lists.
  private func batching(
    _ rule: @escaping @Sendable (Argument, [Bool], Int) -> Result
  ) -> HostFunction<CustomCall.BatchingRule> {
    let model = argument.mapTensors { $0.isLiteral ? $0 : Tensor(.invalid) }
    let count = operands.count
    let lists = ListRule { inputs, isBatched, size in
      var rest = inputs[..<count]
      let x = model.mapTensors { $0.isLiteral ? $0 : rest.removeFirst() }
      return rule(x, Array(isBatched[..<count]), size).tensors.map(\.settled)
    }
    return HostFunction("vmap") { lists.apply($0, $1, $2) }
  }
}

/// A rule for batches as a function of lists.
///
/// `Sendable`: what the closure holds is the user's rule, which is `Sendable`, counts, and a tree that is a constant: it is
/// only copied, with other tensors. Unchecked, as trees need not be `Sendable` to be arguments.
private struct ListRule: @unchecked Sendable {
  let apply: ([Tensor], [Bool], Int) -> [Tensor]

  init(_ apply: @escaping ([Tensor], [Bool], Int) -> [Tensor]) { self.apply = apply }
}

// MARK: - Trees

extension RuleRecording {
  /// The argument with other tensors; literals stay.
  private func tree(_ inputs: ArraySlice<Tensor>) -> Argument {
    var rest = inputs
    return argument.mapTensors { $0.isLiteral ? $0 : rest.popFirst() ?? Tensor(.invalid) }
  }

  /// The argument's structure with tangents; those of literals, integers and booleans are zero.
  private func tangentTree(_ tangents: [Tensor]) -> Argument {
    var rest = tangents[...]
    return argument.mapTensors { tensor in
      if tensor.isLiteral { return zeros(tensor.type) }
      return tensor.dtype.isDifferentiable ? rest.popFirst() ?? Tensor(.invalid) : zeros(tensor.type)
    }
  }

  /// The result's structure with cotangents; those of integers and booleans are zero.
  private func cotangentTree(_ cotangents: [Tensor]) -> Result {
    var all = resultTypes.map { $0.dtype.isDifferentiable ? Tensor(.invalid) : zeros($0) }
    for (place, cotangent) in zip(activeResults, cotangents) { all[place] = cotangent }
    return result!.replacingTensors(with: all)
  }

  /// The tensors of a result of a rule; `nil` when they do not fit, which has been reported.
  private func matched(_ tree: Result, _ what: String) -> [Tensor]? {
    guard haveSameStructure(tree.treeStructure, result!.treeStructure, "the rule's \(what)", "the function's result")
    else { return nil }
    return matched(tree.tensors, resultTypes, what, isExact: what == "value")
  }

  /// The cotangents that a rule gives for the operands; `nil` when they do not fit, which has been reported.
  private func matchedArgument(_ tree: Argument) -> [Tensor]? {
    guard haveSameStructure(tree.treeStructure, argument.treeStructure, "the rule's cotangent", "the argument")
    else { return nil }
    let given = zip(tree.tensors, argument.tensors).filter { !$1.isLiteral }.map(\.0)
    return matched(given, types, "cotangent", isExact: false)
  }

  private func haveSameStructure(_ a: TreeStructure, _ b: TreeStructure, _ what: String, _ model: String) -> Bool {
    if a == b { return true }
    report(
      TensorError(
        .structure, operation, "\(what) has the structure \(a), \(model) has \(b)",
        hint: "return one tensor for each tensor of \(model)"))
    return false
  }

  private func matched(_ tensors: [Tensor], _ types: [TensorType], _ what: String, isExact: Bool) -> [Tensor]? {
    var matched: [Tensor] = []
    for (index, (tensor, type)) in zip(tensors, types).enumerated() {
      if tensor.isInvalid {
        _ = poisoned(operation)
        return nil
      }
      if !type.dtype.isDifferentiable && !isExact {
        matched.append(tensor)
        continue
      }
      var adopted = tensor
      if tensor.isLiteral {
        adopted = reporting { () throws(TensorError) in try tensor.literal(adopting: type.dtype, operation) }
        if adopted.isInvalid { return nil }
        // A number stands for a tensor of equal numbers.
        if adopted.shape.isScalar && !type.shape.isScalar { adopted = adopted.broadcast(to: type.shape.dimensions) }
      }
      guard adopted.type == type else {
        let place = types.count > 1 ? " number \(index)" : ""
        report(
          TensorError(
            adopted.shape == type.shape ? .dtype : .shape, operation,
            "the rule gives a \(what)\(place) of type \(adopted.type), but \(type) is needed",
            hint: "a \(what) has the shape and the element type of what it belongs to"))
        return nil
      }
      matched.append(adopted)
    }
    return matched
  }

  private func unreadable(_ what: String) -> TensorError {
    TensorError(
      .tracing, operation, "the rule reads a value that depends on its \(what), or that is not known",
      hint: "a derivative is linear in the \(what): choose by the value of x, or with where")
  }
}
