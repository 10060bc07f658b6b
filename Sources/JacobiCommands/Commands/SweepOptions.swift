import ArgumentParser

/// The direction of a forward sweep.
struct DirectionOption: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The direction: a number or vector per variable, in order.", valueName: "value,..."))
  var along: String
}

/// The cotangents that a reverse sweep starts from.
struct CotangentOption: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The cotangent: a number or vector per output, in order. Ones for a single output.", valueName: "value,..."))
  var cotangent: String?
}
