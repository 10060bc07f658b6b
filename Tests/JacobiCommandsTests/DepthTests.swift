import Foundation
import JacobiCommands
import Testing

/// Formulas nested or chained very deep, for every command.
@Suite(.serialized) struct DepthTests {
  /// 100,000 in a release build.
  static let depth = isThorough ? 100_000 : 3_000

  static let formulas: [(name: String, source: String)] = {
    func times(_ text: String, _ count: Int = depth) -> String { String(repeating: text, count: count) }
    return [
      ("parentheses", times("(") + "x" + times(")")), ("sines", times("sin(") + "x" + times(")")),
      ("sum", times("x + ") + "x"), ("product", times("x*") + "x"), ("signs", times("-") + "x"),
      ("powers", times("x^") + "1"), ("roots", times("sqrt(1 + ") + "x" + times(")")),
      ("conditions", times("if(x < 1, x, ") + "x" + times(")")), ("outputs", times("x;") + "x"),
      ("vector", "sum([" + times("x,") + "x])"), ("maximum", "max(" + times("x,") + "x)"),
      ("vectors", times("[") + "x" + times("]")), ("indices", "x[" + times("0,") + "0]"),
      ("elements", times("[") + "x" + times("][0]")), ("open", times("(") + "x"), ("closed", "x" + times(")")),
      ("definitions", "a0 = x;" + (1...depth).map { "a\($0) = a\($0 - 1) + a\($0 - 1)*0.5;" }.joined() + "a\(depth)"),
      ("comparisons", times("(x < ") + "x" + times(")")), ("names", times("y") + " + x"), ("spaces", times(" ") + "x"),
      ("numbers", times("1 + ") + "x"), ("digits", "0." + times("3") + "*x"),
      ("norms", times("norm([1,", depth / 10) + "x" + times("])", depth / 10)),
    ]
  }()

  static let commands = [
    ["eval"], ["grad"], ["jvp", "--along", "1"], ["vjp"], ["jacobian"], ["hessian"], ["hvp", "--along", "1"], ["trace"],
    ["trace", "--mode", "reverse"], ["trace", "--along", "1", "--json"], ["graph"], ["graph", "--format", "svg"],
    ["graph", "--format", "dot", "--mode", "reverse"], ["graph", "--format", "mermaid"], ["check"],
    ["jacobian", "--mode", "reverse"],
  ]

  @Test(arguments: commands)
  func deep(command: [String]) {
    for (name, source) in Self.formulas {
      let time = ContinuousClock().measure {
        let result = jacobi([command[0], source, "--at", "x=0.5"] + command.dropFirst())
        #expect([0, 1, 65].contains(result.status), "\(command) \(name)")
      }
      #expect(time < .seconds(180), "\(command) \(name) took \(time)")
      if time > .seconds(3) { print("\(command) \(name) took \(time)") }
    }
  }

  @Test func manyVariables() {
    let names = (0..<Self.depth).map { "x\($0)" }
    let at = names.map { $0 + "=1" }.joined(separator: ",")
    let ones = names.map { _ in "1" }.joined(separator: ",")
    for command in Self.commands {
      let time = ContinuousClock().measure {
        let more = command.dropFirst().map { $0 == "1" ? ones : $0 }
        let result = jacobi([command[0], names.joined(separator: " + "), "--at", at] + more)
        #expect([0, 1, 65].contains(result.status), "\(command)")
      }
      #expect(time < .seconds(180), "\(command) took \(time)")
      if time > .seconds(3) { print("\(command) with many variables took \(time)") }
    }
  }
}
