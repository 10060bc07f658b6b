import Foundation
import JacobiCommands
import TestSupport
import Testing

/// Formulas nested or chained very deep, for every command.
@Suite(.serialized) struct DepthTests {
  /// 100,000 in a release build.
  static let depth = isThorough ? 100_000 : 1_000

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
      ("norms", times("norm([1,") + "x" + times("])")), ("functions", allFunctions(depth)),
    ]
  }()

  /// The functions that `--help` lists, each as what stands before and behind its last argument.
  static let calls: [(before: String, after: String)] = {
    let lines = jacobi("--help").output.split(separator: "\n").filter { $0.hasPrefix("  ") && $0.contains(")  ") }
    return lines.compactMap { line in
      let call = line.trimmingCharacters(in: .whitespaces)
      guard let open = call.firstIndex(of: "("), let close = call.firstIndex(of: ")") else { return nil }
      let count = call[open..<close].split(separator: ",").filter { !$0.contains("...") }.count
      let before = "\(call[..<open])(" + String(repeating: "0.5, ", count: count - 1)
      // Functions of vectors get one, and what is left a vector is made a number.
      switch call[..<open] {
      case "norm", "logSumExp", "sum", "mean", "variance", "prod": return (before + "[1, ", "])")
      case "softmax", "logSoftmax", "cumsum", "cumprod", "cummax", "cummin", "logCumSumExp", "sort":
        return (before + "[1, ", "])[0]")
      case "dot", "outer": return nil
      case _ where call[open..<close].contains("A"): return nil  // matrices
      default: return (before, ")")
      }
    }
  }()

  /// All functions in turn, nested; beyond some depth the values may be `nan`, which changes nothing about the time.
  static func allFunctions(_ depth: Int) -> String {
    let turn = (0..<depth).map { calls[$0 % calls.count] }
    return turn.map(\.before).joined() + "x" + turn.reversed().map(\.after).joined()
  }

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

  /// Every function alone, by the commands that take longest.
  @Test(arguments: [["hessian"], ["graph", "--format", "dot", "--mode", "reverse"], ["check"]])
  func everyFunction(command: [String]) {
    #expect(Self.calls.count > 50)
    let depth = isThorough ? Self.depth : 100
    for (before, after) in Self.calls {
      let source = String(repeating: before, count: depth) + "x" + String(repeating: after, count: depth)
      let time = ContinuousClock().measure {
        let result = jacobi([command[0], source, "--at", "x=0.5"] + command.dropFirst())
        #expect([0, 1].contains(result.status), "\(command) \(before)")
      }
      #expect(time < .seconds(180), "\(command) \(before) took \(time)")
      if time > .seconds(5) { print("\(command) \(before) took \(time)") }
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
