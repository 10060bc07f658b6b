import Foundation
import Jacobi
import JacobiCommands
import Testing

/// The option `--engine`, and what `--version` and `explain` say of engines.
@Suite struct EngineTests {
  static let isNative = NativeEngine().availability.isAvailable

  /// Commands of every kind, vectors and several outputs among them.
  static let commands: [[String]] = [
    ["eval", talk] + talkPoint, ["grad", talk] + talkPoint, ["jvp", talk, "--along", "1,0.5"] + talkPoint,
    ["vjp", talk] + talkPoint, ["jacobian", talk] + talkPoint, ["hessian", talk] + talkPoint,
    ["hvp", talk, "--along", "1,-2"] + talkPoint,
    ["jacobian", "softmax(v); v[0]*2", "--at", "v=[1,2,3]"],
    ["jacobian", "softmax(v); v[0]*2", "--at", "v=[1,2,3]", "--mode", "forward"],
    ["hessian", "norm(v)*sum(sort(v)) + logSumExp(v)", "--at", "v=[1,3,2]"],
    ["grad", "if(x < 1, x^2, log(x)) + erf(x)*logGamma(x)", "--at", "x=2.5"],
    ["eval", "x < 2; [x, 2]; sum(sin([x, x, 3]))", "--at", "x=1"],
    ["grad", "x^2", "--at", "x=3", "--dtype", "float32"],
    ["eval", "log(x)", "--at", "x=-1"], ["eval", "v[7]", "--at", "v=[1,2]"],
  ]

  /// Both engines give the same numbers, to rounding, and the same errors.
  @Test(.enabled(if: isNative), arguments: commands)
  func agree(command: [String]) throws {
    let (native, reference) = (
      jacobi(command + ["--json", "--engine", "native"]), jacobi(command + ["--json", "--engine", "reference"])
    )
    #expect(native.status == reference.status && native.errors == reference.errors)
    func numbers(_ text: String) -> [Double] {
      text.split { !($0.isNumber || "+-.e".contains($0)) }.compactMap { Double($0) }
    }
    func skeleton(_ text: String) -> String { text.filter { !$0.isNumber && !"+-.e".contains($0) } }
    #expect(skeleton(native.output) == skeleton(reference.output))
    for (a, b) in zip(numbers(native.output), numbers(reference.output)) {
      #expect(abs(a - b) <= 1e-13 * max(1, abs(b)) || (command.contains("float32") && abs(a - b) < 1e-5))
    }
  }

  @Test(.enabled(if: !isNative)) func missing() {
    let result = jacobi(["eval", "x", "--at", "x=1", "--engine", "native"])
    #expect(result.status == 64 && result.errors.hasPrefix("error: the native engine is not available: "))
    #expect(result.errors.contains("JACOBI_LLVM"))
  }

  @Test func steps() {
    if !Self.isNative { return }
    for command in ["trace", "graph"] {
      let result = jacobi([command, "x", "--at", "x=1", "--engine", "native"])
      #expect(result.status == 64 && result.errors.contains("\(command) shows every operation"))
    }
  }

  /// A line for each engine; further ones are registered by tests that run beside this one.
  @Test func version() {
    let lines = jacobi(["--version"]).output.split(separator: "\n")
    #expect(lines.first.map(String.init) == "jacobi \(JacobiTool.version)")
    #expect(lines.contains { $0 == "native engine: \(NativeEngine().availability)" })
    #expect(lines.last.map(String.init) == "reference engine: \(ReferenceEngine().availability)")
    #expect(lines.last?.contains("matrix products") == true)
    #expect(lines.dropFirst().allSatisfy { $0.contains(" engine: ") })
  }

  @Test(arguments: ["eval", "grad", "jvp", "vjp", "hvp"])
  func explained(command: String) throws {
    let arguments = ["explain", talk, "--of", command] + talkPoint
    let text = jacobi(arguments)
    #expect(text.status == 0 && text.output.hasPrefix("program f(") && text.output.contains("in all about "))
    #expect(text.output.contains("engine: \(Self.isNative ? "native" : "reference")"))
    let fields = try json(arguments)
    #expect(fields["operations"].flatMap { Int($0) } ?? 0 > 0)
    let code = jacobi(arguments + ["--code"])
    if Self.isNative {
      #expect(code.status == 0 && code.output.contains("define i32 @"))
    } else {
      #expect(code.status == 65 && code.errors.contains("generates no code"))
    }
  }
}
