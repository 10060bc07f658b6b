import Foundation
import JacobiCommands

let result = JacobiTool.run(arguments: Array(CommandLine.arguments.dropFirst())) {
  [UInt8](FileHandle.standardInput.readDataToEndOfFile())
}
FileHandle.standardOutput.write(Data(result.output.utf8))
FileHandle.standardError.write(Data(result.errors.utf8))
exit(result.status)
