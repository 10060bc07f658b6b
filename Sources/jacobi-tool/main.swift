import JacobiCommands

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

StandardStreams.open()
let result = JacobiTool.run(arguments: Array(CommandLine.arguments.dropFirst()), input: StandardStreams.input)
exit(StandardStreams.write(result))
