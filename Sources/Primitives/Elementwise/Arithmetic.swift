/// The sum x + y.
public struct Add: NumericBinary {
  public static let name = "add"
  public init() {}
  public var traits: PrimitiveTraits { [.elementwise, .linear, .commutative] }
  public func scalar<S: ScalarSemantics>(_ x: S, _ y: S) -> S { x + y }
  public func derivative(of operand: Int, x: Tensor, y: Tensor, z: Tensor) -> LinearMap { .identity }
  public static var samples: [PrimitiveSample] { binarySamples(Add(), dtypes: dtypes) }
}

/// The difference x - y.
public struct Subtract: NumericBinary {
  public static let name = "subtract"
  public init() {}
  public var traits: PrimitiveTraits { [.elementwise, .linear] }
  public func scalar<S: ScalarSemantics>(_ x: S, _ y: S) -> S { x - y }
  public func derivative(of operand: Int, x: Tensor, y: Tensor, z: Tensor) -> LinearMap {
    operand == 0 ? .identity : .negation
  }
  public static var samples: [PrimitiveSample] { binarySamples(Subtract(), dtypes: dtypes) }
}

/// The product x · y.
public struct Multiply: NumericBinary {
  public static let name = "multiply"
  public init() {}
  public var traits: PrimitiveTraits { [.elementwise, .bilinear, .commutative, .evenPower, .squareRule] }
  public func scalar<S: ScalarSemantics>(_ x: S, _ y: S) -> S { x * y }
  public func derivative(of operand: Int, x: Tensor, y: Tensor, z: Tensor) -> LinearMap {
    .scale(by: operand == 0 ? y : x)
  }
  public static var samples: [PrimitiveSample] { binarySamples(Multiply(), dtypes: dtypes) }
}

/// The quotient x / y.
public struct Divide: ElementaryBinary {
  public static let name = "divide"
  public init() {}
  public var traits: PrimitiveTraits { [.elementwise, .squareRule] }
  public func scalar<S: ElementarySemantics>(_ x: S, _ y: S) -> S { x / y }
  public func derivative(of operand: Int, x: Tensor, y: Tensor, z: Tensor) -> LinearMap {
    if operand == 0 { return .quotient(by: y) }
    // As -z (dy / y): z / y overflows for small y, while dy, or what the cotangent is multiplied with, is small as well.
    let inverse = 1 / y
    // Of subnormal numbers the inverse is infinite, whatever z is.
    if let host = inverse.host, host.hasInfinity { return .scale(by: -z / y) }
    return .scales(outer: -z, inner: inverse)
  }
  public static var samples: [PrimitiveSample] {
    [[], [2, 3], [1], [0]].map {
      PrimitiveSample(Divide(), [OperandSample($0), OperandSample($0, .positive)], dtypes: dtypes)
    }
  }
}

/// The negative -x.
public struct Negate: NumericUnary {
  public static let name = "negate"
  public init() {}
  public var traits: PrimitiveTraits { [.elementwise, .linear, .squareRule] }
  public func scalar<S: ScalarSemantics>(_ x: S) -> S { -x }
  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .negation }
  public static var samples: [PrimitiveSample] { unarySamples(Negate(), dtypes: dtypes) }
}
