import Engines
import Numerics

/// Functions of complex numbers for generated code to call; they are those of the host.
enum ComplexRoutines {
  /// Where a function such as `jacobi_complex128_exp` is.
  static func address(_ symbol: String) -> UInt {
    guard let address = addresses[symbol] else { preconditionFailure("there is no function \(symbol)") }
    return address
  }

  private typealias DoubleUnary = @convention(c) (Double, Double, UnsafeMutablePointer<Double>) -> Void
  private typealias FloatUnary = @convention(c) (Float, Float, UnsafeMutablePointer<Float>) -> Void
  private typealias DoubleBinary =
    @convention(c) (Double, Double, Double, Double, UnsafeMutablePointer<Double>) -> Void
  private typealias FloatBinary = @convention(c) (Float, Float, Float, Float, UnsafeMutablePointer<Float>) -> Void

  private static let addresses: [String: UInt] = {
    var table: [String: UInt] = [:]
    func add(_ name: String, _ double: DoubleUnary, _ float: FloatUnary) {
      table["jacobi_complex128_\(name)"] = UInt(bitPattern: unsafeBitCast(double, to: UnsafeRawPointer.self))
      table["jacobi_complex64_\(name)"] = UInt(bitPattern: unsafeBitCast(float, to: UnsafeRawPointer.self))
    }
    func add(_ name: String, _ double: DoubleBinary, _ float: FloatBinary) {
      table["jacobi_complex128_\(name)"] = UInt(bitPattern: unsafeBitCast(double, to: UnsafeRawPointer.self))
      table["jacobi_complex64_\(name)"] = UInt(bitPattern: unsafeBitCast(float, to: UnsafeRawPointer.self))
    }
    add("exp", { write(.exp, $0, $1, $2) }, { write(.exp, $0, $1, $2) })
    add("expMinusOne", { write(.expMinusOne, $0, $1, $2) }, { write(.expMinusOne, $0, $1, $2) })
    add("log", { write(.log, $0, $1, $2) }, { write(.log, $0, $1, $2) })
    add("logOnePlus", { write(.logOnePlus, $0, $1, $2) }, { write(.logOnePlus, $0, $1, $2) })
    add("sqrt", { write(.sqrt, $0, $1, $2) }, { write(.sqrt, $0, $1, $2) })
    add("hypotOne", { write(.hypotOne, $0, $1, $2) }, { write(.hypotOne, $0, $1, $2) })
    add("sin", { write(.sin, $0, $1, $2) }, { write(.sin, $0, $1, $2) })
    add("cos", { write(.cos, $0, $1, $2) }, { write(.cos, $0, $1, $2) })
    add("tan", { write(.tan, $0, $1, $2) }, { write(.tan, $0, $1, $2) })
    add("asin", { write(.asin, $0, $1, $2) }, { write(.asin, $0, $1, $2) })
    add("acos", { write(.acos, $0, $1, $2) }, { write(.acos, $0, $1, $2) })
    add("atan", { write(.atan, $0, $1, $2) }, { write(.atan, $0, $1, $2) })
    add("sinh", { write(.sinh, $0, $1, $2) }, { write(.sinh, $0, $1, $2) })
    add("cosh", { write(.cosh, $0, $1, $2) }, { write(.cosh, $0, $1, $2) })
    add("tanh", { write(.tanh, $0, $1, $2) }, { write(.tanh, $0, $1, $2) })
    add("asinh", { write(.asinh, $0, $1, $2) }, { write(.asinh, $0, $1, $2) })
    add("acosh", { write(.acosh, $0, $1, $2) }, { write(.acosh, $0, $1, $2) })
    add("atanh", { write(.atanh, $0, $1, $2) }, { write(.atanh, $0, $1, $2) })
    add("divide", { write(.divide, $0, $1, $2, $3, $4) }, { write(.divide, $0, $1, $2, $3, $4) })
    add("power", { write(.power, $0, $1, $2, $3, $4) }, { write(.power, $0, $1, $2, $3, $4) })
    return table
  }()

  private static func write<Part: ComplexPart>(
    _ function: ScalarExpression.UnaryFunction, _ x: Part, _ y: Part, _ result: UnsafeMutablePointer<Part>
  ) {
    let value = unary(function, Complex(x, y))
    result[0] = value.rawParts.0
    result[1] = value.rawParts.1
  }

  private static func write<Part: ComplexPart>(
    _ function: ScalarExpression.BinaryFunction, _ a: Part, _ b: Part, _ c: Part, _ d: Part,
    _ result: UnsafeMutablePointer<Part>
  ) {
    let value = binary(function, Complex(a, b), Complex(c, d))
    result[0] = value.rawParts.0
    result[1] = value.rawParts.1
  }

  // Through the semantics, so that a function is what it is for the host's own evaluation.

  private static func unary<S: ElementarySemantics>(_ function: ScalarExpression.UnaryFunction, _ x: S) -> S {
    switch function {
    case .exp: S.exp(x)
    case .expMinusOne: S.expMinusOne(x)
    case .log: S.log(x)
    case .logOnePlus: S.log(onePlus: x)
    case .sqrt: S.sqrt(x)
    case .hypotOne: S.hypotOne(x)
    case .sin: S.sin(x)
    case .cos: S.cos(x)
    case .tan: S.tan(x)
    case .asin: S.asin(x)
    case .acos: S.acos(x)
    case .atan: S.atan(x)
    case .sinh: S.sinh(x)
    case .cosh: S.cosh(x)
    case .tanh: S.tanh(x)
    case .asinh: S.asinh(x)
    case .acosh: S.acosh(x)
    case .atanh: S.atanh(x)
    case .negate, .not, .erf, .erfc, .floor, .realPart, .imaginaryPart, .conjugate:
      preconditionFailure("\(function) is not called")
    }
  }

  private static func binary<S: ElementarySemantics>(_ function: ScalarExpression.BinaryFunction, _ x: S, _ y: S) -> S {
    function == .divide ? x / y : S.power(x, y)
  }
}
