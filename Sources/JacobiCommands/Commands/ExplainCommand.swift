import ArgumentParser
import Jacobi

struct ExplainCommand: FormulaCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "What running a function compiled does: the work, the memory, the generated code.",
    usage: "jacobi explain \"<function>\" --at <name=value,...> [<options>]",
    discussion: """
      x0, x1, ... are the variables and directions, in order; v0, v1, ... are what is computed. Work in one group is \
      done together. Operations are estimates, in additions: functions such as exp count as 20.

      Examples:
        jacobi explain "log(x1) + x1*x2 - sin(x2)" --at x1=2,x2=5 --of grad
        jacobi explain "logSumExp(v)" --at v=[1,2,3,4,5,6,7,8] --of hvp
        jacobi explain "log(x1) + x1*x2 - sin(x2)" --at x1=2,x2=5 --code
      """)

  /// What is compiled, by the names of commands.
  enum Subject: String, ExpressibleByArgument, CaseIterable { case eval, grad, jvp, vjp, hvp }

  @OptionGroup var options: FunctionOptions
  @Option(help: "What is compiled, by the command that computes it.")
  var of: Subject = .eval
  @Flag(help: "Print the generated code, as LLVM has optimized it, and nothing else.")
  var code = false

  func run(in session: Session) throws -> Int32 {
    let problem = try Problem(options, session)
    let plan = try problem.plan(of: of)
    if code {
      guard let text = plan.optimizedCode else {
        throw CommandFailure.input(
          "the \(plan.engine) engine generates no code", hint: plan.refusals.first.map { "not used: \($0)" })
      }
      session.print(text)
    } else if options.json {
      session.print(.object(problem.fields + plan.fields))
    } else {
      session.print("\(plan.program)\n\(plan)")
    }
    return ExitStatus.success
  }
}

extension Problem {
  /// How the function or a derivative of it is run.
  fileprivate func plan(of subject: ExplainCommand.Subject) throws -> ExecutionPlan {
    let f = { [function] (x: [Tensor]) in function(x) }
    let directions = point.map { Tensor.ones($0.shape.dimensions, dtype: dtype) }
    let cotangents = outputs.map { Tensor.ones($0.shape.dimensions, dtype: dtype) }
    let engine = engine.explained
    switch subject {
    case .eval: return try explain(f, at: point, engine: engine)
    case .grad:
      try requireNumber(for: "grad", instead: "explain vjp")
      return try explain(grad { (x: [Tensor]) in f(x)[0] }, at: point, engine: engine)
    case .jvp:
      return try explain(
        { (x: [Tensor], dx: [Tensor]) in jvp(f, at: x, along: dx).tangent }, at: point, directions, engine: engine)
    case .vjp:
      return try explain(
        { (x: [Tensor], ct: [Tensor]) in vjp(f, at: x).pullback(ct) }, at: point, cotangents, engine: engine)
    case .hvp:
      try requireNumber(for: "hvp", instead: "give a function with one number as its only output")
      return try explain(
        { (x: [Tensor], dx: [Tensor]) in hvp({ (x: [Tensor]) in f(x)[0] }, at: x, along: dx) }, at: point, directions,
        engine: engine)
    }
  }
}

extension ExecutionPlan {
  /// The fields of the JSON answer.
  fileprivate var fields: [(key: String, value: JSON)] {
    func number(_ count: Int) -> JSON { .number("\(count)") }
    func strings(_ texts: [String]) -> JSON { .array(texts.map { .string($0) }) }
    let work = pieces.map { piece -> JSON in
      .object([
        ("work", .string(piece.title)), ("notes", strings(piece.notes)), ("equations", strings(piece.equations)),
        ("writes", strings(piece.stored)), ("operations", number(piece.operations)),
        ("bytes", number(piece.bytesMoved)),
      ])
    }
    let memory = buffers.map { buffer -> JSON in
      .object([
        ("name", .string(buffer.name)), ("type", .string("\(buffer.type)")),
        ("bytes", number(buffer.type.byteCount ?? 0)), ("place", .string(buffer.place)),
        ("firstWork", number(buffer.lifetime.lowerBound + 1)), ("lastWork", number(buffer.lifetime.upperBound + 1)),
      ])
    }
    return [
      ("engine", .string(engine)), ("details", .string(details)), ("notUsed", strings(refusals)),
      ("program", .string(program.text)), ("work", .array(work)), ("buffers", .array(memory)),
      ("memoryBytes", number(memoryByteCount)), ("operations", number(operations)), ("bytes", number(bytesMoved)),
    ]
  }
}
