import ArgumentParser
import GraphDrawing
import Jacobi

extension GraphFormat: ExpressibleByArgument {}

struct GraphCommand: FormulaCommand {
  static let configuration = CommandConfiguration(
    commandName: "graph",
    abstract: "The computation graph, as a picture or as text, with the values on it.",
    usage: "jacobi graph \"<function>\" --at <name=value,...> [<options>]",
    discussion: """
      Numbers are rounded to six digits; 'jacobi trace' has all of them.

      Examples:
        jacobi graph "log(x1) + x1*x2 - sin(x2)" --at x1=2,x2=5
        jacobi graph "x1*sin(x2)" --at x1=2,x2=5 --format svg > graph.svg
        jacobi graph "x*y + sin(x)" --at x=1,y=2 --format dot | dot -Tpdf > graph.pdf
      """)

  @OptionGroup var options: FunctionOptions
  @OptionGroup var trace: TraceOptions
  @Option(help: "The language of the picture.")
  var format: GraphFormat = .text

  /// A picture with more steps takes too long, and nobody can read it.
  private static let mostPictureNodes = 3000

  func run(in session: Session) throws -> Int32 {
    let problem = try Problem(options, session)
    let steps = try StepByStep(problem, trace, for: "graph")
    session.warn(problem.evaluation.warning)
    if options.json {
      session.print(.object(problem.fields + steps.fields))
      return ExitStatus.success
    }
    if format == .svg && steps.explanation.nodes.count > Self.mostPictureNodes {
      throw CommandFailure.input(
        "a picture of \(steps.explanation.nodes.count) steps cannot be read; the limit is \(Self.mostPictureNodes)",
        hint: "use --format text or --format dot")
    }
    session.print(steps.graph.drawn(as: format))
    return ExitStatus.success
  }
}

extension StepByStep {
  /// The graph, with arrows for the derivatives that were computed.
  var graph: Graph {
    let (tangents, adjoints) = (tangentOfNode, adjointOfNode)
    let outputs = Set(explanation.outputs.compactMap { $0 })
    let nodes = explanation.nodes.enumerated().map { index, node in
      var lines = ["value \(short(node.value))"]
      if let tangent = tangents[index] { lines.append("tangent \(short(tangent))") }
      if let adjoint = adjoints[index] { lines.append("adjoint \(short(adjoint))") }
      return Graph.Node(
        id: node.name, title: "\(node.name) = \(node.expression.cut(to: 48))", lines: lines,
        role: outputs.contains(index) ? .output : node.isInput ? .input : .operation)
    }
    var edges: [Graph.Edge] = []
    for (index, node) in explanation.nodes.enumerated() {
      for operand in node.operands {
        edges.append(Graph.Edge(from: operand, to: index))
        if tangents[operand] != nil && tangents[index] != nil {
          edges.append(Graph.Edge(from: operand, to: index, role: .tangent))
        }
      }
    }
    for step in self.adjoints {
      guard let user = step.user else { continue }
      let isShort = step.expression.utf8.count <= 20 || step.expression.count <= 20
      let label = isShort ? step.expression : nil
      edges.append(Graph.Edge(from: step.node, to: user, label: label, role: .adjoint))
    }
    return Graph(nodes: nodes, edges: edges)
  }

  /// The first few numbers, to six digits.
  private func short(_ tensor: Tensor) -> String {
    let numbers = tensor.numbers
    let texts = numbers.prefix(4).map(sixDigits(of:))
    if tensor.shape.isScalar { return texts[0] }
    return "[" + (texts + (numbers.count > 4 ? ["..."] : [])).joined(separator: ", ") + "]"
  }
}
