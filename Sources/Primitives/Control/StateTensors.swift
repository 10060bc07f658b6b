// How functions become the programs of control primitives: recorded once, on types alone; tensors that they use from
// outside become further operands.

/// A function as a program whose first inputs are tensors from outside.
struct RecordedBody {
  /// From the tensors from outside, followed by the given inputs, to the results.
  var program: Program
  /// The tensors from outside.
  var captures: [Tensor]

  /// Records a function; `nil` when an operation was invalid, which has been reported.
  init?(
    _ name: String, of operation: String, _ inputs: [TensorType], _ function: ([Tensor]) -> [Tensor]
  ) {
    let error = TensorError.readInBody(of: operation)
    guard let recorded = Program.tracing(name, inputs, unreadable: error, outside: .recorded, function) else {
      // Silent where the mistake has been reported; not where a result was invalid before.
      _ = poisoned(operation)
      return nil
    }
    // Large numbers become operands too: programs are then equal where only those differ. So does what a branch computes
    // with: it must not happen before the branch is taken.
    let (program, lifted) = recorded.program.liftingConstants(largerThan: 16)
    let (given, outside) = (program.inputs[..<inputs.count], program.inputs[inputs.count...])
    self.program = program.renumbered(inputs: Array(outside + given), constants: program.constants)
    captures = recorded.captures + lifted.map { Tensor($0) }
  }

  private init(_ program: Program, _ captures: [Tensor]) {
    self.program = program
    self.captures = captures
  }

  /// The same with what is equal in every step computed here, once.
  func hoisted() -> RecordedBody {
    let (outside, step, used) = program.hoisting(fixedInputs: captures.count)
    return RecordedBody(step, used.map { captures[$0] } + outside.applied(to: captures))
  }

  /// The types of the tensors from outside.
  var captureTypes: [TensorType] { Array(program.inputTypes[..<captures.count]) }

  /// Programs that take the tensors of all bodies from outside, each once, before the given inputs.
  static func unified(_ bodies: [RecordedBody]) -> (programs: [Program], captures: [Tensor])? {
    var captures: [Tensor] = []
    var known: [TracedVariable: Int] = [:]
    var places: [[Int]] = []
    for body in bodies {
      places.append(
        body.captures.map { tensor in
          if case .traced(let variable) = tensor.payload {
            if let place = known[variable] { return place }
            known[variable] = captures.count
          }
          captures.append(tensor)
          return captures.count - 1
        })
    }
    let types = captures.map(\.type)
    var programs: [Program] = []
    for (body, places) in zip(bodies, places) {
      let given = Array(body.program.inputTypes[body.captures.count...])
      let unreadable = TensorError.readInBody(of: body.program.name)
      let recorded = Program.tracing(body.program.name, types + given, unreadable: unreadable) { inputs in
        body.program.applied(to: places.map { inputs[$0] } + inputs[types.count...])
      }
      guard let recorded else { return nil }
      programs.append(recorded.program)
    }
    return (programs, captures)
  }
}

extension TensorError {
  /// The error for a function that reads values where it is recorded on types.
  fileprivate static func readInBody(of operation: String) -> TensorError {
    TensorError(
      .tracing, operation, "the function reads the value of a tensor that has none while it is recorded",
      hint: "choose with cond or where instead of if, repeat with whileLoop instead of while")
  }
}

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
