/// Makes arguments such as `-x^2` into functions, where the argument parser would take them for options.
enum CommandArguments {
  /// The argument parser takes time in proportion to the square of the number of arguments.
  static let largestCount = 512

  /// The arguments with the values of all options `--at` in one, separated by commas, which means the same.
  static func joined(_ arguments: [String]) -> [String] {
    var result: [String] = []
    var values: [String] = []
    var place: Int?
    var index = 0
    while index < arguments.count {
      let argument = arguments[index]
      var value: String?
      if argument == "--" { break }
      if argument == "--at", index + 1 < arguments.count {
        index += 1
        value = arguments[index]
      } else if argument.hasPrefix("--at=") {
        value = String(argument.dropFirst(5))
      }
      index += 1
      if let value {
        values.append(value)
        if place == nil {
          place = result.count
          result += ["--at", ""]
        }
        continue
      }
      result.append(argument)
      // The value of another option is never looked at.
      if isOption(argument), !argument.contains("="), takesValue(argument), index < arguments.count {
        result.append(arguments[index])
        index += 1
      }
    }
    if let place { result[place + 1] = values.joined(separator: ",") }
    return result + arguments[index...]
  }

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
    !["--json", "--code", "--help", "--version", "--help-hidden", "-h"].contains(argument)
  }
}
