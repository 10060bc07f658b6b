import Numerics

/// The logarithm of the absolute value of the gamma function; infinite at 0 and the negative whole numbers.
public struct LogGamma: HostUnary {
  public static let name = "logGamma"
  public init() {}
  public func value(_ x: Double) -> Double { .logGamma(x) }
  public var routine: ScalarRoutine { Self.routineOfOne }
  private static let routineOfOne = ScalarRoutine(
    name, .one { LogGamma().value($0) }, many: .form(vectorForm), body: body)
  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .scale(by: Polygamma(order: 0).bind(x)) }
  public static var samples: [PrimitiveSample] { unarySamples(LogGamma(), .positive, dtypes: dtypes) }
}

/// The derivative of ``LogGamma`` of order 0 (digamma), 1 (trigamma), and so on.
///
/// At the poles, 0 and the negative whole numbers, it is infinite where both sides agree (odd orders), else `nan`. Near
/// its zeros at negative numbers it is exact to an absolute, not to a relative error.
public struct Polygamma: HostUnary {
  public static let name = "polygamma"

  /// How many derivatives are taken of digamma.
  public let order: Int

  /// - Parameter order: at least 0, and at most 170: beyond, the factorial in front is infinite.
  public init(order: Int) { self.order = order }

  public var routine: ScalarRoutine {
    if order == 0 { return Self.digammaRoutine }
    return ScalarRoutine(Self.name, .two { order, x in Polygamma(order: Int(order)).value(x) }, body: body)
  }

  private static let digammaRoutine = ScalarRoutine(
    "digamma", .one { Polygamma(order: 0).value($0) }, many: .form(digammaVectorForm), body: digammaBody)

  public func lowering(of operands: [TensorType]) -> Lowering {
    let arguments = order == 0 ? [] : [ScalarExpression.constant(Double(order))]
    return .elementwise(ScalarExpression(.routine(routine, arguments + [.operand(0)])))
  }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    guard (0...170).contains(order) else {
      throw TensorError(.value, Self.name, "order \(order) is not between 0 and 170")
    }
    guard operands.count == 1 else {
      throw TensorError(.program, Self.name, "takes 1 operand, not \(operands.count)")
    }
    guard Self.dtypes.contains(operands[0].dtype) else { throw refused(operands[0].dtype) }
    return operands
  }

  public func evaluate(_ x: HostTensor) throws(TensorError) -> HostTensor {
    _ = try resultTypes(of: [x.type])
    return x.dtype == .float64
      ? try mapElements(Self.name, x) { (x: Double) in value(x) }
      : try mapElements(Self.name, x) { (x: Float) in Float(value(Double(x))) }
  }

  public func value(_ x: Double) -> Double {
    if x > 0 || x.isNaN { return order == 0 ? digammaOfPositive(x) : polygammaOfPositive(order, x) }
    // Reflection: ψ⁽ⁿ⁾(x) = (-1)ⁿ ψ⁽ⁿ⁾(1 - x) - dⁿ/dxⁿ π cot(πx).
    if x == x.rounded() || x == -.infinity { return order % 2 == 1 && x.isFinite ? .infinity : .nan }
    // The polynomial in the cotangent has coefficients that are infinite before its value is.
    if order > 40 { return polygammaBetweenPoles(order, x) }
    let mirrored = order == 0 ? digammaOfPositive(1 - x) : polygammaOfPositive(order, 1 - x)
    return (order % 2 == 0 ? mirrored : -mirrored) - cotangentDerivative(order, x)
  }

  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .scale(by: Polygamma(order: order + 1).bind(x)) }

  public static var samples: [PrimitiveSample] {
    [0, 1, 4].flatMap { unarySamples(Polygamma(order: $0), .positive, dtypes: dtypes) }
  }
}

/// The digamma function of a positive number.
private func digammaOfPositive(_ x: Double) -> Double {
  if x >= 10 {
    let square = 1 / (x * x)
    let series = digammaSeries.reversed().reduce(0) { ($0 + $1) * square }
    return .log(x) - (0.5 / x + series)
  }
  if x < 1 { return digammaOfPositive(x + 1) - 1 / x }
  // ψ(x) = ψ(x - 1) + 1 / (x - 1), down to between 1 and 2, where a series at the zero keeps the digits near it.
  var rest = x
  var sum = 0.0
  while rest > 2 {
    rest -= 1
    sum += 1 / rest
  }
  let distance = rest - digammaRoot.high - digammaRoot.low
  return sum + seriesAtRoot.reversed().reduce(0) { ($0 + $1) * distance }
}

/// ψ⁽ⁿ⁾(x) = (-1)ⁿ⁺¹ n! Σ 1 / (x + k)ⁿ⁺¹ for positive x: the first terms, the others by the formula of Euler and
/// Maclaurin.
private func polygammaOfPositive(_ order: Int, _ x: Double) -> Double {
  if x.isNaN { return x }
  if x == .infinity { return 0 }
  let exponent = Double(order + 1)
  let count = Swift.max(0, Int((12 + exponent - Swift.min(x, 1e6)).rounded(.up)))
  let end = x + Double(count)
  let integral = factorial(order, over: end)
  let last = integral / end
  var factor = exponent * last / end
  var tail = 0.0
  for (index, number) in bernoulli.enumerated() {
    tail += number * factor
    let rising = exponent + Double(2 * index + 1)
    factor *= rising * (rising + 1) / (end * end)
  }
  var sum = tail + last / 2 + integral / (exponent - 1)
  for index in (0..<count).reversed() {
    let place = x + Double(index)
    sum += factorial(order, over: place) / place
  }
  return order % 2 == 1 ? sum : -sum
}

/// n! / xⁿ for positive x. The power vanishes long before the product does; then it is multiplied in by halves.
private func factorial(_ n: Int, over x: Double) -> Double {
  let factorial = Double.gamma(Double(n + 1))
  let power = Double.pow(x, Double(-n))
  if power.isNormal { return factorial * power }
  let half = Double.pow(x, Double(-n) / 2)
  return factorial * half * half
}

/// ψ⁽ⁿ⁾(x) for negative x that are not whole, by the terms at the poles next to x; for orders so high that all others are
/// small beside these.
private func polygammaBetweenPoles(_ order: Int, _ x: Double) -> Double {
  let end = (-x).rounded(.up)
  var sum = polygammaOfPositive(order, x + end)
  for index in 1...40 where Double(index) <= end {
    // (-1)ⁿ⁺¹ n! / placeⁿ⁺¹ is positive at negative places, for every order.
    let distance = -(x + (end - Double(index)))
    sum += factorial(order, over: distance) / distance
  }
  return sum
}

/// The derivative of π cot(πx) of an order.
private func cotangentDerivative(_ order: Int, _ x: Double) -> Double {
  // From the nearer of a pole and a zero, so that the cotangent is exact to a relative error near both.
  let place = x - x.rounded()
  let size = place.magnitude < 0.25 ? 1 / Double.tan(.pi * place.magnitude) : .tan(.pi * (0.5 - place.magnitude))
  let cotangent = place < 0 ? -size : size
  // From the highest power on, as 0 times an infinite cotangent is not a number.
  return Double.polynomial(cotangentPolynomial(order), cotangent)
}

/// The derivative of π cot(πx) of an order is a polynomial in the cotangent c, because c' = -π (1 + c²): its coefficients.
func cotangentPolynomial(_ order: Int) -> [Double] {
  var polynomial: [Double] = [0, .pi]
  for _ in 0..<order {
    var next = [Double](repeating: 0, count: polynomial.count + 1)
    for (power, coefficient) in polynomial.enumerated().dropFirst() {
      let slope = -.pi * Double(power) * coefficient
      next[power - 1] += slope
      next[power + 1] += slope
    }
    polynomial = next
  }
  return polynomial
}

// The numbers below are rounded from 50 digits of mpmath.

/// The positive zero of the digamma function, in two parts.
let digammaRoot = (high: 1.4616321449683622, low: 9.549995429965697e-17)

/// The Taylor series of the digamma function at its positive zero: ψ⁽ᵏ⁾ / k! for k = 1, 2, ...
private let seriesAtRoot: [Double] = [
  0.9676722454476212, -0.4427631689835921, 0.258499760955651, -0.16394270544240652, 0.10782405069126237,
  -0.07219956125645471, 0.04880428816414311, -0.03316112647484736, 0.022597648232218104, -0.01542476590494896,
  0.010538791616612175, -0.007204534386356869, 0.004926781395729853, -0.003369801655439328, 0.002305126326734928,
  -0.0015769367714301972, 0.0010788252019162967, -0.0007380709389960052, 0.000504953265834602,
  -0.0003454680251063077, 0.00023635601564027053, -0.00016170622091974803, 0.0001106337276874741,
  -7.569179582195066e-05, 5.178575795222081e-05, -3.5430070947659604e-05, 2.424006611860132e-05,
  -1.6584242271854135e-05, 1.134638458466385e-05, -7.762817668462094e-06, 5.3110609208898636e-06,
  -3.6336507898010456e-06, 2.486022733129538e-06, -1.7008538854332607e-06, 1.1636675363548843e-06,
  -7.96142543124197e-07, 5.446941930669446e-07, -3.7266161283438227e-07, 2.549626552021554e-07,
  -1.7443695117727745e-07,
]

/// The Bernoulli numbers B₂ⱼ / (2j)! of the Euler-Maclaurin formula.
let bernoulli: [Double] = [
  0.08333333333333333, -0.001388888888888889, 3.306878306878307e-05, -8.267195767195768e-07, 2.08767569878681e-08,
  -5.284190138687493e-10, 1.3382536530684679e-11, -3.3896802963225827e-13, 8.586062056277845e-15,
  -2.174868698558062e-16, 5.5090028283602295e-18, -1.3954464685812522e-19,
]

/// B₂ⱼ / 2j of the asymptotic series of the digamma function.
let digammaSeries: [Double] = [
  0.08333333333333333, -0.008333333333333333, 0.003968253968253968, -0.004166666666666667, 0.007575757575757576,
  -0.021092796092796094, 0.08333333333333333, -0.4432598039215686, 3.0539543302701198, -26.456212121212122,
]
