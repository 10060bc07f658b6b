import ArgumentParser

/// The root command: help, the version, and the commands.
struct JacobiCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "jacobi",
    abstract: "Exact derivatives of functions, of any order, in forward and reverse mode.",
    usage: "jacobi <command> \"<function>\" --at <name=value,...> [<options>]",
    discussion: """
      Examples:
        jacobi grad "log(x1) + x1*x2 - sin(x2)" --at x1=2,x2=5
        jacobi jacobian "r = sqrt(x^2 + y^2); r; atan2(y, x)" --at x=3,y=4
        jacobi trace "log(x1) + x1*x2 - sin(x2)" --at x1=2,x2=5 --mode reverse
        jacobi grad "sum(sigmoid(w)*y)" --at w=[1,2,3],y=[1,0,1] --json

      A function is one or more statements, separated by ';' or line breaks: 'name = expression' defines a name, every \
      expression alone is an output. Operators are + - * / ^ and the comparisons < <= == != >= >. Constants are numbers, \
      pi and e. if(c, a, b) chooses, [a, b, c] is a vector, v[0] its first element, # begins a comment.

      \(FunctionTable.help)

      Exit status: 0; 1 for a check that failed; 64 for wrong usage; 65 for bad input; 74 when the output cannot be written.
      """,
    version: JacobiTool.version,
    subcommands: [
      EvalCommand.self, GradCommand.self, JVPCommand.self, VJPCommand.self, JacobianCommand.self, HessianCommand.self,
      HVPCommand.self, TraceCommand.self, GraphCommand.self, CheckCommand.self, ExplainCommand.self,
    ])
}
