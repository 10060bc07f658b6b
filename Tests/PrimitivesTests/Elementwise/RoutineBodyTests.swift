import Jacobi
import Numerics
import Testing

/// The body of a routine, which code computes that cannot call the host, agrees with the host's function everywhere: at
/// special numbers, at the edges of the type, at poles, and for negative numbers.
@Suite struct RoutineBodyTests {
  struct Routine: Sendable, CustomTestStringConvertible {
    let primitive: any Primitive
    /// Of those that take long only a part of the numbers is looked at, behind the special ones.
    var distance = 1
    var testDescription: String { "\(primitive)" }
    /// The size of the terms that cancel where the value is small, by which the error is measured; else 0.
    var terms: @Sendable (Double) -> Double = { _ in 0 }
  }

  static let routines: [Routine] =
    [
      Routine(primitive: Log2()), Routine(primitive: Log10()), Routine(primitive: Exp2()), Routine(primitive: Cbrt()),
      Routine(primitive: Erfinv()),
      Routine(primitive: LogGamma()) { $0 < 0 ? value(LogGamma(), 1 - $0).magnitude : 0 },
    ]
    + [0, 1, 2, 3, 4, 7, 10, 39, 40, 41, 80, 170].map { order in
      let primitive = Polygamma(order: order)
      return Routine(primitive: primitive, distance: order < 10 ? 5 : 23) {
        $0 < 0 ? value(primitive, 1 - $0).magnitude : 0
      }
    }

  private static func value(_ primitive: any Primitive, _ x: Double) -> Double {
    (try? primitive.evaluate(x.hostScalar).elements(as: Double.self)[0]) ?? .nan
  }

  /// Numbers of all sizes and both signs, those next to whole numbers and halves, and special ones.
  static let numbers: [Double] = {
    var sizes: [Double] = [0, .leastNonzeroMagnitude, .leastNormalMagnitude, 1e-300, 0x1p-1000, 0x1p1000, 1e300, 1e305]
    sizes += [.greatestFiniteMagnitude, .infinity, 0x1p52, 0x1p52 + 1, 0x1p53, 1e9 + 0.5, 1.4616321449683622]
    for exponent in stride(from: -320.0, through: 308, by: 6.28) { sizes.append(.pow(10, exponent)) }
    for step in 0..<600 { sizes.append(Double(step) * 0.0619) }
    for whole in 0...40 {
      let whole = Double(whole)
      sizes += [whole, whole.nextUp, whole.nextDown, whole + 0.5, whole + 0.25, whole + 1e-9, whole - 1e-5]
    }
    return sizes + sizes.map { -$0 } + [.nan]
  }()

  @Test(arguments: routines)
  func agrees(_ routine: Routine) throws {
    for dtype in [DType.float64, .float32] {
      guard case .elementwise(let expression) = routine.primitive.lowering(of: [TensorType(dtype, .scalar)]) else {
        Issue.record("no expression")
        return
      }
      let typed = TypedScalarExpression(expression, operands: [dtype], result: dtype)
      let numbers = Self.numbers.enumerated().filter { $0.offset < 20 || $0.offset % routine.distance == 0 }
      let given = numbers.map(\.element).map { dtype == .float64 ? $0.hostScalar : Float($0).hostScalar }
      for x in given {
        let expected = number(try routine.primitive.evaluate(x).scalars[0])
        let actual = number(try typed.value(of: x.scalars))
        if actual == expected || (actual.isNaN && expected.isNaN) { continue }
        let isSingle = dtype == .float32
        let unit = isSingle ? Double(Float(expected).ulp) : expected.ulp
        let size = max(expected.magnitude, routine.terms(number(x.scalars[0])))
        // Terms that are subnormal have few digits.
        let bound = max((isSingle ? 6e-8 : 1e-14) * size, 2 * unit, 64 * .leastNonzeroMagnitude)
        #expect(
          (actual - expected).magnitude <= bound,
          "\(routine.primitive) of \(number(x.scalars[0])): \(actual), not \(expected)")
      }
    }
  }

  private func number(_ value: ScalarValue) -> Double {
    switch value {
    case .float64(let x): x
    case .float32(let x): Double(x)
    default: .nan
    }
  }
}
