import ArgumentParser
import Jacobi

/// Which traces are computed.
enum TraceMode: String, ExpressibleByArgument, CaseIterable { case primal, forward, reverse }

/// The options of the commands that show a computation step by step.
struct TraceOptions: ParsableArguments {
  @Option(help: "Which derivatives to add to the values. --along means forward, --cotangent reverse.")
  var mode: TraceMode?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The direction of the tangents, in variable order.", valueName: "value,..."))
  var along: String?

  @OptionGroup var start: CotangentOption
}

/// A computation step by step, with its derivatives in the mode that was asked for.
struct StepByStep {
  let explanation: Explanation
  let tangents: [Explanation.Tangent]
  let adjoints: [Explanation.Adjoint]
  let mode: TraceMode
  let direction: [Tensor]
  /// Whether the adjoints are the gradient of the only output.
  let isGradient: Bool

  init(_ problem: Problem, _ options: TraceOptions, for command: String) throws {
    try problem.engine.requireSteps(for: command)
    if options.along != nil && options.start.cotangent != nil {
      throw CommandFailure.usage("--along is for forward mode, --cotangent for reverse mode", hint: "give one of them")
    }
    let mode = options.mode ?? (options.along != nil ? .forward : options.start.cotangent != nil ? .reverse : .primal)
    if options.along != nil && mode != .forward {
      throw CommandFailure.usage("--along needs --mode forward")
    }
    if options.start.cotangent != nil && mode != .reverse {
      throw CommandFailure.usage("--cotangent needs --mode reverse")
    }
    var direction: [Tensor] = []
    var cotangents: [Tensor] = []
    if mode == .forward {
      guard let along = options.along else {
        let example = problem.point.indices.prefix(4).map { $0 == 0 ? "1" : "0" }.joined(separator: ",")
        throw CommandFailure.usage("forward mode needs a direction", hint: "add one, such as --along \(example)")
      }
      direction = try problem.tensors(along, option: "along")
    } else if mode == .reverse {
      cotangents = try problem.cotangents(options.start.cotangent)
    }
    self.mode = mode
    self.direction = direction
    explanation = problem.explanation
    tangents = mode == .forward ? explanation.tangents(along: direction) : []
    adjoints = mode == .reverse ? explanation.adjoints(from: cotangents) : []
    isGradient = options.start.cotangent == nil && problem.outputs.count == 1 && problem.outputs[0].shape.isScalar
  }

  /// The tangent of each step that has one.
  var tangentOfNode: [Tensor?] {
    var table = [Tensor?](repeating: nil, count: explanation.nodes.count)
    for step in tangents { table[step.node] = step.value }
    return table
  }

  /// The adjoint of each step; `nil` where nothing flows back to it.
  var adjointOfNode: [Tensor?] {
    var table = [Tensor?](repeating: nil, count: explanation.nodes.count)
    for step in adjoints { table[step.node] = step.value }
    return table
  }

  /// The adjoints of the variables.
  var adjointsOfInputs: [Tensor] {
    zip(explanation.nodes, adjointOfNode).filter { $0.0.isInput }.map { node, adjoint in
      adjoint ?? Tensor.zeros(like: node.value)
    }
  }

  /// The tangents of the outputs.
  var tangentsOfOutputs: [Tensor] {
    let table = tangentOfNode
    return zip(explanation.outputs, explanation.results).map { node, result in
      node.flatMap { table[$0] } ?? Tensor.zeros(like: result)
    }
  }

  /// The JSON fields: what was computed, and the steps.
  var fields: [(key: String, value: JSON)] {
    var fields: [(key: String, value: JSON)] = []
    let (tangents, adjoints) = (tangentOfNode, adjointOfNode)
    if mode == .forward {
      let outputs = tangentsOfOutputs
      fields.append(("tangent", outputs.count == 1 ? .tensor(outputs[0]) : .array(outputs.map { .tensor($0) })))
    }
    if mode == .reverse {
      fields.append((isGradient ? "gradient" : "cotangent", .array(adjointsOfInputs.map { .tensor($0) })))
    }
    let nodes = explanation.nodes.enumerated().map { index, node -> JSON in
      var object: [(key: String, value: JSON)] = [
        ("id", .string(node.name)), ("expression", .string(node.expression)), ("value", .tensor(node.value)),
      ]
      let zero = JSON.tensor(Tensor.zeros(like: node.value))
      if mode == .forward { object.append(("tangent", tangents[index].map { .tensor($0) } ?? zero)) }
      if mode == .reverse { object.append(("adjoint", adjoints[index].map { .tensor($0) } ?? zero)) }
      return .object(object)
    }
    return fields + [("nodes", .array(nodes))]
  }
}
