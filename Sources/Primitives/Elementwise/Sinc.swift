/// A derivative of the function sin(πx) / (πx), which is 1 at 0 and exactly 0 at the other whole numbers.
///
/// It is a family, because the quotient's own derivatives would be 0 / 0 at 0 and lose their digits near it. With
/// s(u) = sin(u) / u the derivatives follow from u s⁽ᵏ⁾ + k s⁽ᵏ⁻¹⁾ = sin⁽ᵏ⁾(u): upwards where u is large; downwards, which
/// gives a series that begins with sin⁽ᵏ⁺¹⁾(u) / (k + 1), where it is small. Each step divides the error in its region.
public struct Sinc: UnaryElementwise {
  public static let name = "sinc"
  public static var dtypes: [DType] { [.float64, .float32] }

  /// How many derivatives are taken; at least 0.
  public let order: Int

  public init(order: Int = 0) { self.order = order }

  public func resultTypes(of operands: [TensorType]) throws(TensorError) -> [TensorType] {
    guard operands.count == 1 else {
      throw TensorError(.program, Self.name, "takes 1 operand, not \(operands.count)")
    }
    guard Self.dtypes.contains(operands[0].dtype) else { throw refused(operands[0].dtype) }
    guard (0...300).contains(order) else {
      throw TensorError(.value, Self.name, "order \(order) is not between 0 and 300")
    }
    return operands
  }

  public func lowering(of operands: [TensorType]) -> Lowering {
    .elementwise(SincFormula(order: order).value(.operand(0)))
  }

  public func evaluate(_ x: HostTensor) throws(TensorError) -> HostTensor {
    _ = try resultTypes(of: [x.type])
    let formula = SincFormula(order: order)
    return try x.mapReals(Self.name, { formula.value($0) }, { formula.value($0) })
  }

  public func derivative(x: Tensor, y: Tensor) -> LinearMap { .scale(by: Sinc(order: order + 1).bind(x)) }

  public static var samples: [PrimitiveSample] {
    [0, 1, 4].flatMap { unarySamples(Sinc(order: $0), dtypes: dtypes) }
  }
}

/// The formula of a derivative of sin(πx) / (πx), with the coefficients of its series.
private struct SincFormula {
  private let order: Int
  /// πᵏ, by which a derivative with respect to x is larger than one with respect to πx.
  private let scale: Double
  /// Up to here the series is used.
  private let bound: Double
  /// The coefficients of the even and the odd powers of u: those of the terms with one and with the other function.
  private var even: [Double] = []
  private var odd: [Double] = []

  init(order: Int) {
    self.order = order
    scale = (0..<order).reduce(1) { product, _ in product * .pi }
    bound = Double(order + 1)
    if order == 0 { return }
    // (-1)ᵐ uᵐ k! / (k + m + 1)! · sin(u + (k + 1 + m) π/2), as long as terms count.
    var coefficient = 1 / Double(order + 1)
    var size = 1.0
    var term = 0
    while size > 1e-18 {
      let turns = order + 1 + term
      let sign: Double = (turns % 4 > 1) != (term % 2 == 1) ? -1 : 1
      if term % 2 == 0 { even.append(sign * coefficient) } else { odd.append(sign * coefficient) }
      term += 1
      coefficient /= Double(order + term + 1)
      size *= bound / Double(order + term + 1)
    }
  }

  func value<S: RealSemantics>(_ x: S) -> S {
    // Sine and cosine of πx by the distance from the nearest whole number, which is exact.
    let isWhole = S.isEqual(x, S.floor(x))
    let nearest = S.select(isWhole, x, S.floor(x + .constant(0.5)))
    let half = nearest * .constant(0.5)
    let isEven = S.isEqual(half, S.floor(half))
    let angle = .constant(.pi) * (x - nearest)
    let u = .constant(.pi) * x
    let (s, c) = (S.sin(angle), S.cos(angle))
    let sine = S.select(isEven, s, -s)
    let cosine = S.select(isEven, c, -c)
    let result = order == 0 ? S.select(S.isEqual(x, .constant(0)), .constant(1), sine / u) : derivative(u, sine, cosine)
    return S.select(S.isEqual(S.magnitude(x), .constant(.infinity)), .constant(0), result)
  }

  private func derivative<S: RealSemantics>(_ u: S, _ sine: S, _ cosine: S) -> S {
    var far = sine / u
    for step in 1...order {
      let turned = step % 2 == 0 ? sine : cosine
      far = ((step % 4 > 1 ? -turned : turned) - .constant(Double(step)) * far) / u
    }
    let square = u * u
    let (first, second) = order % 2 == 1 ? (sine, cosine) : (cosine, sine)
    let near = first * S.polynomial(even, square) + second * u * S.polynomial(odd, square)
    let isNear = S.isLess(S.magnitude(u), .constant(bound))
    return .constant(scale) * S.select(isNear, near, far)
  }
}
