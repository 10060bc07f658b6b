/// A function of real numbers that only the host has, by its address: code calls it as it calls the C library.
///
/// Functions of numbers with a parameter in front take that as their first argument.
public struct ScalarRoutine: Sendable {
  /// A name, different for different functions.
  public let name: String
  /// The function.
  public let body: Body
  /// How it is computed for several numbers at once; `nil` for one after the other.
  public let many: Many?

  /// A C function.
  public enum Body: Sendable {
    /// Of one number.
    case one(@convention(c) @Sendable (Double) -> Double)
    /// Of two numbers.
    case two(@convention(c) @Sendable (Double, Double) -> Double)
  }

  /// How a function is computed for several numbers at once.
  public enum Many: Sendable {
    /// By the form that a vector library has of the C function of this name.
    case library(String)
    /// By an expression.
    case form(VectorForm)
  }

  /// A function with a name of its own.
  public init(_ name: String, _ body: Body, many: Many? = nil) {
    self.name = name
    self.body = body
    self.many = many
  }

  /// The number of arguments.
  public var arity: Int {
    switch body {
    case .one: 1
    case .two: 2
    }
  }

  /// Where the function is in this process.
  package var address: UInt {
    switch body {
    case .one(let function): UInt(bitPattern: unsafeBitCast(function, to: UnsafeRawPointer.self))
    case .two(let function): UInt(bitPattern: unsafeBitCast(function, to: UnsafeRawPointer.self))
    }
  }
}

/// A function of real numbers as an expression in float64, which code computes for several numbers at once where all of
/// them are arguments that it is made for; else the function is called for each.
public struct VectorForm: Sendable {
  /// Whether the arguments are such.
  public let isValid: ScalarExpression
  /// The value then.
  public let value: ScalarExpression

  /// A form.
  public init(isValid: ScalarExpression, value: ScalarExpression) {
    self.isValid = isValid
    self.value = value
  }
}
