import Primitives

/// Returns the regularized incomplete beta function I_x(a, b) = ∫ tᵃ⁻¹ (1 - t)ᵇ⁻¹ dt / B(a, b) from 0 to x, for all elements.
///
/// ```swift
/// betaInc(2, 3, 0.25)  // 0.26171875
/// grad { a in betaInc(a, 3, 0.25) }(2)  // -0.22805360232434645
/// ```
///
/// It is the distribution function of a beta-distributed number. The parameters are positive and x is between 0 and 1, else it is
/// `nan`. Real only; a, b and x broadcast. The derivatives by all
/// arguments have every order. The derivative by x is the density, at the ends infinite for parameters below 1. The upper tail
/// with its digits is `betaInc(b, a, 1 - x)`. NumPy: `scipy.special.betainc`.
///
/// - Parameters:
///   - a: the parameter for the lower end.
///   - b: the parameter for the upper end.
///   - x: the end of the integral.
public func betaInc(_ a: Tensor, _ b: Tensor, _ x: Tensor) -> Tensor { broadcasting(BetaInc(0, 0), a, b, x) }

/// The derivative of orders by a and by b of the regularized incomplete beta function.
public struct BetaInc: SpecialFunction {
  public static let name = "betaInc"
  public static var arity: Int { 3 }
  /// The order of the derivative by a.
  public let orderA: Int
  /// The order of the derivative by b.
  public let orderB: Int

  /// - Parameters:
  ///   - orderA: between 0 and 100.
  ///   - orderB: between 0 and 100.
  public init(_ orderA: Int, _ orderB: Int) {
    self.orderA = orderA
    self.orderB = orderB
  }

  public func checkParameters() throws(TensorError) {
    try checkOrder(orderA, Self.name)
    try checkOrder(orderB, Self.name)
  }

  public var kernel: SpecialKernel {
    let kernel = IncompleteBetaKernel(orderA, orderB)
    return .three { kernel($0, $1, $2) }
  }

  public func derivative(of operand: Int, _ operands: [Tensor], value: Tensor) -> LinearMap {
    switch operand {
    case 0: .scale(by: BetaInc(orderA + 1, orderB).bind(operands)[0])
    case 1: .scale(by: BetaInc(orderA, orderB + 1).bind(operands)[0])
    default: .scale(by: defined(densityDerivative(operands[0], operands[1], operands[2]), value))
    }
  }

  /// The derivative of the orders by a and b of the density, which is ab / (a + b) times an exponential.
  private func densityDerivative(_ a: Tensor, _ b: Tensor, _ x: Tensor) -> Tensor {
    let density = BetaDensity().bind([a, b, x])[0]
    if orderA + orderB == 0 { return density }
    let derivatives = exponentialDerivatives(a, b, x)
    var sum = derivatives[orderA][orderB]
    for i in 0...orderA {
      for j in 0...orderB where i + j > 0 {
        let ways: Double = choose(orderA, i) * choose(orderB, j)
        sum = sum + ways * factor(i, j, a, b) * derivatives[orderA - i][orderB - j]
      }
    }
    // Where the density vanishes the factor may be infinite; at the ends it is the limit.
    let inside = `where`(density .== 0, 0 * a, density * sum)
    let atFirst = `where`(a .> 1, 0 * a, infinite(orderA % 2 == 0 ? 1 : -1))
    let atLast = `where`(b .> 1, 0 * b, infinite(orderB % 2 == 0 ? 1 : -1))
    return `where`(x .== 0, atFirst, `where`(x .== 1, atLast, inside))
  }

  /// The derivatives by a and b of the exponential, divided by it, by the rule of products for its first derivative.
  private func exponentialDerivatives(_ a: Tensor, _ b: Tensor, _ x: Tensor) -> [[Tensor]] {
    var values: [[Tensor]] = []
    for i in 0...orderA {
      values.append([])
      for j in 0...orderB {
        var sum = Tensor(.literal((i + j == 0 ? 1.0 : 0.0).hostScalar))
        for p in 0...i {
          for q in 0...j where p + q < i + j {
            let ways: Double = i > 0 ? choose(i - 1, p) * choose(j, q) : choose(j - 1, q)
            if ways == 0 { continue }
            let slope = logarithmDerivative(i - p, j - q, a, b, x)
            sum = sum + ways * values[p][q] * slope
          }
        }
        values[i].append(sum)
      }
    }
    return values
  }

  /// The derivative of orders i by a and j by b of the logarithm of the exponential.
  private func logarithmDerivative(_ i: Int, _ j: Int, _ a: Tensor, _ b: Tensor, _ x: Tensor) -> Tensor {
    if i > 0 && j > 0 { return polygamma(i + j - 1, a + b + 1) }
    let (own, other, order) = j == 0 ? (a, b, i) : (b, a, j)
    let difference = PolygammaDifference(order: order - 1).bind(own + 1, other)
    if order > 1 { return difference }
    return (j == 0 ? log(x) : log(onePlus: -x)) + difference
  }

  /// The derivative of orders i by a and j by b of ab / (a + b), divided by it.
  private func factor(_ i: Int, _ j: Int, _ a: Tensor, _ b: Tensor) -> Tensor {
    let sum = a + b
    let (partA, partB) = (a / sum, b / sum)
    let k = i + j
    let scale = (2..<(k + 1)).reduce(k % 2 == 0 ? 1.0 : -1.0) { $0 * Double($1) } * sum ** -k
    // ab / (a + b) is b - b² / (a + b), and a - a² / (a + b).
    if i == 0 || j == 0 { return -scale * (j == 0 ? partB / partA : partA / partB) }
    let (p, q, n) = (Double(i), Double(j), Double(k))
    let inner = (p * partB + q * partA) / n - p * q / (n * (n - 1))
    return scale * (1 - inner / partA / partB)
  }

  public static var samples: [PrimitiveSample] {
    let values = specialSamples(BetaInc(0, 0), .positive, .positive, .probability)
    let derivatives = [(1, 0), (1, 1), (0, 2)].flatMap {
      arraySamples(BetaInc($0.0, $0.1), .positive, .positive, .probability)
    }
    return values + derivatives
  }
}
