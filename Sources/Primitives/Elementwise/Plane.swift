// The polar coordinates of a point in the plane. At the origin their derivatives are taken as zero, of every order.

/// The angle of the point (x, y), between -π and π; operand 0 is y.
public struct Atan2: RealBinary {
  public static let name = "atan2"
  public init() {}
  public func scalar<S: RealSemantics>(_ x: S, _ y: S) -> S { S.atan2(y: x, x: y) }

  public func derivative(of operand: Int, x: Tensor, y: Tensor, z: Tensor) -> LinearMap {
    let distance = Hypot().bind(x, y)
    let cosine = operand == 0 ? DirectionCosine().bind(y, x) : -DirectionCosine().bind(x, y)
    return .choice(weight: `where`(distance .== 0, 0, cosine / distance))
  }

  public static var samples: [PrimitiveSample] { binarySamples(Atan2(), dtypes: dtypes) }
}

/// The distance √(x² + y²) without overflow.
public struct Hypot: RealBinary {
  public static let name = "hypot"
  public init() {}
  public var traits: PrimitiveTraits { [.elementwise, .commutative, .squareRule] }
  public func scalar<S: RealSemantics>(_ x: S, _ y: S) -> S { S.hypot(x, y) }

  public func derivative(of operand: Int, x: Tensor, y: Tensor, z: Tensor) -> LinearMap {
    .choice(weight: operand == 0 ? DirectionCosine().bind(x, y) : DirectionCosine().bind(y, x))
  }

  public static var samples: [PrimitiveSample] { binarySamples(Hypot(), dtypes: dtypes) }
}

/// The cosine x / √(x² + y²) of the angle between the point (x, y) and the first axis; at the origin 0. Where one of the
/// numbers is infinite, an infinite x has ±1 and a finite one 0.
///
/// It is one function, because the derivative y² / √(x² + y²)³ of the quotient would be the difference of two numbers that
/// agree in all digits where y is small beside x.
public struct DirectionCosine: RealBinary {
  public static let name = "directionCosine"
  public init() {}

  public func scalar<S: RealSemantics>(_ x: S, _ y: S) -> S {
    // Large numbers are scaled, as their distance may overflow.
    let largest = S.maximum(S.magnitude(x), S.magnitude(y))
    let factor = S.select(S.isLess(.constant(1), largest), .constant(0.25), .constant(1))
    let a = x * factor
    let distance = S.hypot(a, y * factor)
    let sign = S.select(S.isLess(x, .constant(0)), .constant(-1), S.constant(1))
    let atInfinity = S.select(S.isEqual(S.magnitude(x), .constant(.infinity)), sign, .constant(0))
    let inside = S.select(S.isEqual(distance, .constant(0)), .constant(0), a / distance)
    return S.select(S.isEqual(largest, .constant(.infinity)), atInfinity, inside)
  }

  public func derivative(of operand: Int, x: Tensor, y: Tensor, z: Tensor) -> LinearMap {
    let distance = Hypot().bind(x, y)
    let sine = DirectionCosine().bind(y, x)
    let slope = (operand == 0 ? sine : -z) * (sine / distance)
    return .choice(weight: `where`(distance .== 0, 0, slope))
  }

  public static var samples: [PrimitiveSample] { binarySamples(DirectionCosine(), dtypes: dtypes) }
}
