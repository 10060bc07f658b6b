import ArgumentParser
import Jacobi

struct TraceCommand: FormulaCommand {
  static let configuration = CommandConfiguration(
    commandName: "trace",
    abstract: "The computation step by step, with the rule applied at each step.",
    usage: "jacobi trace \"<function>\" --at <name=value,...> [<options>]",
    discussion: """
      v0, v1, ... are the steps, the variables first. dv2 is the tangent of v2, v2_bar its adjoint; the adjoint trace \
      is in the order in which reverse mode computes it, from the output back to the variables.

      Examples:
        jacobi trace "log(x1) + x1*x2 - sin(x2)" --at x1=2,x2=5
        jacobi trace "x1*sin(x2)" --at x1=2,x2=5 --mode forward --along 1,0
        jacobi trace "log(x1) + x1*x2 - sin(x2)" --at x1=2,x2=5 --mode reverse
      """)

  @OptionGroup var options: FunctionOptions
  @OptionGroup var trace: TraceOptions

  func run(in session: Session) throws -> Int32 {
    let problem = try Problem(options, session)
    let steps = try StepByStep(problem, trace, for: "trace")
    let derivatives: [any DerivativeStep] = steps.mode == .forward ? steps.tangents : steps.adjoints
    session.warn(problem.warning(of: derivatives.map { $0.value }, "derivative") { _ in derivatives })
    session.print(options.json ? JSON.object(problem.fields + steps.fields).text + "\n" : steps.text(problem))
    return ExitStatus.success
  }
}

extension StepByStep {
  /// Vectors with more elements are cut in traces; `--json` has all.
  private static let shownElements = 12

  /// The traces for people.
  func text(_ problem: Problem) -> String {
    let names = problem.names
    var text = "primal trace\n" + primalText
    switch mode {
    case .primal: text += "\n" + problem.valueText
    case .forward:
      let along = zip(names, direction).map { "\($0) = \($1.text(limit: Self.shownElements))" }
      let shown = along.count > 12 ? along.prefix(12) + ["..."] : along[...]
      text += "\ntangent trace along \(shown.joined(separator: ", "))\n" + tangentText
      text += "\n" + problem.valueText + problem.outputsText("tangent", tangentsOfOutputs)
    case .reverse:
      text += "\nadjoint trace\n" + adjointText
      text += "\n" + problem.valueText + problem.variablesText(isGradient ? "gradient" : "cotangent", adjointsOfInputs)
    }
    return text
  }

  private var primalText: String {
    var columns = Columns()
    for node in explanation.nodes {
      columns.append(node.name, node.expression, node.value.text(limit: Self.shownElements))
    }
    return columns.text
  }

  private var tangentText: String {
    var columns = Columns()
    for step in tangents {
      let value = step.value.text(limit: Self.shownElements)
      let node = explanation.nodes[step.node]
      columns.append(step.name, node.isInput ? "d\(node.expression)" : step.expression, value)
    }
    return columns.text
  }

  /// Contributions to one adjoint are added where they are computed: `+=`.
  private var adjointText: String {
    var columns = Columns(separator: " ")
    for step in adjoints {
      columns.append(
        step.name, "\(step.accumulates ? "+=" : " =") \(step.expression)",
        "= \(step.value.text(limit: Self.shownElements))")
    }
    return columns.text
  }
}
