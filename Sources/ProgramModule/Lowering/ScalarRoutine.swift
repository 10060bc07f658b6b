/// A function of real numbers that the host has, and its meaning as an expression.
///
/// Code that runs in this process calls the host's function by its address, as it calls the C library. Whatever cannot,
/// such as code for another device, computes the body. Functions of numbers with a parameter in front take that as their
/// first argument.
public struct ScalarRoutine: Sendable {
  /// A name, different for different functions of the host.
  public let name: String
  /// The function of the host, which is the fast one.
  public let function: Function
  /// How it is computed for several numbers at once; `nil` for one after the other.
  public let many: Many?
  private let makeBody: @Sendable () -> ScalarExpression

  /// A C function.
  public enum Function: Sendable {
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
  ///
  /// - Parameter body: the function as an expression in float64, for all arguments, whose values are those of the host's
  ///   function up to a few units in the last place. It is made when it is asked for.
  public init(
    _ name: String, _ function: Function, many: Many? = nil,
    body: @escaping @autoclosure @Sendable () -> ScalarExpression
  ) {
    self.name = name
    self.function = function
    self.many = many
    makeBody = body
  }

  /// The function as an expression in float64, for all arguments.
  public var body: ScalarExpression { makeBody() }

  /// The number of arguments.
  public var arity: Int {
    switch function {
    case .one: 1
    case .two: 2
    }
  }

  /// Where the host's function is in this process.
  package var address: UInt {
    switch function {
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
