import ArgumentParser
import Jacobi

extension JacobianMode: ExpressibleByArgument {}

struct JacobianCommand: FormulaCommand {
  static let configuration = CommandConfiguration(
    commandName: "jacobian",
    abstract:
      "The matrix of all derivatives: a row for each number of the outputs, a column for each of the variables.",
    usage: "jacobi jacobian \"<function>\" --at <name=value,...> [<options>]",
    discussion: """
      Vectors take as many rows or columns as they have elements; matrices are taken row by row.

      Examples:
        jacobi jacobian "r = sqrt(x^2 + y^2); r; atan2(y, x)" --at x=3,y=4
        jacobi jacobian "softmax(v)" --at v=[1,2,3] --mode reverse
      """)

  @OptionGroup var options: FunctionOptions
  @Option(help: "Column by column, row by row, or whichever needs fewer sweeps.")
  var mode: JacobianMode = .automatic

  func run(in session: Session) throws -> Int32 {
    let problem = try Problem(options, session)
    let rows = try problem.jacobian(mode)
    session.warn(problem.warning(of: rows, "Jacobian", Explanation.reverse))
    return session.answer(
      problem, options, ("jacobian", .array(rows.map { .tensor($0) })),
      text: "jacobian\n"
        + matrixText(
          rows.map(\.numberTexts), rowNames: problem.outputElementNames.map { $0.cut(to: 24) },
          columnNames: problem.elementNames))
  }
}

struct HessianCommand: FormulaCommand {
  static let configuration = CommandConfiguration(
    commandName: "hessian",
    abstract: "The matrix of second derivatives of a function with one number as its output.",
    usage: "jacobi hessian \"<function>\" --at <name=value,...> [<options>]",
    discussion: """
      Rows and columns are the numbers of the variables, in order.

      Examples:
        jacobi hessian "log(x1) + x1*x2 - sin(x2)" --at x1=2,x2=5
        jacobi hessian "logSumExp(v)" --at v=[1,2,3] --json
      """)

  @OptionGroup var options: FunctionOptions

  func run(in session: Session) throws -> Int32 {
    let problem = try Problem(options, session)
    try problem.requireNumber(for: "hessian", instead: "give a function with one number as its only output")
    let rows = try problem.hessian()
    session.warn(problem.warning(of: rows, "Hessian", Explanation.reverse))
    let names = problem.elementNames
    return session.answer(
      problem, options, ("hessian", .array(rows.map { .tensor($0) })),
      text: "hessian\n" + matrixText(rows.map(\.numberTexts), rowNames: names, columnNames: names))
  }
}

struct HVPCommand: FormulaCommand {
  static let configuration = CommandConfiguration(
    commandName: "hvp",
    abstract: "The matrix of second derivatives times a vector, without forming the matrix.",
    usage: "jacobi hvp \"<function>\" --at <point> --along <direction> [<options>]",
    discussion: """
      Examples:
        jacobi hvp "log(x1) + x1*x2 - sin(x2)" --at x1=2,x2=5 --along 1,0
        jacobi hvp "sum(v^4)" --at v=[1,2,3] --along [1,0,0]
      """)

  @OptionGroup var options: FunctionOptions
  @OptionGroup var direction: DirectionOption

  func run(in session: Session) throws -> Int32 {
    let problem = try Problem(options, session)
    try problem.requireNumber(for: "hvp", instead: "give a function with one number as its only output")
    let direction = try problem.tensors(direction.along, option: "along")
    let product = problem.gradientDifferential(direction)
    session.warn(problem.warning(of: product, "product", Explanation.reverse))
    return session.answer(
      problem, options, ("hvp", .array(product.map { .tensor($0) })), text: problem.variablesText("hvp", product))
  }
}
