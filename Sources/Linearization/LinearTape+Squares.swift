import Primitives

// Even powers are differentiated together with what they are powers of, where the square of that is smooth: the square of a
// norm at 0 has the Hessian 2, and not what follows from the convention for the norm's own kink.

extension LinearTape {
  /// A way from the tangent of a variable to that of an even power of another.
  struct SquarePath {
    var source: Int32
    var forward: (Tensor) -> Tensor
    var reverse: (Tensor) -> Tensor
  }

  /// The ways to an even power from what it is computed from; `nil` where the chain rule is as good.
  func squarePaths(ofEquation index: Int) -> [SquarePath]? {
    let equation = tape.equations[index]
    let base = tape.operandTable[Int(equation.firstOperand)]
    if equation.operandCount == 2 && tape.operandTable[Int(equation.firstOperand) &+ 1] != base { return nil }
    guard let power = equation.primitive as? any EvenPower, let paths = squarePaths(to: base, times: nil, depth: 0)
    else { return nil }
    let exponent = power.evenExponent
    if exponent == 2 { return paths }
    // z = (y²)^k has dz = k y^(2k - 2) d(y²).
    let factor = Double(exponent / 2) * IntegerPower(exponent: exponent - 2).bind(tape.values[Int(base)])
    return paths.map { $0.followed(by: { $0 * factor }, backwards: { $0 * factor }) }
  }

  /// The ways to the square of a variable times a factor; `nil` where a variable that it is computed from has no rule.
  private func squarePaths(to variable: Int32, times factor: Tensor?, depth: Int) -> [SquarePath]? {
    guard depth < 8, let equation = producer(of: variable) else { return nil }
    let traits = equation.primitive.traits
    let isRearranged = traits.contains(.structural) && equation.operandCount == 1
    guard isRearranged || traits.contains(.squareRule) else { return nil }
    let operands = (0..<Int(equation.operandCount)).map { operandVariable(equation, $0) }
    let isActive = operands.map { self.isActive($0) }
    let point = EquationPoint(tape, equation)
    if isRearranged {
      guard factor == nil, let linear = equation.primitive as? any LinearPrimitive else { return nil }
      return squarePaths(to: Int32(operands[0]), times: nil, depth: depth + 1)?.map { path in
        path.followed(by: { linear.bind($0) }, backwards: { linear.transposed([$0], of: 0, at: point) })
      }
    }
    guard let squared = equation.primitive as? any SmoothlySquared else { return nil }
    var paths: [SquarePath] = []
    for (operand, variable) in operands.enumerated() where isActive[operand] {
      guard let rule = squared.squareRule(of: operand, at: point, isActive: isActive) else { return nil }
      switch rule {
      case .smooth(let weight, let axes):
        paths.append(path(from: variable, weight, axes, times: factor))
      case .scaled(let by):
        let inner = squarePaths(to: Int32(variable), times: factor.map { $0 * by } ?? by, depth: depth + 1)
        guard let inner else { return nil }
        paths += inner
      case .same:
        guard let inner = squarePaths(to: Int32(variable), times: factor, depth: depth + 1) else { return nil }
        paths += inner
      }
    }
    return paths
  }

  /// dx ↦ factor² · the sum of weight · dx. The factor goes to both sides, as its square may overflow where the whole does not.
  private func path(from variable: Int, _ weight: Tensor, _ axes: [Int], times factor: Tensor?) -> SquarePath {
    let shape = tape.type(of: Int32(variable)).shape
    func stretched(_ y: Tensor) -> Tensor { axes.isEmpty ? y : y.stretched(to: shape, along: axes) }
    let weight = factor.map { weight * stretched($0) } ?? weight
    func scaled(_ y: Tensor) -> Tensor { factor.map { y * $0 } ?? y }
    return SquarePath(
      source: Int32(variable),
      forward: { dx in scaled(axes.isEmpty ? weight * dx : Sum(axes: axes).bind(weight * dx)) },
      reverse: { ct in stretched(scaled(ct)) * weight })
  }

  /// The equation that gives a variable; `nil` for inputs and what was captured.
  private func producer(of variable: Int32) -> Equation? {
    var (low, high) = (0, tape.equations.count)
    while low < high {
      let middle = (low + high) / 2
      if tape.equations[middle].firstResult <= variable { low = middle + 1 } else { high = middle }
    }
    guard low > 0, tape.equations[low - 1].results.contains(Int(variable)) else { return nil }
    return tape.equations[low - 1]
  }
}

extension LinearTape.SquarePath {
  /// The path with one more step at its end.
  fileprivate func followed(
    by next: @escaping (Tensor) -> Tensor, backwards: @escaping (Tensor) -> Tensor
  ) -> LinearTape.SquarePath {
    let (forward, reverse) = (forward, reverse)
    return LinearTape.SquarePath(
      source: source, forward: { next(forward($0)) }, reverse: { reverse(backwards($0)) })
  }
}
