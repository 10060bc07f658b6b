import Foundation
import JacobiCommands
import JacobiTesting
import TestSupport
import Testing

/// Whatever the input: one of the four exit statuses, and soon.
@Suite(.serialized) struct FuzzTests {
  private func survive(_ arguments: [String], sourceLocation: SourceLocation = #_sourceLocation) {
    let result = jacobi(arguments)
    #expect([0, 1, 64, 65].contains(result.status), "\(arguments)", sourceLocation: sourceLocation)
    #expect((result.status <= 1) != result.output.isEmpty, "\(arguments)", sourceLocation: sourceLocation)
  }

  /// 100,000 in a release build.
  @Test func randomBytes() {
    var generator = CountingGenerator.fresh(for: "randomBytes")
    let count = isThorough ? 100_000 : 600
    let alphabet = Array("xyw()[]+-*/^<=>!,;#\n .0123e\u{0}é∂sin(if(max(norm(a=".utf8)
    let time = ContinuousClock().measure {
      for round in 0..<count {
        let length = Int.random(in: 0...20, using: &generator)
        let bytes = (0..<length).map { _ -> UInt8 in
          round.isMultiple(of: 2)
            ? UInt8.random(in: 0...255, using: &generator) : alphabet[Int(generator.next() % UInt64(alphabet.count))]
        }
        let command = round % 4 < 2 ? "eval" : "grad"
        survive([command, String(decoding: bytes, as: UTF8.self), "--at", "x=2,y=-3,w=[1,2,3]"])
      }
    }
    print("\(count) random byte strings took \(time)")
  }

  /// 10,000 in a release build.
  @Test func mutations() {
    var generator = CountingGenerator.fresh(for: "mutations")
    let count = isThorough ? 10_000 : 150
    let commands = ["eval", "grad", "jacobian", "hessian", "vjp", "trace", "graph", "check"]
    let time = ContinuousClock().measure {
      for round in 0..<count {
        let formula = mutated(randomExpression(depth: 5, &generator), &generator)
        survive([
          round % 3 < 2 ? ["eval", "grad"][round % 2] : commands[round % 8], formula, "--at", "x=2,y=-3,w=[1,2,3]",
        ])
      }
    }
    print("\(count) mutated expressions took \(time)")
  }

  @Test func randomArguments() {
    var generator = CountingGenerator.fresh(for: "randomArguments")
    let words = [
      "eval", "grad", "trace", "x", "-x", "--at", "x=1", "x=", "--along", "1", "-1", "--cotangent", "--file", "-", "--",
      "--json", "--mode", "forward", "reverse", "--format", "svg", "--engine", "--dtype", "float32", "", "--help",
      "help",
      "é", "--at=x=2", "-h", "--tolerance", "nan", "check", "jvp", "graph",
    ]
    for _ in 0..<(isThorough ? 20_000 : 300) {
      let count = Int.random(in: 0...7, using: &generator)
      let arguments = (0..<count).map { _ in words[Int(generator.next() % UInt64(words.count))] }
      let result = jacobi(arguments, input: "x*x")
      #expect([0, 1, 64, 65].contains(result.status), "\(arguments)")
    }
  }

  private func mutated(_ formula: String, _ generator: inout CountingGenerator) -> String {
    var bytes = Array(formula.utf8)
    for _ in 0..<Int.random(in: 0...2, using: &generator) where !bytes.isEmpty {
      let place = Int.random(in: 0..<bytes.count, using: &generator)
      let other = Int.random(in: 0..<bytes.count, using: &generator)
      switch Int.random(in: 0..<4, using: &generator) {
      case 0: bytes.remove(at: place)
      case 1: bytes.insert(UInt8.random(in: 32...126, using: &generator), at: place)
      case 2: bytes.swapAt(place, other)
      default: bytes.insert(bytes[other], at: place)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func randomExpression(depth: Int, _ generator: inout CountingGenerator) -> String {
    func sub() -> String { randomExpression(depth: depth - 1, &generator) }
    let leaves = ["x", "y", "w", "2", "0", "1e300", "pi", "e", "[1,2,3]", "w[1]", "0.5"]
    if depth == 0 { return leaves[Int(generator.next() % UInt64(leaves.count))] }
    switch Int.random(in: 0..<10, using: &generator) {
    case 0: return "(\(sub()) + \(sub()))"
    case 1: return "\(sub())*\(sub())"
    case 2: return "(\(sub()))/(\(sub()))"
    case 3: return "(\(sub()))^(\(sub()))"
    case 4: return "if(\(sub()) < \(sub()), \(sub()), \(sub()))"
    case 5: return "[\(sub()), \(sub())]"
    case 6: return "(\(sub()))[0]"
    case 7: return "outer(\(sub()), \(sub()))"
    default:
      let names = [
        "sin", "log", "sqrt", "norm", "sum", "max", "tanh", "abs", "softmax", "prod", "transpose", "erf", "mean",
        "floor",
      ]
      return "\(names[Int(generator.next() % UInt64(names.count))])(\(sub()))"
    }
  }
}
