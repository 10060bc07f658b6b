import Foundation
import Jacobi
import JacobiCommands
import Testing

@Suite struct GoldenTests {
  @Test(arguments: Transcript.all)
  func transcript(_ transcript: Transcript) throws {
    var text = ""
    for arguments in transcript.commands {
      text += "$ jacobi" + arguments.map { " " + shown($0) }.joined() + "\n"
      let result = jacobi(arguments)
      text += result.output + result.errors
      if result.status != 0 { text += "[exit status \(result.status)]\n" }
      text += "\n"
    }
    // The libraries that an engine uses differ from machine to machine.
    text = text.replacingOccurrences(of: "\(ReferenceEngine().availability)", with: "available (on this machine)")
    try Golden.expect(text, matches: transcript.name)
  }

  @Test(arguments: ["dot", "svg", "mermaid", "text"])
  func graph(format: String) throws {
    let result = jacobi(["graph", talk] + talkPoint + ["--format", format, "--mode", "reverse"])
    #expect(result.status == 0)
    try Golden.expect(result.output, matches: "talk-reverse.\(format)")
  }

  /// Sentences and examples fit lines of 80 characters.
  @Test func helpFits80Columns() {
    for command in [[]] + Transcript.all[0].commands.dropFirst() {
      for line in jacobi(command).output.split(separator: "\n") { #expect(line.count <= 80, "\(command): \(line)") }
    }
  }

  private func shown(_ argument: String) -> String {
    let isPlain = argument.allSatisfy { $0.isLetter || $0.isNumber || "-=,.".contains($0) } && !argument.isEmpty
    return isPlain ? argument : "\"\(argument)\""
  }
}
