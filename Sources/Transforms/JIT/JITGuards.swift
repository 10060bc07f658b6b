import ControlPrimitives

/// What `jit` does when a function reads the value of a traced tensor, as `Bool`, `Int`, `Double`, or by `scalars(as:)`.
public enum JITGuards: Hashable, Sendable {
  /// The value becomes a guard: each combination of values that are read is a path, which is traced and compiled once. For
  /// calls that fit no path when there are this many, the function is run without being compiled.
  case paths(atMost: Int)
  /// It is an error, which names the line and what to write instead.
  case forbidden

  /// Guards with at most 64 paths for the same types of arguments.
  public static let allowed = JITGuards.paths(atMost: 64)

  var largestPathCount: Int {
    switch self {
    case .paths(let count): max(count, 1)
    case .forbidden: 1
    }
  }

  /// The error of a function that reads a value where guards are forbidden.
  var refusal: TensorError? {
    self == .forbidden ? .guardForbidden : nil
  }
}

extension TensorError {
  fileprivate static let guardForbidden = TensorError(
    .tracing, "jit", "the function reads the value of a traced tensor, which guards: .forbidden does not allow",
    hint:
      "choose with Tensor.where or cond instead of if, repeat with whileLoop instead of while, or take the number as "
      + "a static argument: jit { (n: Int, x: Tensor) in ... }")
}
