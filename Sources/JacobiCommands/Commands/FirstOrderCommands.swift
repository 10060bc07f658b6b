import ArgumentParser
import Jacobi

struct EvalCommand: FormulaCommand {
  static let configuration = CommandConfiguration(
    commandName: "eval",
    abstract: "The value of a function.",
    usage: "jacobi eval \"<function>\" --at <name=value,...> [<options>]",
    discussion: """
      Examples:
        jacobi eval "log(x1) + x1*x2 - sin(x2)" --at x1=2,x2=5
        jacobi eval "x + y; x*y" --at x=2,y=3
        echo "x^2" | jacobi eval --file - --at x=3
      """)

  @OptionGroup var options: FunctionOptions

  func run(in session: Session) throws -> Int32 {
    let problem = try Problem(options, session)
    session.warn(problem.evaluation.warning)
    return session.answer(problem, options, text: "")
  }
}

struct GradCommand: FormulaCommand {
  static let configuration = CommandConfiguration(
    commandName: "grad",
    abstract: "The gradient of a function with one number as its output, in one reverse sweep.",
    usage: "jacobi grad \"<function>\" --at <name=value,...> [<options>]",
    discussion: """
      Examples:
        jacobi grad "log(x1) + x1*x2 - sin(x2)" --at x1=2,x2=5
        jacobi grad "norm(w - 1)" --at w=[3,1,2] --json
      """)

  @OptionGroup var options: FunctionOptions

  func run(in session: Session) throws -> Int32 {
    let problem = try Problem(options, session)
    try problem.requireNumber(for: "grad", instead: "use 'jacobi jacobian', or 'jacobi vjp' with a cotangent")
    let gradient = problem.gradient
    session.warn(problem.warning(of: gradient, "gradient", Explanation.reverse))
    return session.answer(
      problem, options, ("gradient", .array(gradient.map { .tensor($0) })),
      text: problem.variablesText("gradient", gradient))
  }
}

struct JVPCommand: FormulaCommand {
  static let configuration = CommandConfiguration(
    commandName: "jvp",
    abstract: "The derivative along a direction: the Jacobian times a tangent, in one forward sweep.",
    usage: "jacobi jvp \"<function>\" --at <point> --along <direction> [<options>]",
    discussion: """
      Examples:
        jacobi jvp "log(x1) + x1*x2 - sin(x2)" --at x1=2,x2=5 --along 1,0
        jacobi jvp "A*x" --at A=2,x=[1,2] --along 0,[1,1]
      """)

  @OptionGroup var options: FunctionOptions
  @OptionGroup var direction: DirectionOption

  func run(in session: Session) throws -> Int32 {
    let problem = try Problem(options, session)
    let direction = try problem.tensors(direction.along, option: "along")
    let tangent = problem.differential(direction)
    session.warn(problem.warning(of: tangent, "tangent") { $0.forward(direction) })
    return session.answer(
      problem, options, ("tangent", problem.value(of: tangent)), text: problem.outputsText("tangent", tangent))
  }
}

struct VJPCommand: FormulaCommand {
  static let configuration = CommandConfiguration(
    commandName: "vjp",
    abstract: "The transposed Jacobian times a cotangent, in one reverse sweep.",
    usage: "jacobi vjp \"<function>\" --at <name=value,...> [<options>]",
    discussion: """
      Examples:
        jacobi vjp "log(x1) + x1*x2 - sin(x2)" --at x1=2,x2=5
        jacobi vjp "x*y; sin(x)" --at x=2,y=3 --cotangent 1,0
      """)

  @OptionGroup var options: FunctionOptions
  @OptionGroup var start: CotangentOption

  func run(in session: Session) throws -> Int32 {
    let problem = try Problem(options, session)
    let cotangents = try problem.cotangents(start.cotangent)
    let result = problem.pullback(cotangents)
    session.warn(problem.warning(of: result, "cotangent") { $0.adjoints(from: cotangents) })
    return session.answer(
      problem, options, ("cotangent", .array(result.map { .tensor($0) })),
      text: problem.variablesText("cotangent", result))
  }
}
