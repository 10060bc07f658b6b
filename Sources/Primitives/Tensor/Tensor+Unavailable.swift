// What people write first, and the compiler's message would not lead to what exists.

extension Tensor {
  /// Unavailable: elements are compared with `.<`.
  @available(*, unavailable, message: "compare elements with .<, and read one: if Bool(x .< y)")
  @_disfavoredOverload
  public static func < (x: Tensor, y: Tensor) -> Bool { fatalError("unavailable") }

  /// Unavailable: elements are compared with `.<=`.
  @available(*, unavailable, message: "compare elements with .<=, and read one: if Bool(x .<= y)")
  @_disfavoredOverload
  public static func <= (x: Tensor, y: Tensor) -> Bool { fatalError("unavailable") }

  /// Unavailable: elements are compared with `.>`.
  @available(*, unavailable, message: "compare elements with .>, and read one: if Bool(x .> y)")
  @_disfavoredOverload
  public static func > (x: Tensor, y: Tensor) -> Bool { fatalError("unavailable") }

  /// Unavailable: elements are compared with `.>=`.
  @available(*, unavailable, message: "compare elements with .>=, and read one: if Bool(x .>= y)")
  @_disfavoredOverload
  public static func >= (x: Tensor, y: Tensor) -> Bool { fatalError("unavailable") }
}

/// Unavailable: it is `logGamma` here.
@available(*, unavailable, renamed: "logGamma")
public func lgamma(_ x: Tensor) -> Tensor { fatalError("unavailable") }

/// Unavailable: the gamma function of a positive number is `exp(logGamma(x))`.
@available(*, unavailable, message: "the gamma function of a positive number is exp(logGamma(x))")
public func tgamma(_ x: Tensor) -> Tensor { fatalError("unavailable") }

/// Unavailable: it is `abs` here.
@available(*, unavailable, renamed: "abs")
public func fabs(_ x: Tensor) -> Tensor { fatalError("unavailable") }

/// Unavailable: it is `max` here.
@available(*, unavailable, renamed: "max")
public func fmax(_ x: Tensor, _ y: Tensor) -> Tensor { fatalError("unavailable") }

/// Unavailable: it is `min` here.
@available(*, unavailable, renamed: "min")
public func fmin(_ x: Tensor, _ y: Tensor) -> Tensor { fatalError("unavailable") }

/// Unavailable: it is `expMinusOne` here.
@available(*, unavailable, renamed: "expMinusOne")
public func expm1(_ x: Tensor) -> Tensor { fatalError("unavailable") }

/// Unavailable: it is `log(onePlus:)` here.
@available(*, unavailable, renamed: "log(onePlus:)")
public func log1p(_ x: Tensor) -> Tensor { fatalError("unavailable") }
