import Foundation
import JacobiCommands
import Testing

@Suite struct CommandTests {
  @Test func talkValueAndGradient() throws {
    let fields = try json(["grad", talk] + talkPoint)
    #expect(fields["variables"] == "[\"x1\", \"x2\"]")
    #expect(fields["at"] == "[2, 5]")
    #expect(fields["value"] == "11.652071455223084")
    #expect(fields["gradient"] == "[5.5, 1.7163378145367738]")
    // The closed forms: 1/x1 + x2 and x1 - cos(x2).
    #expect(fields["gradient"] == "[\(1 / 2.0 + 5), \(2 - cos(5.0))]")
  }

  @Test func derivativesInJSON() throws {
    #expect(try json(["jvp", talk, "--along", "1,0"] + talkPoint)["tangent"] == "5.5")
    #expect(try json(["vjp", talk] + talkPoint)["cotangent"] == "[5.5, 1.7163378145367738]")
    #expect(try json(["jacobian", talk] + talkPoint)["jacobian"] == "[[5.5, 1.7163378145367738]]")
    #expect(try json(["hessian", talk] + talkPoint)["hessian"] == "[[-0.25, 1], [1, \(sin(5.0))]]")
    #expect(try json(["hvp", talk, "--along", "1,0"] + talkPoint)["hvp"] == "[-0.25, 1]")
    let error = try #require(try json(["check", talk] + talkPoint)["maxRelativeError"])
    #expect(try #require(Double(error)) < 1e-10)
  }

  @Test(arguments: ["automatic", "forward", "reverse"])
  func jacobianModes(mode: String) throws {
    let rows = try json(["jacobian", "x*y; x + v[1]", "--at", "x=2,y=3,v=[4,5]", "--mode", mode])["jacobian"]
    #expect(rows == "[[3, 2, 0, 0], [1, 0, 0, 1]]")
  }

  @Test func keysComeInOrder() {
    let output = jacobi(["grad", talk, "--json"] + talkPoint).output
    let keys = ["variables", "at", "value", "gradient"].map { output.range(of: "\"\($0)\":")?.lowerBound }
    #expect(keys.compactMap(\.self).count == 4)
    #expect(keys.compactMap(\.self) == keys.compactMap(\.self).sorted())
    #expect(output.hasSuffix("}\n"))
  }

  /// The traces hold the numbers of `grad` and `jvp`, bit for bit.
  @Test(arguments: [
    (talk, "x1=2,x2=5", "1,0.5"), ("a = x*x; b = a*a + x; sin(b)*a/b", "x=0.3", "1"),
    ("norm(w)*sum(softmax(w)) + w[2]^w[0]", "w=[1,2,3]", "[1,-1,2]"),
    ("max(x, y, x*y) + if(x < y, x^2, 1/y) + abs(x)", "x=1.5,y=2.5", "1,2"),
  ])
  func traceAgrees(formula: String, at: String, along: String) throws {
    let point = ["--at", at]
    let reverse = try json(["trace", formula, "--mode", "reverse"] + point)
    #expect(reverse["gradient"] == (try json(["grad", formula] + point)["gradient"]))
    let forward = try json(["trace", formula, "--mode", "forward", "--along", along] + point)
    #expect(forward["tangent"] == (try json(["jvp", formula, "--along", along] + point)["tangent"]))
  }

  @Test func traceNodes() throws {
    let nodes = try #require(try json(["trace", talk, "--mode", "reverse"] + talkPoint)["nodes"])
    let steps = ["x1", "x2", "log(v0)", "v0 * v1", "v2 + v3", "sin(v1)", "v4 - v5"]
    let adjoints = ["5.5", "1.7163378145367738", "1", "1", "1", "-1", "1"]
    for (index, step) in steps.enumerated() {
      #expect(nodes.contains("{\"id\": \"v\(index)\", \"expression\": \"\(step)\", \"value\": "))
      #expect(nodes.contains("\"adjoint\": \(adjoints[index])}"))
    }
  }

  @Test func notFiniteIsTextAndWarned() throws {
    let result = jacobi("grad", "log(x)", "--at", "x=0", "--json")
    #expect(result.status == 0)
    #expect(result.output == "{\"variables\": [\"x\"], \"at\": [0], \"value\": \"-inf\", \"gradient\": [\"inf\"]}\n")
    #expect(result.errors.hasPrefix("warning: the value is not finite: -inf first arose in 'log(x)'"))
    // What is not chosen may be infinite without a warning.
    let chosen = jacobi("grad", "if(x > 0, x, log(x - x))", "--at", "x=2")
    #expect(chosen.output == "value = 2\ngradient\n  x = 1\n")
    #expect(chosen.errors.isEmpty)
  }

  @Test func readsStandardInputAndFiles() throws {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("jacobi-\(UUID()).jacobi")
    try "# the talk\na = log(x1)\na + x1*x2 - sin(x2)\n".write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    #expect(jacobi(["eval", "--file", file.path] + talkPoint).output == "value = 11.652071455223084\n")
    #expect(jacobi(["eval", "--file", "-"] + talkPoint, input: talk).output == "value = 11.652071455223084\n")
  }

  @Test func checkFails() throws {
    // At the kink the derivative is 0 by convention; differences see the slopes on both sides.
    let result = jacobi("check", "abs(x) + x/2 + abs(x)*(x > 0)", "--at", "x=0")
    #expect(result.status == 1)
    #expect(result.errors.hasPrefix("check failed"))
  }

  @Test func everyFunctionPassesItsCheck() throws {
    let calls = [
      "exp(x)", "expMinusOne(x)", "log(x)", "logOnePlus(x)", "sqrt(x)", "square(x)", "reciprocal(x)", "pow(x, y)",
      "sin(x)", "cos(x)", "tan(x)", "asin(x)", "acos(x)", "atan(x)", "atan2(x, y)", "sinh(x)", "cosh(x)", "tanh(x)",
      "asinh(x)", "acosh(1 + y)", "atanh(x)", "hypot(x, y)", "erf(x)", "erfc(x)", "sigmoid(x)", "softplus(x)",
      "relu(x)", "abs(x)", "sign(x)*x", "floor(x) + x", "ceil(x) + x", "round(x) + x", "clip(x, 0, y)", "max(x, y)",
      "min(x, y, 1)", "max([x, y])", "min([x, y])", "sum([x, y])", "prod([x, y, x])", "mean([x, y])",
      "variance([x, y, 3])", "norm([x, y])", "logSumExp([x, y])", "softmax([x, y])", "logSoftmax([x, y])",
      "dot([x, y], [y, 2])", "matmul([[x, y], [y, 1]], [x, 2])", "outer([x, y], [x, 3])", "transpose([[x, y], [1, x]])",
      "trace([[x, y], [1, x]])", "diag([[x, y], [1, x*y]])", "diag([x, y])", "det([[x, y], [1, x]])",
      "logdet([[x, y], [1, x]])", "inv([[x, y], [1, x]])", "solve([[x, y], [1, x]], [y, x*x])",
      "cholesky([[y, x], [x, y]])", "x^y", "x^3", "x^-2", "e^x", "2^x", "x/y", "-x - y", "[x, y, [x, y][1]][0]",
    ]
    for call in calls {
      let result = jacobi("check", call, "--at", "x=0.6,y=1.7")
      #expect(result.status == 0, "\(call): \(result.output)\(result.errors)")
    }
  }
}
