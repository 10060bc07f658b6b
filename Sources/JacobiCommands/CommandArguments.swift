/// Makes arguments such as `-x^2` into functions, where the argument parser would take them for options.
enum CommandArguments {
  /// The arguments with the first one that begins with a minus sign, but is no option and no option's value, moved to the
  /// end behind `--`.
  static func prepared(_ arguments: [String]) -> [String] {
    var index = 1
    while index < arguments.count {
      let argument = arguments[index]
      if argument == "--" { return arguments }
      if isOption(argument) {
        // The value of an option is never looked at; of a flag, the next argument is no value.
        if !argument.contains("="), takesValue(argument) { index += 1 }
      } else if argument.hasPrefix("-"), argument != "-" {
        var moved = arguments
        moved.remove(at: index)
        return moved + ["--", argument]
      }
      index += 1
    }
    return arguments
  }

  private static func isOption(_ argument: String) -> Bool {
    if argument == "-h" { return true }
    guard argument.hasPrefix("--"), let letter = argument.dropFirst(2).unicodeScalars.first else { return false }
    let name = argument.dropFirst(2).prefix { $0 != "=" }
    return ("a"..."z").contains(letter) && name.allSatisfy { $0.isLetter || $0 == "-" } && name.count > 1
  }

  private static func takesValue(_ argument: String) -> Bool {
    !["--json", "--help", "--version", "--help-hidden"].contains(argument)
  }
}
