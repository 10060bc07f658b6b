import Testing

/// Commands as one would type them, whose output is kept as a golden text.
struct Transcript: Sendable, CustomTestStringConvertible {
  var name: String
  var commands: [[String]]
  var testDescription: String { name }

  private static func talking(_ command: String, _ more: String...) -> [String] {
    [command, talk] + talkPoint + more
  }

  private static let vectors = "sum(sigmoid(w)*y) + max(w)^2/2"
  private static let vectorPoint = ["--at", "w=[1,2,3],y=[1,0,1]"]

  private static let matrixPoint = ["--at", "A=[[4,1],[1,3]],b=[1,2]"]

  static let all: [Transcript] = [
    Transcript(
      name: "help.txt",
      commands: [[]]
        + ["eval", "grad", "jvp", "vjp", "jacobian", "hessian", "hvp", "trace", "graph", "check", "explain"].map {
          [$0, "--help"]
        }),
    Transcript(
      name: "talk.txt",
      commands: [
        talking("eval"), talking("grad"), talking("jvp", "--along", "1,0"), talking("vjp"), talking("jacobian"),
        talking("hessian"), talking("hvp", "--along", "1,0"), talking("trace"),
        talking("trace", "--mode", "forward", "--along", "1,0"), talking("trace", "--mode", "reverse"),
        talking("graph"), talking("graph", "--mode", "reverse"), talking("explain", "--engine", "reference"),
      ]),
    Transcript(
      name: "talk-json.txt",
      commands: [
        talking("eval"), talking("grad"), talking("jvp", "--along", "1,0"), talking("vjp"), talking("jacobian"),
        talking("hessian"), talking("hvp", "--along", "1,0"), talking("trace"),
        talking("trace", "--mode", "forward", "--along", "1,0"), talking("trace", "--mode", "reverse"),
        talking("graph"), talking("explain", "--engine", "reference"),
      ].map { $0 + ["--json"] }),
    Transcript(
      name: "vectors.txt",
      commands: [
        ["grad", vectors] + vectorPoint, ["grad", vectors] + vectorPoint + ["--json"],
        ["trace", vectors] + vectorPoint + ["--mode", "reverse"],
        ["trace", "dot([x, x*y, 1], w)", "--at", "x=2,y=3,w=[1,2,3]", "--along", "1,0,[0,0,1]"],
        ["jacobian", "softmax(v); v[0]*2", "--at", "v=[1,2,3]"],
        ["jacobian", "softmax(v); v[0]*2", "--at", "v=[1,2,3]", "--json", "--mode", "reverse"],
        ["jacobian", "r = sqrt(x^2 + y^2); r; atan2(y, x)", "--at", "x=3,y=4"],
        ["vjp", "x*w; w[0]", "--at", "x=2,w=[1,3]", "--cotangent", "[1,1],10"],
        ["jvp", "x*w; w[0]", "--at", "x=2,w=[1,3]", "--along", "-1,[0,1]", "--json"],
        ["hessian", "prod(v)", "--at", "v=[1,2,3]", "--json"],
        ["hvp", "sum(M*M)", "--at", "M=[[1,2],[3,4]]", "--along", "[[1,0],[0,1]]"],
        ["eval", "x < 2; [x, 2]; if(x < 2, x, 1/0)", "--at", "x=1"],
        ["trace", "if(x < 1, x^2, log(x))", "--at", "x=0.5", "--mode", "reverse"],
        ["eval", "0.1 + x", "--at", "x=0.2", "--dtype", "float32", "--json"],
        ["grad", "-x^2", "--at", "x=-3"], ["grad", "-x^2", "--at", "x=-3", "--json"],
      ]),
    Transcript(
      name: "matrices.txt",
      commands: [
        ["eval", "det(A); logdet(A); inv(A); solve(A, b); trace(A); diag(A); cholesky(A)"] + matrixPoint,
        ["grad", "dot(b, solve(A, b)) + logdet(A)"] + matrixPoint,
        ["grad", "det([[a, 2], [3, 4]])", "--at", "a=1"],
        ["hessian", "det([[a, b], [c, d]])", "--at", "a=1,b=2,c=3,d=4"],
        ["trace", "logdet(A)", "--mode", "reverse"] + matrixPoint, ["graph", "sum(solve(A, b))"] + matrixPoint,
        ["check", "logdet(A) + sum(inv(A))"] + matrixPoint, ["eval", "inv(A)", "--at", "A=[[1,2],[2,4]]"],
        ["eval", "det(b)"] + matrixPoint, ["eval", "solve(A, [1, 2, 3])"] + matrixPoint,
        ["eval", "eigvalsh(A); svdvals(A); rank(A); cond(A)"] + matrixPoint,
        ["eval", "gammaInc(2, x); betaInc(2, 3, x); zeta(2, 1); normalCDF(x)", "--at", "x=0.5"],
      ]),
    Transcript(
      name: "mistakes.txt",
      commands: [
        ["gard", "x"], ["x^2"], ["eval"], ["eval", "x", "--file", "-"], ["eval", "x", "--jsn"],
        ["eval", "x", "--dtype", "float16"], ["eval", "x", "--at"], ["jvp", "x", "--at", "x=1"],
        ["eval", "x", "--at", "x=1", "--engine", "gpu"], ["trace", "x", "--at", "x=1", "--mode", "forward"],
        ["trace", "x", "--at", "x=1", "--mode", "reverse", "--along", "1"],
        ["eval", "x +", "--at", "x=1"], ["eval", "x1 + x3", "--at", "x1=1,x2=2"], ["eval", "x + y"],
        ["eval", "lgo(x)", "--at", "x=1"], ["eval", "sin(x, 1)", "--at", "x=1"], ["eval", "x", "--at", "x"],
        ["eval", "x", "--at", "x=1,x=2"], ["eval", "x", "--at", "x=[1,2"], ["eval", "w[5]", "--at", "w=[1,2]"],
        ["eval", "x[0]", "--at", "x=1"], ["eval", "y*(v + w)", "--at", "y=2,v=[1,2],w=[1,2,3]"],
        ["eval", "a = 1\nb = [a, a]\ndot(b, [1, 2, 3])"], ["eval", "--file", "no/such/file"],
        ["grad", "x; 2*x", "--at", "x=1"], ["grad", "v", "--at", "v=[1,2]"], ["vjp", "x; 2*x", "--at", "x=1"],
        ["vjp", "x", "--at", "x=1", "--cotangent", "1,2"], ["jvp", "x*y", "--at", "x=1,y=2", "--along", "1"],
        ["jvp", "v[0]", "--at", "v=[1,2]", "--along", "[1,2,3]"], ["eval", "[[[[[[[[[x]]]]]]]]]", "--at", "x=1"],
        ["grad", "log(x)", "--at", "x=0"], ["grad", "sqrt(x*x)", "--at", "x=0"], ["eval", "x/0", "--at", "x=0"],
        ["check", "floor(x)*1e9 + x", "--at", "x=1"],
        ["check", "x^2", "--at", "x=1", "--tolerance", "-1"],
        ["explain", "x; 2*x", "--at", "x=1", "--of", "grad"],
        ["explain", "x", "--at", "x=1", "--engine", "reference", "--code"],
      ]),
  ]
}
