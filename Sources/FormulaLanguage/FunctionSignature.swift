/// The name of a function and how many arguments it takes.
public struct FunctionSignature: Sendable, Equatable {
  /// The name, an identifier of the formula language.
  public var name: String
  /// The least number of arguments.
  public var minimumArguments: Int
  /// The greatest number of arguments; nil where there is no limit.
  public var maximumArguments: Int?

  /// A function with a range of argument counts; `maximumArguments` nil means no limit.
  public init(name: String, minimumArguments: Int, maximumArguments: Int?) {
    self.name = name
    self.minimumArguments = minimumArguments
    self.maximumArguments = maximumArguments
  }

  /// A function of exactly `arguments` arguments.
  public init(_ name: String, _ arguments: Int) {
    self.init(name: name, minimumArguments: arguments, maximumArguments: arguments)
  }

  /// Whether a call with `count` arguments is right.
  func accepts(_ count: Int) -> Bool {
    count >= minimumArguments && count <= maximumArguments ?? Int.max
  }

  /// `1 argument`, `2 or 3 arguments`, `at least 1 argument`.
  var expectation: String {
    guard let maximumArguments else { return "at least \(Self.arguments(minimumArguments))" }
    if minimumArguments == maximumArguments { return Self.arguments(minimumArguments) }
    let separator = maximumArguments == minimumArguments + 1 ? "or" : "to"
    return "\(minimumArguments) \(separator) \(Self.arguments(maximumArguments))"
  }

  private static func arguments(_ count: Int) -> String {
    switch count {
    case 0: "no arguments"
    case 1: "1 argument"
    default: "\(count) arguments"
    }
  }
}
