/// Leaves out equations that give one of their operands, or an operand of an operand: `x * 1`, `x - 0`, `-(-x)`, a power
/// with exponent 1, a choice between equals, a transpose of a transpose, a reshape to the same shape.
///
/// It is exact: the same bits, where every `nan` is one. So `x * 0`, `x - x` and `x + 0` stay: they differ from 0, 0 and
/// `x` for what is not finite, and for -0.
///
/// What an equation is, it asks of its ``Lowering``. An equation that is written as its operand, such as `stopGradient`, is
/// there for its derivative, and stays.
public struct AlgebraicSimplification: Pass {
  /// The pass.
  public init() {}

  public var name: String { "algebraic simplification" }

  public func rewritten(_ program: Program) -> Program {
    var facts = EquationFacts(program)
    var same: [Int32: Int32] = [:]
    for (index, equation) in program.equations.enumerated() {
      guard equation.resultCount == 1, let source = facts.source(of: index) else { continue }
      same[Int32(truncatingIfNeeded: equation.results.lowerBound)] = source
    }
    if same.isEmpty { return program }
    var rewriter = Rewriter(program)
    for (index, equation) in program.equations.enumerated() {
      let result = Int32(truncatingIfNeeded: equation.results.lowerBound)
      if equation.resultCount == 1, let source = same[result] {
        rewriter.define(result, like: rewriter.variable(for: source))
      } else {
        rewriter.keep(index)
      }
    }
    return rewriter.finished()
  }
}

/// What is known about the values of a program.
private struct EquationFacts {
  private let program: Program
  /// The equation that makes each variable.
  private var producer: [Int32: Int] = [:]
  /// The number that all elements of a variable are, where there is one.
  private var numbers: [Int32: Double] = [:]
  /// Variables that are another one.
  private var same: [Int32: Int32] = [:]

  init(_ program: Program) {
    self.program = program
    for constant in program.constants { numbers[constant.variable] = Self.number(constant.value) }
  }

  /// The variable that the result of an equation is; equations are asked for in order.
  mutating func source(of index: Int) -> Int32? {
    let equation = program.equations[index]
    for result in equation.results { producer[Int32(truncatingIfNeeded: result)] = index }
    guard equation.resultCount == 1, !equation.primitive.traits.contains(.control) else { return nil }
    let result = Int32(truncatingIfNeeded: equation.results.lowerBound)
    let operands = program.operands(of: equation).map { same[$0] ?? $0 }
    let lowering = equation.primitive.lowering(of: operands.map { program.types[Int($0)] })
    if case .view = lowering, operands.count == 1 { numbers[result] = numbers[operands[0]] }
    if case .reshape = lowering, operands.count == 1 { numbers[result] = numbers[operands[0]] }
    guard let source = source(lowering, operands), program.types[Int(source)] == program.types[Int(result)] else {
      return nil
    }
    same[result] = source
    return source
  }

  private func source(_ lowering: Lowering, _ operands: [Int32]) -> Int32? {
    switch lowering {
    case .elementwise(let expression):
      if case .operand = expression.node { return nil }
      return source(expression, operands)
    case .view(let maps):
      if maps.isIdentity { return operands[0] }
      guard let (inner, before) = step(before: operands[0]), case .view(let first) = inner else { return nil }
      return maps.composed(after: first).isIdentity ? before[0] : nil
    case .reshape:
      if let (inner, before) = step(before: operands[0]), case .reshape = inner { return before[0] }
      return operands[0]
    default: return nil
    }
  }

  /// An elementwise expression that is one of its operands, or what an operand is computed from.
  private func source(_ expression: ScalarExpression, _ operands: [Int32]) -> Int32? {
    let inputs = operands.map { variable -> SimplifiedExpression.Input in
      let type = program.types[Int(variable)].dtype
      if let number = numbers[variable] { return .number(number, type) }
      guard let (inner, before) = step(before: variable), case .elementwise(let own) = inner, before.count == 1,
        case .unary = own.node
      else { return .variable(variable, type, nil) }
      return .variable(variable, type, (own, before[0], program.types[Int(before[0])].dtype))
    }
    return SimplifiedExpression(inputs).source(of: expression)
  }

  /// How a variable is computed.
  private func step(before variable: Int32) -> (Lowering, [Int32])? {
    guard let index = producer[variable] else { return nil }
    let equation = program.equations[index]
    let operands = program.operands(of: equation).map { same[$0] ?? $0 }
    return (equation.primitive.lowering(of: operands.map { program.types[Int($0)] }), operands)
  }

  private static func number(_ constant: HostTensor) -> Double? {
    guard !constant.dtype.isComplex,
      let element = constant.type.shape.isScalar ? constant : constant.repeatedElement
    else { return nil }
    switch element.dtype {
    case .float64: return element.elements(as: Double.self).first
    case .float32: return element.elements(as: Float.self).first.map { Double($0) }
    case .int32: return element.elements(as: Int32.self).first.map { Double($0) }
    case .int64: return element.elements(as: Int64.self).first.flatMap { Double(exactly: $0) }
    case .bool: return element.elements(as: Bool.self).first.map { $0 ? 1 : 0 }
    case .complex64, .complex128: return nil
    }
  }
}

extension [AxisMap] {
  /// Whether each axis is read as it is.
  fileprivate var isIdentity: Bool {
    indices.allSatisfy { self[$0].axis == $0 && self[$0].start == 0 && self[$0].step == 1 }
  }

  /// These maps of the result of others, as maps of what those read.
  fileprivate func composed(after first: [AxisMap]) -> [AxisMap] {
    first.map { map in
      guard let axis = map.axis else { return map }
      let own = self[axis]
      // What an empty tensor reads may lie anywhere, as no element is read.
      let start = map.start &+ map.step &* own.start
      return own.axis.map { AxisMap(axis: $0, start: start, step: map.step &* own.step) } ?? AxisMap(at: start)
    }
  }
}
