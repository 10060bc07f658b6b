import Numerics

/// The logarithm with base 2, exact for powers of 2.
public struct Log2: HostUnary {
  public static let name = "log2"
  public init() {}
  public func value(_ x: Double) -> Double { .log2(x) }
  public var routine: ScalarRoutine {
    ScalarRoutine(
      Self.name, .one { Log2().value($0) }, many: .library(Self.name),
      body: ScalarExpression.log(.operand(0)) / .constant(naturalLog2))
  }
  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .scale(by: 1 / x * (1 / naturalLog2)) }
  public static var samples: [PrimitiveSample] { unarySamples(Log2(), .positive, dtypes: dtypes) }
}

/// The logarithm with base 10, exact for powers of 10.
public struct Log10: HostUnary {
  public static let name = "log10"
  public init() {}
  public func value(_ x: Double) -> Double { .log10(x) }
  public var routine: ScalarRoutine {
    ScalarRoutine(
      Self.name, .one { Log10().value($0) }, many: .library(Self.name),
      body: ScalarExpression.log(.operand(0)) / .constant(naturalLog10))
  }
  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .scale(by: 1 / x * (1 / naturalLog10)) }
  public static var samples: [PrimitiveSample] { unarySamples(Log10(), .positive, dtypes: dtypes) }
}

/// 2 to the power of x, exact for whole numbers.
public struct Exp2: HostUnary {
  public static let name = "exp2"
  public init() {}
  public func value(_ x: Double) -> Double { .exp2(x) }
  public var routine: ScalarRoutine {
    ScalarRoutine(
      Self.name, .one { Exp2().value($0) }, many: .library(Self.name), body: .power(.constant(2), .operand(0)))
  }
  // Not from the power itself, which overflows where its product with log 2 does not.
  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .scale(by: Exp2().bind(x - 1) * (2 * naturalLog2)) }
  public static var samples: [PrimitiveSample] { unarySamples(Exp2(), dtypes: dtypes) }
}

/// log 2.
let naturalLog2 = 0.6931471805599453
/// log 10.
let naturalLog10 = 2.302585092994046
