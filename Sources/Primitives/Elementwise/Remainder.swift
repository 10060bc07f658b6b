/// What is left of x after whole multiples of y, with the sign of x, exactly: x - y · trunc(x / y).
///
/// The derivative at a jump is that of the side it belongs to.
public struct Remainder: RealBinary {
  public static let name = "fmod"
  public init() {}
  public func scalar<S: RealSemantics>(_ x: S, _ y: S) -> S { S.remainder(x, y) }

  public func derivative(of operand: Int, x: Tensor, y: Tensor, z: Tensor) -> LinearMap {
    // x / y may be rounded up to a whole number; x - z is a whole multiple of y.
    operand == 0 ? .identity : .scale(by: -Round().bind((x - z) / y))
  }

  public static var samples: [PrimitiveSample] {
    // A quotient below 1, away from the jumps.
    [[], [2, 3], [1], [0]].map {
      PrimitiveSample(Remainder(), [OperandSample($0, .unit), OperandSample($0, .aboveOne)], dtypes: dtypes)
    }
  }
}
