// The polar coordinates of a point in the plane. At the origin their derivatives are taken as zero, of every order.

/// The angle of the point (x, y), between -π and π; operand 0 is y.
public struct Atan2: RealBinary {
  public static let name = "atan2"
  public init() {}
  public func scalar<S: RealSemantics>(_ x: S, _ y: S) -> S { S.atan2(y: x, x: y) }

  public func derivative(of operand: Int, x: Tensor, y: Tensor, z: Tensor) -> LinearMap {
    // Two quotients, because the square of the distance overflows.
    let distance = Hypot().bind(x, y)
    let quotient = (operand == 0 ? y : -x) / distance / distance
    return .choice(weight: `where`(distance .== 0, 0, quotient))
  }

  public static var samples: [PrimitiveSample] { binarySamples(Atan2(), dtypes: dtypes) }
}

/// The distance √(x² + y²) without overflow.
public struct Hypot: RealBinary {
  public static let name = "hypot"
  public init() {}
  public var traits: PrimitiveTraits { [.elementwise, .commutative] }
  public func scalar<S: RealSemantics>(_ x: S, _ y: S) -> S { S.hypot(x, y) }

  public func derivative(of operand: Int, x: Tensor, y: Tensor, z: Tensor) -> LinearMap {
    .choice(weight: `where`(z .== 0, 0, (operand == 0 ? x : y) / z))
  }

  public static var samples: [PrimitiveSample] { binarySamples(Hypot(), dtypes: dtypes) }
}
