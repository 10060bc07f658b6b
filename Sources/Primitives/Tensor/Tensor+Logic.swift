// The operators of logic under Swift's names for bits: of `bool` tensors they are logic, of integers they are bits, as in
// NumPy. They exist for tensors alone, so that they do not slow down type-checking of other expressions.

extension Tensor {
  /// Whether both hold, element by element; of integers the bits that both have.
  public static func & (x: Tensor, y: Tensor) -> Tensor {
    x.isBits || y.isBits ? bitwiseAnd(x, y) : x .& y
  }

  /// Whether at least one holds, element by element; of integers the bits that at least one has.
  public static func | (x: Tensor, y: Tensor) -> Tensor {
    x.isBits || y.isBits ? bitwiseOr(x, y) : x .| y
  }

  /// Whether each does not hold: `.!x`. `bool` only.
  public static prefix func ! (x: Tensor) -> Tensor { .!x }

  /// Whether each does not hold; of integers the bits that each does not have.
  public static prefix func ~ (x: Tensor) -> Tensor { x.isBits ? bitwiseNot(x) : .!x }

  private var isBits: Bool { !isInvalid && !isLiteral && dtype.isInteger }
}

extension Tensor {
  /// Unavailable: a power is `**`, the exclusive or `.^`.
  @available(*, unavailable, message: "a power is x ** y; the exclusive or of bool tensors is x .^ y")
  public static func ^ (x: Tensor, y: Tensor) -> Tensor { fatalError("unavailable") }
}
