// The attack as a program: `hostile-arguments` does every 499th case, `hostile-arguments full` all of them, and
// `hostile-arguments N` every Nth; a word after that chooses the operations with it in their names. It prints what it
// finds; its exit status is 1 when there is something.
import Foundation

let arguments = CommandLine.arguments
if arguments.count == 6, arguments[1] == "--child", let first = Int(arguments[3]), let stride = Int(arguments[4]) {
  runChild(log: arguments[2], first: first, stride: stride, word: arguments[5])
  exit(0)
}
var supervisor = Supervisor(program: Bundle.main.executablePath ?? arguments[0])
supervisor.stride = arguments.count < 2 ? 499 : arguments[1] == "full" ? 1 : Int(arguments[1]) ?? 499
supervisor.word = arguments.count > 2 ? arguments[2] : ""
let findings = try supervisor.run()
print("\(Attack.count / supervisor.stride) of \(Attack.count) cases, \(findings.count) findings")
exit(findings.isEmpty ? 0 : 1)
